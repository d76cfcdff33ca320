// quoin verify: does every migration come after what it needs?
#include <nlohmann/json.hpp>

#include "commands/command.h"
#include "commands/finding_formats.h"
#include "commands/progress.h"
#include "commands/repeated.h"
#include "project/against.h"
#include "project/base.h"
#include "project/judged.h"
#include "project/project.h"

namespace quoin {

namespace {
struct Asked {
  std::optional<Text> folder, against, base, schema;
  Text format = "text";
  bool strict = false, fix = false;
};

bool is_notable(const Finding& finding) {
  constexpr std::string_view told_notes[] = {"left-out", "order", "differs"};
  return finding.severity != Severity::note || std::ranges::count(told_notes, finding.rule) > 0;
}

/// "(2 notes; -v shows them)"
Text summary_of_notes(std::ptrdiff_t notes, std::ptrdiff_t hidden) {
  const Text shown = hidden == 0 ? Text() : concat("; -v shows ", hidden < notes ? "all" : notes == 1 ? "it" : "them");
  return concat(" (", std::to_string(notes), notes == 1 ? " note" : " notes", shown, ")");
}

Text summary(const Text& what, std::string_view good, const Findings& findings, std::ptrdiff_t hidden) {
  const auto count = [&](Severity severity) { return std::ranges::count(findings, severity, &Finding::severity); };
  Text line = concat(what, ": ");
  const auto errors = count(Severity::error), warnings = count(Severity::warning), notes = count(Severity::note);
  if (errors + warnings == 0) line += good;
  if (errors) line += concat(std::to_string(errors), errors == 1 ? " error" : " errors");
  if (warnings) line += concat(errors ? ", " : "", std::to_string(warnings), warnings == 1 ? " warning" : " warnings");
  if (notes) line += summary_of_notes(notes, hidden);
  return line;
}

List files_of(const std::vector<Migration>& migrations) {
  List files;
  for (const Migration& migration : migrations) files.push_back(migration.file);
  return files;
}

Text label_at(const Judgement& judged, std::size_t place) {
  return judged.folder.migrations[judged.ordering.order[place]].label();
}

/// What moves where, for programs.
nlohmann::ordered_json json_of_order(const Judgement& judged) {
  const Ordering& found = judged.ordering;
  auto moves = nlohmann::ordered_json::array();
  for (const Move& move : found.moves) {
    const auto place = static_cast<std::size_t>(std::ranges::find(found.order, move.migration) - found.order.begin());
    nlohmann::ordered_json one{{"file", judged.folder.migrations[move.migration].file},
                               {"migration", label_at(judged, place)}};
    place == 0 ? one["before"] = label_at(judged, 1) : one["after"] = label_at(judged, place - 1);
    one["why"] = move.why;
    moves.push_back(std::move(one));
  }
  return {{"works", found.works}, {"moves", std::move(moves)}};
}

nlohmann::ordered_json json_of(const std::vector<Renaming>& renamings) {
  auto all = nlohmann::ordered_json::array();
  for (const Renaming& one : renamings) all.push_back({{"from", one.from}, {"to", one.to}});
  return all;
}

void print_nothing(const Text& folder, const Asked& asked, const CommandLine& settings) {
  if (const FindingFormat* format = settings.json ? nullptr : finding_format(asked.format))
    print_document(format->write({}));
  else if (settings.json || asked.format == "json")
    print_json({{"findings", nlohmann::ordered_json::array()}});
  else
    remark(settings, concat(folder, " holds no migrations yet"));
}

/// The exit code.
int print(Judgement& judged, const Asked& asked, const CommandLine& settings) {
  Findings& findings = judged.findings;
  const bool as_json = settings.json || asked.format == "json";
  const bool clean = std::ranges::none_of(findings, [&](const Finding& finding) {
    return finding.severity == Severity::error || (asked.strict && finding.severity == Severity::warning);
  });
  const bool hides = !as_json && settings.loudness != Loudness::verbose;
  const auto hidden = hides ? std::ranges::count_if(findings, std::not_fn(is_notable)) : 0;
  const Text line = asked.schema ? summary(*asked.schema, "all that it names is there", findings, hidden)
                                 : summary(counted(judged.folder.migrations.size(), "migration"),
                                           "each comes after what it needs", findings, hidden);
  // Notes say what was not looked at: they matter where something else is said, or is asked for.
  if (hides) std::erase_if(findings, std::not_fn(is_notable));
  if (as_json) {
    nlohmann::ordered_json document{{"findings", json_of(repeating_options(findings, settings))}};
    if (!judged.ordering.moves.empty()) document["order"] = json_of_order(judged);
    if (asked.fix) document["renamed"] = json_of(judged.renamings);
    print_json(std::move(document));
  } else if (const FindingFormat* format = finding_format(asked.format)) {
    print_document(format->write({files_of(judged.folder.migrations), findings}));
  } else {
    print_findings(findings, settings);
  }
  if (!as_json) remark(settings, line);
  return clean ? 0 : 1;
}

/// One's own YAML, and no migrations.
int run_on_yaml(const Asked& asked, const CommandLine& settings) {
  if (asked.folder || asked.against || asked.base || asked.fix)
    throw Error(Code::usage, "--schema is about YAML alone, and takes no folder of migrations", {},
                "run quoin verify for the migrations by itself");
  Judgement judged;
  judged.findings = judge_yaml(*asked.schema, settings);
  return print(judged, asked, settings);
}

/// What --fix did not do, and why; of what it did, whom it asked.
Text told_of_fix(const Judgement& judged) {
  if (!judged.ordering.works) {
    const bool is_of_order =
        std::ranges::any_of(judged.findings, [](const Finding& finding) { return finding.rule == "order"; });
    const bool is_wrong = std::ranges::count(judged.findings, Severity::error, &Finding::severity) > 0;
    return concat("nothing is renamed: ", is_of_order ? "no order works, as is said of it"
                                          : is_wrong  ? "what is wrong is no matter of order"
                                                      : "the order is right");
  }
  if (judged.database)
    return concat(*judged.database,
                  " was asked what it has run, which keeps its name: ", counted(judged.applied.size(), "migration"));
  return "no database is named, so none was asked what it has run: where one has run a renamed file, quoin migrate"
         " refuses there until the file has its name back, or quoin repair has settled it";
}

/// Renames what has to be, and says so; judges anew what that leads to.
void fix(const Text& folder, Judgement& judged, const CommandLine& settings) {
  if (judged.ordering.works) put_in_order(folder, judged);
  for (const Renaming& one : judged.renamings) remark(settings, concat("renamed ", one.from, " to ", one.to));
  remark(settings, told_of_fix(judged));
}

int run(const Asked& asked, const CommandLine& settings) {
  if (asked.schema) return run_on_yaml(asked, settings);
  const Text folder = asked.folder.value_or(settings.config.migrations);
  if (is_begun_folder(folder)) return print_nothing(folder, asked, settings), 0;
  const AskDatabase ask = asked.fix ? AskDatabase::if_known : AskDatabase::if_named;
  const auto judge = [&] {
    const Progress progress(settings, concat("verifying ", folder));
    Judgement judged = judge_folder(folder, ask, settings);
    Findings more = asked.base ? conflicts_with(*asked.base, folder, settings) : Findings();
    if (asked.against) {
      const Findings differences = differences_from(folder, parse_source(*asked.against), settings);
      more.insert(more.end(), differences.begin(), differences.end());
    }
    judged.findings.insert(judged.findings.end(), more.begin(), more.end());
    return judged;
  };
  Judgement judged = judge();
  if (!asked.fix) return print(judged, asked, settings);
  fix(folder, judged, settings);
  const std::vector<Renaming> renamed = std::move(judged.renamings);
  if (judged.ordering.works) judged = judge();
  judged.renamings = renamed;
  return print(judged, asked, settings);
}

std::function<int()> declare(Options& options, const CommandLine& settings) {
  auto asked = std::make_shared<Asked>();
  options.argument("DIR", asked->folder, "the folder of migrations; default: the config's");
  List formats = finding_format_names();
  formats.insert(formats.begin(), {"text", "json"});
  options.choice("--format", asked->format, formats,
                 "how findings are written: for people, for programs, or as annotations");
  options.flag("--strict", asked->strict, "warnings count as errors for the exit code");
  options.value("--schema SOURCE", asked->schema, "look at this YAML instead: does all that it names exist?");
  options.value("--base REF", asked->base, "a branch or commit: what it has new, and what is new here, held together");
  options.value("--against SOURCE", asked->against, "tell too what the migrations lead to otherwise than this has it");
  options.flag("--fix", asked->fix, "rename files into an order that works, but none that the database has run");
  return [asked, &settings] { return run(*asked, settings); };
}
}  // namespace

const Command verify_command{
    "verify", "check that every migration comes after what it needs",
    "Reads every migration in order, without a server, and reports each name that is not there\n"
    "when a statement needs it, with the place where it is created, dropped or renamed.\n"
    "It runs nothing of what it reads. Each Down is replayed on what its own Up leaves, too.\n"
    "Where the order is wrong it looks for one that works, with the fewest moves; --fix makes it so.\n"
    "  quoin verify --base origin/main             # against what the other branch has new\n"
    "  quoin verify migrations --format github    # annotates the pull request, in a workflow",
    declare};

}  // namespace quoin
