// quoin diff: the migration from one schema to another, up and down, proven.
#include <unistd.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "commands/change_summary.h"
#include "commands/command.h"
#include "commands/plan_json.h"
#include "core/base/files.h"
#include "core/base/secret.h"
#include "core/base/visible.h"
#include "parser/migrations/migration.h"
#include "parser/migrations/names.h"
#include "project/drift.h"
#include "project/project.h"
#include "project/routes.h"

namespace quoin {
namespace {
struct DiffOptions {
  std::optional<Text> from, to, name;
  Text output, section, format = "sql", shadow;
  std::optional<int> wait;
  bool exit_code = false, no_prove = false, overwrite = false;
};

Text to_json(const Routes& routes, const Text& wrote) {
  static constexpr const char* outcomes[] = {"proven", "unproven", "disproven"};
  nlohmann::ordered_json json;
  json["from"] = masked(routes.from_name);
  json["to"] = masked(routes.to_name);
  json["outcome"] = routes.up.steps.empty() ? "no difference" : outcomes[static_cast<int>(routes.outcome)];
  if (!wrote.empty()) json["wrote"] = wrote;
  const bool without_rows = routes.outcome == Outcome::proven && !routes.basis.stopped_by.empty();
  json["why"] = masked(without_rows ? concat("proven", verdict_of(routes.basis)) : routes.why);
  json["server_version"] = routes.basis.server;
  json["tables_with_rows"] = routes.basis.with_rows;
  json["tables_without_rows"] = routes.basis.without_rows;
  json["up"] = json_of(routes.up, routes.down);
  json["down"] = json_of(routes.down, routes.up);
  json["notes"] = json["left_out"] = nlohmann::ordered_json::array();
  for (const Text& note : routes.notes) json["notes"].push_back(masked(note));
  for (const Text& note : routes.left_out) json["left_out"].push_back(masked(note));
  return dumped(json);
}

SchemaSource from_source(const DiffOptions& given, const CommandLine& settings) {
  if (given.from) return parse_source(*given.from);
  if (auto url = settings.database()) return {SourceForm::database, *url};
  const Text& folder = settings.config.migrations;
  std::error_code absent;
  if (!std::filesystem::is_directory(folder, absent) || project_migrations(settings).empty()) {
    const List& unset = settings.config.unset;
    throw Error(Code::usage,
                concat("there is nothing to start from: no database is named",
                       unset.empty() ? Text() : concat(" (", join(unset, ", "), " is not set)"), ", and ", folder,
                       " holds no migrations yet"),
                {},
                "write the first one with quoin diff --from empty: --name first, or give --database URL or set "
                "DATABASE_URL");
  }
  remark(settings, concat("compared with ", folder, ", since no database is named"));
  return {SourceForm::migrations, folder};
}

SchemaSource to_source(const DiffOptions& given, const CommandLine& settings) {
  return given.to ? parse_source(*given.to) : SchemaSource{SourceForm::yaml, settings.config.schemas};
}

bool has_files(const Text& folder) {
  return std::filesystem::is_directory(folder) && !std::filesystem::is_empty(folder);
}

void refuse_errors(const Plan& plan, std::string_view direction) {
  if (plan.errors.empty()) return;
  Error error(Code::input, concat("no ", direction, " migration can do all of this"), {},
              "do what is listed by hand in a migration of your own, then diff again");
  error.detail = join(plan.errors, "\n");
  throw error;
}

// The server has no way from one type to another, or from what an expression has: only a person can say how.
bool lacks_a_cast(const Text& sqlstate) { return sqlstate == "42846" || sqlstate == "42804"; }

void refuse_disproven(const Routes& routes) {
  if (routes.outcome != Outcome::disproven) return;
  if (lacks_a_cast(routes.sqlstate)) {
    Error error(Code::input, "the server knows no way from one type to the other, so the migration is not written", {},
                "change that column in a migration of your own, with a USING that says how its values are to be read, "
                "then diff again");
    error.detail = routes.why;
    throw error;
  }
  Error error(Code::input, "the migration was disproven on the shadow server, so it is not written", {},
              "this is a case that quoin does not plan rightly yet; please report it, and write this one by hand");
  error.detail = masked(routes.why);
  throw error;
}

Text description(const DiffOptions& given, const Routes& routes) {
  if (given.name) return *given.name;
  return concat("from ", routes.from_name, " to ", routes.to_name);
}

Text whole_file(const DiffOptions& given, const Routes& routes, const Text& version) {
  Head head{version, description(given, routes)};
  if (routes.outcome == Outcome::unproven) head.remarks.push_back({"Unproven", routes.why});
  for (const Text& sentence : routes.left_out)
    if (routes.why.find(visible(sentence)) == Text::npos) head.remarks.push_back({"Left out", sentence});
  return with_head(routes.file, head);
}

Text shown(const DiffOptions& given, const Routes& routes) {
  if (given.section == "up") return routes.file.text.up;
  if (given.section == "down") return routes.file.text.down;
  if (given.format == "summary") return routes.up.steps.empty() ? Text() : change_summary(routes);
  if (given.format == "json") return to_json(routes, {});
  if (routes.up.steps.empty()) return {};
  return whole_file(given, routes, new_version({}));
}

void tell(const Routes& routes, const CommandLine& settings) {
  for (const Text& note : routes.notes) remark(settings, concat("note: ", note));
  for (const Text& note : routes.left_out)
    if (routes.why.find(visible(note)) == Text::npos) remark(settings, concat("note: left out: ", note));
  if (routes.up.steps.empty()) {
    remark(settings, concat("no difference from ", masked(routes.from_name), " to ", masked(routes.to_name)));
  } else if (routes.outcome == Outcome::proven) {
    remark(settings,
           concat("proven", routes.left_out.empty() ? "" : ", but for what is left out", verdict_of(routes.basis)));
  } else if (!routes.why.empty()) {
    remark_unproven(routes, settings);
  }
}

/// Where it was written.
Text write_named(const DiffOptions& given, const Routes& routes, const CommandLine& settings) {
  namespace fs = std::filesystem;
  require_new_files_count(settings);
  fs::create_directories(settings.config.migrations);
  const bool any = has_files(settings.config.migrations);
  const Text version = new_version(any ? project_migrations(settings) : std::vector<Migration>());
  const Text path =
      (fs::path(settings.config.migrations) / concat(version, "_", migration_slug(*given.name), ".sql")).string();
  const Text text = whole_file(given, routes, version);
  require_no_placeholders(text, settings);
  write_new_file(path, text);
  return path;
}

/// A migration that somebody has gone over is not written over.
void require_free(const DiffOptions& given, const Text& text) {
  if (given.overwrite || !std::filesystem::is_regular_file(given.output)) return;
  const Text there = read_file(given.output);
  if (trim(there).empty() || there == text) return;
  throw Error(Code::refused, concat(given.output, " is there already"), {given.output},
              "name another file, move it away, or write over it: --overwrite");
}

/// Among migrations a file without a version would stop all that reads them.
void require_version(const DiffOptions& given, const CommandLine& settings) {
  namespace fs = std::filesystem;
  std::error_code absent;
  const fs::path folder = fs::path(given.output).parent_path();
  if (given.format != "sql" || !fs::equivalent(folder.empty() ? "." : folder, settings.config.migrations, absent))
    return;
  if (!migration_names::parts_of(given.output).version.empty()) return;
  if (!has_files(settings.config.migrations) || project_migrations(settings).empty()) return;
  throw Error(Code::usage, concat(given.output, " would stand among the migrations, and has no version"),
              {given.output}, "let quoin give it one: quoin diff --name NAME; or name a file elsewhere");
}

/// The file that it was written to; empty: none was asked for.
Text write_to_file(const DiffOptions& given, const Routes& routes, const CommandLine& settings) {
  if (given.name) return write_named(given, routes, settings);
  if (given.output.empty()) return {};
  const Text text = shown(given, routes);
  if (given.format == "sql") require_no_placeholders(text, settings);
  require_version(given, settings);
  require_free(given, text);
  write_file(given.output, text);
  return given.output;
}

/// --name writes a whole migration where the folder wants it, and nothing else.
void require_one_goal(const DiffOptions& given) {
  if (!given.name) return;
  const Text other = !given.output.empty()    ? "-o"
                     : !given.section.empty() ? "--section"
                     : given.format != "sql"  ? concat("--format ", given.format)
                                              : Text();
  if (other.empty()) return;
  throw Error(Code::usage, concat("--name writes a migration to the migrations folder, which ", other, " does not"), {},
              concat("leave out --name or ", other, "; --json prints the plan beside what --name writes"));
}

int run(const DiffOptions& given, const CommandLine& settings) {
  require_one_goal(given);
  const SchemaSource from = from_source(given, settings), to = to_source(given, settings);
  seconds_of(given.wait);  // which throws where it is none
  if (given.name) refuse_pending(from, given.wait, settings);
  const Text shadow = given.shadow.empty() ? settings.config.shadow : given.shadow;
  check_shadow(shadow);
  Routes routes = find_routes(from, to, {shadow, given.no_prove ? Proving::no : Proving::yes}, settings);
  refuse_errors(routes.up, "up");
  if (given.section != "up") refuse_errors(routes.down, "down");
  refuse_disproven(routes);
  for (Text& note : drift_notes(routes, from, given.wait, settings)) routes.notes.push_back(std::move(note));
  tell(routes, settings);
  const bool differs = !routes.up.steps.empty();
  const Text wrote = differs ? write_to_file(given, routes, settings) : Text();
  if (!wrote.empty()) remark(settings, concat("wrote ", wrote));
  if (settings.json || (!differs && given.format == "json")) {
    print_document(to_json(routes, wrote));
  } else if (differs && wrote.empty()) {
    print_document(shown(given, routes));
  }
  return given.exit_code && differs ? 1 : 0;
}

std::function<int()> declare(Options& options, const CommandLine& settings) {
  auto given = std::make_shared<DiffOptions>();
  options.value("--from SOURCE", given->from, "what there is (default: the database, else the migrations folder)");
  options.value("--to SOURCE", given->to, "what is wanted (default: the schemas folder)");
  options.value("--name NAME", given->name, "write it to the migrations folder under this name");
  options.value("-o,--output FILE", given->output, "write it to this file, which is not there yet");
  options.flag("--overwrite", given->overwrite, "with -o: write over the file that is there");
  options.choice("--section", given->section, {"up", "down"}, "one section's bare SQL");
  options.choice("--format", given->format, {"sql", "json", "summary"}, "the form (default: sql)");
  options.flag("--exit-code", given->exit_code, "exit 1 when anything differs");
  options.value("--shadow auto|off|URL", given->shadow, "where to prove: auto, off, or a server's URL (default: auto)");
  options.flag("--no-prove", given->no_prove, "do not run it on the shadow server first");
  options.number("--wait", given->wait, "seconds to wait for whoever holds the ledger (default: 10)");
  return [given, &settings] { return run(*given, settings); };
}
}  // namespace

const Command diff_command{
    "diff", "write the migration from one schema to another, and prove it",
    "A SOURCE is a database URL, a YAML or SQL file, or a folder of either.\n"
    "  quoin diff                                  # from the database to schemas/\n"
    "  quoin diff --name add_users                 # the same, as a new file in migrations/\n"
    "  quoin diff --from old.sql --to new.sql --shadow off\n"
    "Files and the result are run on a throw-away server of your user's (as root: nobody's), shut\n"
    "off from network, programs and files, with rows where any matter: the verdict says in how many\n"
    "tables. --shadow off runs nothing.",
    declare};

}  // namespace quoin
