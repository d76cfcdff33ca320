#include "project/adopting.h"

#include <algorithm>
#include "runner/lost_rows.h"

#include "project/fleet.h"

namespace quoin {
namespace {
const runner::MigrationTool* tool_named(const AdoptRequest& given) {
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

enum class Followed { yes, no };  // whether quoin's own ledger has rows

/// No value: no tool's ledger is there that could be meant, and quoin follows the database already.
std::optional<runner::ToolLedger> choose(postgres::Connection& connection, const std::vector<runner::ToolLedger>& all,
                                         const AdoptRequest& given, Followed followed) {
  const runner::MigrationTool* tool = tool_named(given);
  std::vector<runner::ToolLedger> fitting;
  List found;
  for (const runner::ToolLedger& ledger : all) {
    found.push_back(described(ledger));
    if (!given.schema.empty() && ledger.schema != given.schema) continue;
    const bool is_meant = tool == nullptr || ledger.tool == tool;
    if (ledger.tool != nullptr && is_meant && (!given.table || is_table(ledger, *given.table)))
      fitting.push_back(ledger);
  }
  if (fitting.size() == 1) return fitting.front();
  if (fitting.empty() && tool != nullptr && given.table)
    if (auto renamed = runner::tool_ledger_in(connection, *tool, *given.table)) return std::move(*renamed);
  if (fitting.empty() && !given.table && followed == Followed::yes) return std::nullopt;
  const Text there = found.empty() ? Text("no tool's ledger is there") : concat("there is ", join(found, ", "));
  const Text columns = tool != nullptr && given.table ? concat("; its columns would be ", tool->columns) : Text();
  if (fitting.empty())
    throw Error(Code::input,
                concat(given.schema.empty() ? Text("this database") : concat("the schema ", quote_ident(given.schema)),
                       " has no ledger ", given.table ? concat(*given.table, " ") : "",
                       tool != nullptr ? concat("of ", tool->name) : Text("of another tool"), " that quoin can adopt"),
                {}, concat(there, columns, "; quoin repair VERSION --applied tells of each migration that has run"));
  throw Error(Code::input, concat("more than one ledger could be adopted: ", there), {},
              concat("name the one that tells the truth: quoin adopt ", fitting.front().tool->name, " --table ",
                     fitting.front().table));
}

/// A history none of whose files is here belongs to another folder.
void require_folder(const Adopted& found, const std::vector<Migration>& files, const Text& folder) {
  if (!files.empty() || found.adoption.missing.empty()) return;
  throw Error(Code::refused,
              concat(found.history.ledger.table, " tells of ", counted(found.adoption.missing.size(), "migration"),
                     " that ", found.history.ledger.tool->name, " ran, and quoin finds none in the folder ", folder),
              {folder}, "name the folder that holds them, as migrations: db/migrations in quoin.yaml");
}

std::size_t pending_after(const std::vector<Migration>& files, std::vector<runner::Entry> entries,
                          const runner::Adoption& adoption) {
  entries.insert(entries.end(), adoption.entries.begin(), adoption.entries.end());
  return static_cast<std::size_t>(std::ranges::count_if(
      runner::compare(files, entries), [](const auto& status) { return status.state == runner::State::pending; }));
}

/// The adoption to write. Throws for one that cannot be written.
Adopted find(postgres::Connection& connection, const AdoptRequest& given, const Settings& settings) {
  const int seconds = seconds_of(given.wait);
  const runner::Ledger own(settings.config.ledger, seconds);
  if (!given.schema.empty())
    require_schema(connection, given.schema, concat("CREATE SCHEMA ", quote_ident(given.schema)));
  Adopted found;
  const std::vector<runner::Entry> entries = own.read(connection);
  const auto chosen =
      choose(connection, runner::tool_ledgers(connection, own), given, entries.empty() ? Followed::no : Followed::yes);
  const std::vector<Migration> files = project_migrations(settings, CodeSteps::named);
  if (!chosen) {
    found.pending = pending_after(files, entries, {});
    return found;
  }
  const runner::ToolLedger& ledger = *chosen;
  runner::reading_tool_ledger(connection, seconds,
                              [&] { found.history = runner::read_tool_history(connection, ledger); });
  runner::require_finished(found.history);
  const List taken_back = runner::taken_back_in(own.without_row(connection));
  found.adoption = runner::plan_adoption(found.history, {files, settings.config.migrations, entries, taken_back});
  require_folder(found, files, settings.config.migrations);
  found.pending = pending_after(files, entries, found.adoption);
  if (found.adoption.can_be_written()) return found;
  throw Error(Code::refused,
              concat("quoin's ledger ", own.name(), " knows of migrations that ", ledger.tool->name,
                     " does not: ", join(found.adoption.own, ", "), "; so ", ledger.table, " is not the whole history"),
              {},
              concat("say of each that has run: quoin repair VERSION --applied (there: ",
                     found.adoption.entries.front().label(), ")"));
}
}  // namespace

Adopted preview_adoption(const AdoptRequest& request, const Settings& settings) {
  postgres::Connection connection = connect(request.url, request.wait, settings);
  return find(connection, request, settings);
}

Adopted adopt_history(const AdoptRequest& request, const Settings& settings, const std::stop_token& stop) {
  LockedLedger work(request.url, request.wait, settings, stop);
  Adopted found = find(work.connection, request, settings);
  if (found.adoption.entries.empty()) return found;
  work.ledger.create(work.connection);
  work.lock.require_held();
  runner::adopt(work.session, found.history, found.adoption);
  return found;
}

}  // namespace quoin
