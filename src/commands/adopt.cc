// quoin adopt: another tool's history becomes quoin's.
#include "runner/adopt.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "commands/command.h"
#include "commands/interrupt.h"
#include "core/base/visible.h"
#include "project/project.h"

namespace quoin {
namespace {
struct AdoptOptions {
  std::optional<Text> tool, table;
  std::optional<int> wait;
  bool dry_run = false;
};

const runner::MigrationTool* tool_named(const AdoptOptions& given) {
  if (!given.tool) return nullptr;
  if (const runner::MigrationTool* tool = runner::migration_tool(*given.tool)) return tool;
  const List names = runner::migration_tool_names();
  const std::optional<Text> near = nearest(lower(*given.tool), names);
  throw Error(Code::usage, concat("quoin knows of no tool ", *given.tool), {},
              near ? concat("did you mean ", *near, "?") : concat("it knows ", join(names, ", ")));
}

/// With the tool that has it, for people.
Text described(const runner::ToolLedger& ledger) {
  return concat(ledger.table, " (", ledger.tool != nullptr ? ledger.tool->name : "of no tool that quoin knows", ")");
}

bool is_table(const runner::ToolLedger& ledger, const Text& name) {
  return ledger.table == name || ledger.table == concat("public.", name);
}

runner::ToolLedger choose(const std::vector<runner::ToolLedger>& all, const AdoptOptions& given) {
  const runner::MigrationTool* tool = tool_named(given);
  std::vector<runner::ToolLedger> fitting;
  List found;
  for (const runner::ToolLedger& ledger : all) {
    found.push_back(described(ledger));
    const bool is_meant = tool == nullptr || ledger.tool == tool;
    if (ledger.tool != nullptr && is_meant && (!given.table || is_table(ledger, *given.table)))
      fitting.push_back(ledger);
  }
  if (fitting.size() == 1) return fitting.front();
  const Text there = found.empty() ? Text("no tool's ledger is there") : concat("there is ", join(found, ", "));
  if (fitting.empty())
    throw Error(Code::input,
                concat("this database has no ledger ", given.table ? concat(*given.table, " ") : "",
                       tool != nullptr ? concat("of ", tool->name) : Text("of another tool"), " that quoin can adopt"),
                {}, concat(there, "; quoin repair VERSION --applied tells of each migration that has run"));
  throw Error(Code::input, concat("more than one ledger could be adopted: ", there), {},
              "name the one that tells the truth: quoin adopt TOOL, or --table SCHEMA.TABLE");
}

struct Found {
  std::vector<Migration> files;
  std::vector<runner::Entry> entries;
  runner::ToolHistory history;
  runner::Adoption adoption;
};

/// A history of files, of which none is here, tells of another folder.
void require_folder(const Found& found, const Text& folder) {
  if (!found.files.empty() || found.adoption.missing.empty()) return;
  throw Error(Code::refused,
              concat(found.history.ledger.table, " tells of ", counted(found.adoption.missing.size(), "migration"),
                     " that ", found.history.ledger.tool->name, " ran, and quoin finds none in the folder ", folder),
              {folder}, "name the folder that holds them, as migrations: db/migrations in quoin.yaml");
}

/// What would be written; refuses what cannot be.
Found find(postgres::Connection& connection, const AdoptOptions& given, const CommandLine& settings) {
  const int seconds = seconds_of(given.wait);
  const runner::Ledger own(settings.config.ledger, seconds);
  Found found;
  found.entries = own.read(connection);
  const runner::ToolLedger ledger = choose(runner::tool_ledgers(connection, own), given);
  runner::reading_tool_ledger(connection, seconds,
                              [&] { found.history = runner::read_tool_history(connection, ledger); });
  found.files = project_migrations(settings, CodeSteps::named);
  runner::require_finished(found.history);
  found.adoption = runner::plan_adoption(found.history, {found.files, settings.config.migrations, found.entries});
  require_folder(found, settings.config.migrations);
  if (found.adoption.can_be_written()) return found;
  throw Error(Code::refused,
              concat("quoin's ledger ", own.name(), " knows of migrations that ", ledger.tool->name,
                     " does not: ", join(found.adoption.own, ", "), "; so ", ledger.table, " is not the whole history"),
              {},
              concat("say of each that has run: quoin repair VERSION --applied (there: ",
                     found.adoption.entries.front().label(), ")"));
}

std::size_t pending_after(const Found& found) {
  std::vector<runner::Entry> all = found.entries;
  all.insert(all.end(), found.adoption.entries.begin(), found.adoption.entries.end());
  return static_cast<std::size_t>(std::ranges::count_if(
      runner::compare(found.files, all), [](const auto& status) { return status.state == runner::State::pending; }));
}

nlohmann::ordered_json as_json(const Found& found, const AdoptOptions& given) {
  nlohmann::ordered_json adopted = nlohmann::ordered_json::array();
  for (const runner::Entry& entry : found.adoption.entries)
    adopted.push_back({{"version", entry.version}, {"name", entry.name}});
  const runner::Adoption& adoption = found.adoption;
  return {{"tool", found.history.ledger.tool->name},
          {"ledger", found.history.ledger.table},
          {given.dry_run ? "would_adopt" : "adopted", std::move(adopted)},
          {"missing", adoption.missing},
          {"beyond", adoption.beyond},
          {"differences", adoption.differences},
          {"pending", pending_after(found)}};
}

Text lines_of(const List& labels) {
  Text text;
  for (const Text& label : labels) text += concat("  ", visible(label), "\n");
  return text;
}

Text as_text(const Found& found, const AdoptOptions& given) {
  const runner::Adoption& adoption = found.adoption;
  const Text tool(found.history.ledger.tool->name);
  Text text;
  List labels;
  for (const runner::Entry& entry : adoption.entries) labels.push_back(entry.label());
  if (labels.empty())
    text += concat("nothing to adopt from ", found.history.ledger.table, " of ", tool,
                   found.history.rows.empty() ? ": it has no rows\n" : "\n");
  else
    text += concat(given.dry_run ? "would adopt " : "adopted ", counted(labels.size(), "migration"), " of ", tool,
                   " from ", found.history.ledger.table, "\n", lines_of(labels));
  if (!adoption.missing.empty())
    text += concat("\napplied there, and no file is here; the ledger keeps them, so that such a file does not run:\n",
                   lines_of(adoption.missing));
  if (!adoption.beyond.empty())
    text += concat("\napplied there, and beyond quoin's reach, since no file here in SQL is theirs; not adopted:\n",
                   lines_of(adoption.beyond));
  if (!adoption.differences.empty()) text += concat("\n", lines_of(adoption.differences));
  const std::size_t pending = pending_after(found);
  return text +
         concat("\npending: ", counted(pending, "migration"), pending > 0 ? "; quoin status shows them\n" : "\n");
}

int run(const AdoptOptions& given, const CommandLine& settings) {
  const Text url = settings.need_database();
  std::optional<Found> found;
  if (given.dry_run) {
    postgres::Connection connection = connect(url, given.wait, settings);
    found = find(connection, given, settings);
  } else {
    const Interrupt interrupt;
    AtWork work(url, given.wait, settings, interrupt.stop());
    found = find(work.connection, given, settings);
    if (!found->adoption.entries.empty()) {
      work.ledger.create(work.connection);
      work.lock.require_held();
      runner::adopt(work.session, found->history, found->adoption);
    }
  }
  settings.json ? print_json(as_json(*found, given)) : print_lines(as_text(*found, given));
  return 0;
}

std::function<int()> declare(Options& options, const CommandLine& settings) {
  auto given = std::make_shared<AdoptOptions>();
  options.argument("TOOL", given->tool,
                   "whose ledger it is, as dbmate or flyway (default: the only one that is there)");
  options.value("--table SCHEMA.TABLE", given->table, "which of its ledgers, where there are several");
  options.flag("--dry-run", given->dry_run, "only say what would be written");
  options.number("--wait", given->wait,
                 "seconds to wait for another runner, or whoever holds the ledger (default: 10)");
  return [given, &settings] { return run(*given, settings); };
}
}  // namespace

const Command adopt_command{
    "adopt", "take over another tool's history",
    "Reads the ledger that another migration tool left in the database, and writes quoin's own from it, with the\n"
    "checksums of the files as they are. Theirs stays as it is. A step that is half done, or a lock, is refused.\n"
    "  quoin adopt --dry-run\n"
    "  quoin adopt dbmate",
    declare};

}  // namespace quoin
