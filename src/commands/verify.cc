// quoin verify: does every migration come after what it needs?
#include "parser/replay/verify.h"

#include <nlohmann/json.hpp>

#include "commands/command.h"
#include "commands/finding_formats.h"
#include "commands/progress.h"
#include "project/assumed.h"
#include "project/project.h"
#include "project/source.h"

namespace quoin {

namespace {
struct Asked {
  std::optional<Text> folder;
  Text format = "text";
  bool strict = false;
};

bool is_notable(const Finding& finding) { return finding.severity != Severity::note || finding.rule == "left-out"; }

Text summary(std::size_t files, const Findings& findings) {
  const auto count = [&](Severity severity) { return std::ranges::count(findings, severity, &Finding::severity); };
  Text line = concat(std::to_string(files), files == 1 ? " migration" : " migrations", ": ");
  const auto errors = count(Severity::error), warnings = count(Severity::warning), notes = count(Severity::note);
  if (errors + warnings == 0) line += "each comes after what it needs";
  if (errors) line += concat(std::to_string(errors), errors == 1 ? " error" : " errors");
  if (warnings) line += concat(errors ? ", " : "", std::to_string(warnings), warnings == 1 ? " warning" : " warnings");
  if (notes) line += concat(" (", std::to_string(notes), notes == 1 ? " note" : " notes", ")");
  return line;
}

List files_of(const std::vector<Migration>& migrations) {
  List files;
  for (const Migration& migration : migrations) files.push_back(migration.file);
  return files;
}

int run(const Asked& asked, const CommandLine& settings) {
  const Text folder = asked.folder.value_or(settings.config.migrations);
  Findings findings;
  const FindingFormat* format = settings.json ? nullptr : finding_format(asked.format);
  if (is_begun_folder(folder)) {
    if (format)
      print_document(format->write({}));
    else if (settings.json || asked.format == "json")
      print_json({{"findings", nlohmann::ordered_json::array()}});
    else
      remark(settings, concat(folder, " holds no migrations yet"));
    return 0;
  }
  const std::vector<Migration> migrations = load_migrations(folder, findings, reading_of(settings));
  const Progress progress(settings, concat("verifying ", folder));
  Ids ids;
  Schema schema = empty_database(ids);
  const Findings judged = verify(migrations, schema, settings.search_path(), read_assumed(settings)).findings;
  findings.insert(findings.end(), judged.begin(), judged.end());
  const bool as_json = settings.json || asked.format == "json";
  const bool clean = std::ranges::none_of(findings, [&](const Finding& finding) {
    return finding.severity == Severity::error || (asked.strict && finding.severity == Severity::warning);
  });
  const Text line = summary(migrations.size(), findings);
  // Notes say what was not looked at: they matter where something else is said, or is asked for.
  if (!as_json && settings.loudness != Loudness::verbose) std::erase_if(findings, std::not_fn(is_notable));
  CommandLine wanted = settings;
  wanted.json = as_json;
  if (format)
    print_document(format->write({files_of(migrations), findings}));
  else
    print_findings(findings, wanted);
  if (!as_json) remark(settings, line);
  return clean ? 0 : 1;
}

std::function<int()> declare(Options& options, const CommandLine& settings) {
  auto asked = std::make_shared<Asked>();
  options.argument("DIR", asked->folder, "the folder of migrations; default: the config's");
  List formats = finding_format_names();
  formats.insert(formats.begin(), {"text", "json"});
  options.choice("--format", asked->format, formats,
                 "how findings are written: for people, for programs, or as annotations");
  options.flag("--strict", asked->strict, "warnings count as errors for the exit code");
  return [asked, &settings] { return run(*asked, settings); };
}
}  // namespace

const Command verify_command{
    "verify", "check that every migration comes after what it needs",
    "Reads every migration in order, without a server, and reports each name that is not there\n"
    "when a statement needs it, with the place where it is created, dropped or renamed.\n"
    "It runs nothing of what it reads. Each Down is replayed on what its own Up leaves, too.\n"
    "  quoin verify migrations --format github    # annotates the pull request, in a workflow",
    declare};

}  // namespace quoin
