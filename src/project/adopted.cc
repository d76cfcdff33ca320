#include "project/adopted.h"

#include <algorithm>

#include "core/model/kind.h"
#include "parser/replay/replay.h"
#include "project/assumed.h"
#include "project/leave.h"
#include "runner/lost_rows.h"

namespace quoin {

namespace {
/// The first of these relations that the database has.
std::optional<Id> first_there(postgres::Connection& connection, const std::vector<Id>& relations) {
  if (relations.empty()) return std::nullopt;
  List rows;
  for (std::size_t i = 0; i < relations.size(); ++i)
    rows.push_back(concat("(", std::to_string(i), ", ", quote_literal(qualified(relations[i])), ")"));
  const auto found = connection.execute(concat("SELECT r.at FROM (VALUES ", join(rows, ", "),
                                               ") r(at, name) WHERE pg_catalog.to_regclass(r.name) IS NOT NULL"
                                               " ORDER BY r.at LIMIT 1"));
  if (found.rows() == 0) return std::nullopt;
  return relations[std::stoul(Text(found.text(0, 0)))];
}

/// Some tables that the migrations make where the connection's session runs them, as good a sign as all of them; none
/// that the project says are there before.
std::vector<Id> tables_made(postgres::Connection& connection, const std::vector<const Migration*>& migrations, Ids& ids,
                            const Settings& settings) {
  constexpr std::size_t most = 20;
  Schema schema = empty_database(ids);
  List there = postgres::array_items(connection.query("SELECT pg_catalog.current_schemas(false)").text(0, 0));
  if (!settings.target_schema.empty()) there.push_back(settings.target_schema);  // a run makes it first
  Replay replay(schema, path_of_session(connection));
  Findings unheard;  // are verify's to tell
  replay.assume(read_assumed(settings), unheard);
  for (const Text& one : there)
    if (one != "public") replay.run(concat("CREATE SCHEMA IF NOT EXISTS ", quote_ident(one)), {}, unheard);
  std::vector<Id> tables;
  const auto is_assumed = [&](Id id) {
    return std::ranges::count(settings.config.assumed_schemas, schema_of(id)->name) > 0;
  };
  const auto take = [&](Id id) {
    const bool is_table = is_relation(Object(id)) && id->kind->has(holds_rows);
    if (is_table && tables.size() < most && !is_assumed(id)) tables.push_back(id);
  };
  for (const Migration* one : migrations)
    for (const Effects& effects : replay.run(one->up.text, one->up.file, unheard))
      std::ranges::for_each(effects.makes, take);
  return tables;
}

/// The first object that the first pending migrations make and the database already has.
Text there_already(postgres::Connection& connection, const MigrationStatuses& statuses, const Settings& settings) {
  constexpr std::size_t most = 20;
  std::vector<const Migration*> first;
  for (const runner::MigrationStatus& status : statuses.all)
    if (status.state == runner::State::pending && first.size() < most) first.push_back(status.file);
  Ids ids;
  const std::optional<Id> found = first_there(connection, tables_made(connection, first, ids, settings));
  return found ? path(*found) : Text();
}

/// Empty where quoin's ledger has rows, or had them, and the other's names no file here beyond these.
Text told_of(const runner::ToolHistory& history, const runner::OwnSide& side) {
  const runner::MigrationTool& tool = *history.ledger.tool;
  const List failed = history.failed();
  const runner::Adoption adoption = runner::plan_adoption(history, side);
  const auto is_here = [](const runner::Entry& entry) { return !entry.checksum.empty(); };
  const bool is_followed = !side.entries.empty() || !side.taken_back.empty();
  if (is_followed && std::ranges::none_of(adoption.entries, is_here)) return {};
  Text text = concat("migrated by ", tool.name, " up to ", history.last());
  const bool is_known = failed.empty() || adoption.here > 0;  // one row alone, of what failed, tells of no other
  if (is_known)
    text += concat(", ", std::to_string(adoption.here), " of ", counted(side.files.size(), "file"), " here");
  if (!adoption.missing.empty()) text += concat(", ", std::to_string(adoption.missing.size()), " without a file here");
  if (!adoption.beyond.empty()) text += concat(", ", std::to_string(adoption.beyond.size()), " beyond quoin's reach");
  text += concat(" (", history.ledger.table, ")");
  if (!failed.empty()) text += concat("; ", join(failed, ", "), " did not run to an end");
  if (!history.lock.empty()) text += concat("; locked by ", history.lock);
  return text;
}

/// True where there would be nothing to adopt.
bool is_all_beyond(const runner::ToolHistory& history, const runner::OwnSide& side) {
  const runner::Adoption adoption = runner::plan_adoption(history, side);
  return adoption.entries.empty() && !adoption.beyond.empty() && history.failed().empty();
}

void tell(EarlierHistory& earlier, const runner::ToolLedger& ledger, const Text& line) {
  if (line.empty()) return;
  earlier.told.push_back(line);
  if (ledger.tool != nullptr) earlier.ledgers.push_back(ledger);
}

EarlierHistory histories(postgres::Connection& connection, const runner::Ledger& own, const MigrationStatuses& statuses,
                         const Settings& settings) {
  EarlierHistory earlier;
  const std::vector<runner::ToolLedger> ledgers = runner::tool_ledgers(connection, own);
  if (ledgers.empty()) return earlier;
  const List taken_back = runner::taken_back_in(statuses.without_row);
  const bool is_followed = !statuses.entries.empty() || !taken_back.empty();
  const runner::OwnSide side{statuses.files, settings.config.migrations, statuses.entries, taken_back};
  for (const runner::ToolLedger& ledger : ledgers) {
    if (ledger.tool == nullptr) {
      if (is_followed) continue;  // whoever runs quoin here has looked at it
      tell(earlier, ledger,
           concat("another tool's history is in ", ledger.table, ", which is of none that quoin knows"));
      continue;
    }
    try {
      constexpr int seconds = 5;
      runner::reading_tool_ledger(connection, seconds, [&] {
        const runner::ToolHistory history = runner::read_tool_history(connection, ledger);
        const Text line = history.rows.empty() ? Text() : told_of(history, side);
        if (line.empty() || !is_all_beyond(history, side)) return tell(earlier, ledger, line);
        earlier.told.push_back(line);
        earlier.beyond.push_back(ledger.table);
      });
    } catch (const Error& error) {
      if (error.code != Code::refused) throw;
      if (is_followed) continue;
      tell(earlier, ledger, concat("another tool's history is in ", ledger.table, ": ", error.what()));
    }
  }
  return earlier;
}
}  // namespace

List made_and_not_there(postgres::Connection& connection, const std::vector<const Migration*>& migrations,
                        const Settings& settings) {
  Ids ids;
  const std::vector<Id> tables = tables_made(connection, migrations, ids, settings);
  List names;
  if (first_there(connection, tables)) return names;
  for (const Id id : tables) names.push_back(path(id));
  return names;
}

Text advice_beyond() {
  return concat("none of it is a file here in SQL, so that there is nothing to take over: quoin migrate --allow ",
                other_history_rule,
                " runs the files here beside it (say of one that has run there before: quoin repair"
                " VERSION --applied)");
}

Text EarlierHistory::advice() const {
  if (ledgers.empty() && !beyond.empty()) return advice_beyond();
  if (ledgers.empty())
    return "tell quoin of what this database has already: quoin baseline VERSION, which takes all up to that one as"
           " applied (of one alone: quoin repair VERSION --applied)";
  List ways;
  for (const runner::ToolLedger& ledger : ledgers) {
    const bool is_one = std::ranges::count(ledgers, ledger.tool, &runner::ToolLedger::tool) == 1;
    const Text table = ledger.odd == runner::no_plain_table ? "SCHEMA.TABLE, the table behind it"
                       : is_one                             ? Text()
                                                            : ledger.table;
    ways.push_back(concat("quoin adopt ", ledger.tool->name, table.empty() ? "" : " --table ", table));
  }
  return concat("take it over: ", join(ways, ", or "), " (--dry-run shows what that writes)");
}

Text EarlierHistory::in_words() const {
  return is_of_a_tool() ? join(told, "; ")
                        : concat(there_already, " is there already, and the ledger knows of no migration");
}

void refuse_earlier_history(const std::optional<EarlierHistory>& earlier) {
  if (!earlier) return;
  const bool is_told = earlier->ledgers.empty() && !earlier->beyond.empty();
  throw Error(Code::refused, concat("nothing was run, since this database has a history: ", earlier->in_words()), {},
              is_told
                  ? earlier->advice()
                  : concat(earlier->advice(), "; to run all of these files, those too that have run there: --allow ",
                           other_history_rule));
}

void refuse_other_folder(const MigrationStatuses& statuses, const Settings& settings) {
  List gone;
  for (const runner::MigrationStatus& status : statuses.all) {
    if (status.state == runner::State::missing)
      gone.push_back(status.label());
    else if (status.entry != nullptr || status.state == runner::State::lost)
      return;
  }
  if (statuses.entries.empty())  // then what was applied is known from the log alone
    for (const runner::LoggedVersion& version : statuses.without_row)
      if (version.last.says_done()) gone.push_back(version.last.label());
  if (gone.empty()) return;
  throw Error(Code::refused,
              concat("nothing was run, since none of what is applied here has a file in ", settings.config.migrations,
                     ": ", first_of(gone, 5)),
              {},
              concat("name the folder of this database: --migrations FOLDER; where its files were removed on purpose:"
                     " quoin repair --missing forgets them; to run what is in the folder all the same: --allow ",
                     other_history_rule));
}

std::optional<EarlierHistory> earlier_history(postgres::Connection& connection, const runner::Ledger& own,
                                              const MigrationStatuses& statuses, const Settings& settings) {
  const bool nothing_to_run = std::ranges::none_of(
      statuses.all, [](const runner::MigrationStatus& status) { return status.state == runner::State::pending; });
  if (!statuses.entries.empty() && nothing_to_run) return std::nullopt;
  EarlierHistory earlier = histories(connection, own, statuses, settings);
  if (!earlier.is_of_a_tool() && statuses.entries.empty() && statuses.without_row.empty())
    earlier.there_already = there_already(connection, statuses, settings);
  if (!earlier.is_of_a_tool() && earlier.there_already.empty()) return std::nullopt;
  return earlier;
}

}  // namespace quoin
