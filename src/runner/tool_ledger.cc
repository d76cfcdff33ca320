#include "runner/tool_ledger.h"

#include <algorithm>
#include <map>
#include <unordered_set>

#include "parser/migrations/migration.h"

namespace quoin::runner {
namespace {

using postgres::Connection;
using postgres::Parameter;

constexpr std::size_t most_rows = 100000;

/// A relation that has the name of a ledger, or of what lies beside one.
struct Found {
  Text odd;
  List columns;  // "version S"
};
using TableName = std::pair<Text, Text>;  // schema, name
using AllFound = std::map<TableName, Found>;

List words_of(std::string_view text, char separator) {
  List words;
  for (const Text& word : split(text, separator))
    if (!trim(word).empty()) words.emplace_back(trim(word));
  return words;
}

// Whatever people call their own tables too; without a tool's columns they are no ledger.
bool is_common_word(std::string_view table) { return table == "migrations" || table == "changes" || table == "events"; }

List names_to_look_for() {
  List names;
  for (const MigrationTool& tool : migration_tools()) {
    for (const Text& table : words_of(tool.tables, ' ')) names.push_back(table);
    for (const char* other : {tool.beside, tool.not_beside, tool.lock.table})
      if (other != nullptr) names.emplace_back(other);
  }
  return names;
}

/// What of a relation `c` could run code when it is read, hides rows, or is no table at all; NULL: nothing. An output
/// function is code: so columns are of built-in types alone.
constexpr const char* oddity =
    "CASE WHEN c.relkind OPERATOR(pg_catalog.<>) 'r' OR c.relispartition THEN 'is no plain table'"
    " WHEN pg_catalog.row_security_active(c.oid) THEN 'has row security, which hides rows from this role'"
    " WHEN EXISTS (SELECT FROM pg_catalog.pg_rewrite w WHERE w.ev_class OPERATOR(pg_catalog.=) c.oid)"
    " THEN 'has a rule'"
    " WHEN EXISTS (SELECT FROM pg_catalog.pg_inherits i WHERE i.inhparent OPERATOR(pg_catalog.=) c.oid"
    " OR i.inhrelid OPERATOR(pg_catalog.=) c.oid) THEN 'inherits or is inherited'"
    " WHEN EXISTS (SELECT FROM pg_catalog.pg_attribute v WHERE v.attrelid OPERATOR(pg_catalog.=) c.oid"
    " AND v.attgenerated::pg_catalog.text OPERATOR(pg_catalog.=) 'v') THEN 'has a column that is computed when read'"
    " WHEN EXISTS (SELECT FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type y"
    " ON y.oid OPERATOR(pg_catalog.=) a.atttypid WHERE a.attrelid OPERATOR(pg_catalog.=) c.oid"
    " AND a.attnum OPERATOR(pg_catalog.>) 0 AND NOT a.attisdropped AND (y.typtype OPERATOR(pg_catalog.<>) 'b'"
    " OR y.typnamespace OPERATOR(pg_catalog.<>) 'pg_catalog'::pg_catalog.regnamespace::pg_catalog.oid))"
    " THEN 'has a column of a type that is not built in' END";

Text array_of(const List& names) {
  List quoted;
  for (const Text& name : names) quoted.push_back(quote_literal(name));
  return concat("(ARRAY[", join(quoted, ", "), "]::pg_catalog.name[])");
}

/// Over relations `c`: those with the name of a ledger, or with a column that only ledgers have.
Text may_be_ledger() {
  List marks;
  for (const MigrationTool& tool : migration_tools())
    if (!tool.mark.empty()) marks.emplace_back(tool.mark);
  return concat("(c.relname OPERATOR(pg_catalog.=) ANY ", array_of(names_to_look_for()),
                " OR c.oid OPERATOR(pg_catalog.=) ANY (ARRAY(SELECT m.attrelid FROM pg_catalog.pg_attribute m"
                " WHERE m.attnum OPERATOR(pg_catalog.>) 0 AND m.attname OPERATOR(pg_catalog.=) ANY ",
                array_of(marks), ")))");
}

/// `which`: a condition over relations `c`.
AllFound look(Connection& connection, const Text& which = may_be_ledger()) {
  const auto rows = connection.execute(
      concat("SELECT n.nspname, c.relname, ", oddity,
             ", a.attname, y.typcategory FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n"
             " ON n.oid OPERATOR(pg_catalog.=) c.relnamespace LEFT JOIN pg_catalog.pg_attribute a"
             " ON a.attrelid OPERATOR(pg_catalog.=) c.oid AND a.attnum OPERATOR(pg_catalog.>) 0"
             " AND NOT a.attisdropped LEFT JOIN pg_catalog.pg_type y ON y.oid OPERATOR(pg_catalog.=) a.atttypid"
             " WHERE NOT n.nspname::pg_catalog.text OPERATOR(pg_catalog.~) '^pg_(temp|toast)'"
             " AND c.relkind::pg_catalog.text OPERATOR(pg_catalog.~) '^[rvmfp]$' AND ",
             which));
  AllFound all;
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    Found& found = all[{rows.text(row, 0), rows.text(row, 1)}];
    found.odd = rows.text(row, 2);
    found.columns.push_back(concat(rows.text(row, 3), " ", rows.text(row, 4)));
  }
  return all;
}

bool has_columns(const Found& found, std::string_view columns) {
  return std::ranges::all_of(words_of(columns, ','),
                             [&](const Text& column) { return std::ranges::count(found.columns, column) > 0; });
}

bool fits(const MigrationTool& tool, const TableName& place, const AllFound& all) {
  const Found& found = all.at(place);
  const auto lies_beside = [&](const char* table) { return all.contains({place.first, table}); };
  if (std::ranges::count(words_of(tool.tables, ' '), place.second) == 0 || !has_columns(found, tool.columns))
    return false;
  if (tool.schema != nullptr && place.first != tool.schema) return false;
  if (tool.has_no_others && found.columns.size() != words_of(tool.columns, ',').size()) return false;
  return (tool.beside == nullptr || lies_beside(tool.beside)) &&
         (tool.not_beside == nullptr || !lies_beside(tool.not_beside));
}

/// By its columns alone.
bool is_like(const MigrationTool& tool, const Found& found) {
  const bool has_mark = !tool.mark.empty() && std::ranges::any_of(found.columns, [&](const Text& column) {
    return column.starts_with(concat(tool.mark, " "));
  });
  return has_mark && has_columns(found, tool.columns) &&
         (!tool.has_no_others || found.columns.size() == words_of(tool.columns, ',').size());
}

const MigrationTool* tool_named_so(const TableName& place, const AllFound& all) {
  for (const MigrationTool& tool : migration_tools())
    if (fits(tool, place, all)) return &tool;
  return nullptr;
}

/// The tool whose ledger a table under another name is; a copy beside a ledger of the tool's own name is none.
const MigrationTool* tool_like(const Found& found, const std::vector<ToolLedger>& named) {
  const auto tools = migration_tools();
  const auto tool = std::ranges::find_if(tools, [&](const MigrationTool& one) { return is_like(one, found); });
  const bool is_one = tool != tools.end() && found.odd.empty() &&
                      std::ranges::none_of(named, [&](const ToolLedger& other) { return other.tool == &*tool; });
  return is_one ? &*tool : nullptr;
}

bool is_named_for_a_ledger(std::string_view table) {
  if (is_common_word(table)) return false;
  return std::ranges::any_of(migration_tools(), [&](const MigrationTool& tool) {
    return std::ranges::count(words_of(tool.tables, ' '), table) > 0;
  });
}

Error refusal(const ToolLedger& ledger, const Text& odd, const Text& hint) {
  return {Code::refused, concat("the ledger ", ledger.table, " ", odd, ", so quoin does not read it"), {}, hint};
}

Text way_round(const ToolLedger& ledger, const Text& table, std::string_view odd) {
  const Text by_hand = "tell quoin of each migration that has run: quoin repair VERSION --applied";
  if (odd.starts_with("has row security"))
    return concat("connect as its owner, or as another role that sees all rows; or ", by_hand);
  if (odd != no_plain_table) return concat("look at \\d+ ", table, " in psql; ", by_hand);
  return concat("name the plain table that holds its rows: quoin adopt ", ledger.tool->name,
                " --table SCHEMA.TABLE (\\d+ ", table, " in psql shows what this one is); where there is none, ",
                by_hand);
}

/// LOCK takes no snapshot, so what is asked after it is what the query will see.
void lock(Connection& connection, const ToolLedger& ledger, const Text& table) {
  const auto found = connection.execute(
      concat("LOCK TABLE ONLY ", table, " IN ACCESS SHARE MODE; SELECT ", oddity,
             " FROM pg_catalog.pg_class c WHERE c.oid OPERATOR(pg_catalog.=) pg_catalog.to_regclass(",
             quote_literal(table), ")::pg_catalog.oid"));
  const Text odd = found.rows() == 1 ? found.text(0, 0) : Text("is gone");
  if (!odd.empty()) throw refusal(ledger, odd, way_round(ledger, table, odd));
}

/// Cut, since no name that a file can have is longer.
Text cut(const char* value) { return concat("pg_catalog.left((", value, ")::pg_catalog.text, 300)"); }

// A clock that went wrong, or another time zone, must not put what is adopted behind what runs later.
Text query_of(const RowQuery& row, const Text& table) {
  const Text at = concat("CASE WHEN pg_catalog.isfinite((", row.at, ")::pg_catalog.timestamptz) THEN LEAST((", row.at,
                         ")::pg_catalog.timestamptz, pg_catalog.now()) END");
  return concat("SELECT ", cut(row.version), ", ", cut(row.name), ", pg_catalog.to_char(pg_catalog.timezone('UTC', ",
                at, "), 'YYYY-MM-DD HH24:MI:SS.US'), ", cut(row.by), ", ", cut(row.checksum), ", (", row.state,
                ")::pg_catalog.text, ", cut(row.id), " FROM ONLY ", table, " t WHERE ", row.where, " ORDER BY ",
                row.order, " LIMIT ", std::to_string(most_rows + 1));
}

ToolRowState told_of(std::string_view state) {
  return state == "applied"    ? ToolRowState::applied
         : state == "baseline" ? ToolRowState::baseline
         : state == "undone"   ? ToolRowState::undone
                               : ToolRowState::failed;
}

bool is_before(const ToolRow& a, const ToolRow& b) { return compare_versions(a.label(), b.label()) < 0; }

/// Of several rows of one migration the last; where that says undone, none.
std::vector<ToolRow> settled(std::vector<ToolRow> all) {
  std::unordered_set<Text> seen;
  std::vector<ToolRow> kept;
  for (auto row = all.rbegin(); row != all.rend(); ++row)
    if (seen.insert(concat(row->version, "\n", row->version.empty() ? row->name : Text(), "\n", row->id)).second &&
        row->state != ToolRowState::undone)
      kept.push_back(std::move(*row));
  std::ranges::reverse(kept);
  return kept;
}

/// Times only grow, so that the order of application is theirs.
void order_times(std::vector<ToolRow>& rows) {
  const auto first = std::ranges::find_if(rows, [](const ToolRow& row) { return !row.at.empty(); });
  Text latest = first != rows.end() ? first->at : Text();
  for (ToolRow& row : rows) {
    if (row.at < latest) row.at = latest;
    latest = row.at;
  }
}

std::vector<ToolRow> rows_of(Connection& connection, const ToolLedger& ledger) {
  const MigrationTool& tool = *ledger.tool;
  const auto found = connection.execute(query_of(tool.row, ledger.table));
  if (found.rows() > most_rows)
    throw refusal(ledger, concat("has more than ", std::to_string(most_rows), " rows"),
                  "no history is that long: look at what the table holds");
  std::vector<ToolRow> rows;
  for (std::size_t row = 0; row < found.rows(); ++row)
    rows.push_back({found.text(row, 0), found.text(row, 1), found.text(row, 2), found.text(row, 3), found.text(row, 4),
                    told_of(found.text(row, 5)), found.text(row, 6)});
  if (Text(tool.row.order) == RowQuery().order) std::ranges::stable_sort(rows, is_before);
  rows = settled(std::move(rows));
  order_times(rows);
  return rows;
}

Text lock_of(Connection& connection, const ToolLedger& ledger) {
  const LockTable& lock_table = ledger.tool->lock;
  if (lock_table.table == nullptr) return {};
  const TableName place{ledger.schema, lock_table.table};
  const AllFound all = look(connection);
  const auto found = all.find(place);
  if (found == all.end() || !has_columns(found->second, lock_table.columns)) return {};
  const Text table = quote_qualified(place.first, place.second);
  lock(connection, ledger, table);
  const auto locked =
      connection.execute(concat("SELECT 1 FROM ONLY ", table, " t WHERE ", lock_table.is_locked, " LIMIT 1"));
  return locked.rows() > 0 ? table : Text();
}

}  // namespace

List ToolHistory::failed() const {
  List labels;
  for (const ToolRow& row : rows)
    if (row.state == ToolRowState::failed) labels.push_back(row.label());
  return labels;
}

Text ToolHistory::last() const {
  const auto row = std::find_if(rows.rbegin(), rows.rend(), [](const ToolRow& one) { return !one.version.empty(); });
  return row != rows.rend() ? row->label() : rows.back().label();
}

std::vector<ToolLedger> tool_ledgers(Connection& connection, const Ledger& own) {
  std::vector<ToolLedger> ledgers, others;
  const AllFound all = look(connection);
  const auto ledger_in = [&](const auto& entry, const MigrationTool* tool) {
    const TableName& place = entry.first;
    return ToolLedger{tool, place.first, quote_qualified(place.first, place.second), entry.second.odd};
  };
  const auto is_own = [&](const ToolLedger& one) { return std::ranges::count(own.tables(), one.table) > 0; };
  for (const auto& entry : all)
    if (const MigrationTool* tool = tool_named_so(entry.first, all); tool != nullptr)
      ledgers.push_back(ledger_in(entry, tool));
  for (const auto& entry : all) {
    if (tool_named_so(entry.first, all) != nullptr) continue;
    const MigrationTool* tool = tool_like(entry.second, ledgers);
    if (tool != nullptr || is_named_for_a_ledger(entry.first.second)) others.push_back(ledger_in(entry, tool));
  }
  ledgers.insert(ledgers.end(), others.begin(), others.end());
  std::erase_if(ledgers, is_own);
  std::ranges::sort(ledgers, {}, &ToolLedger::table);
  return ledgers;
}

std::optional<ToolLedger> tool_ledger_in(Connection& connection, const MigrationTool& tool, const Text& table) {
  const AllFound all = look(connection, concat("c.oid OPERATOR(pg_catalog.=) pg_catalog.to_regclass(",
                                               quote_literal(table), ")::pg_catalog.oid"));
  if (all.size() != 1 || !has_columns(all.begin()->second, tool.columns)) return std::nullopt;
  const auto& [place, found] = *all.begin();
  return ToolLedger{&tool, place.first, quote_qualified(place.first, place.second), found.odd};
}

ToolHistory read_tool_history(Connection& connection, const ToolLedger& ledger) {
  ToolHistory history{ledger, {}, {}};
  try {
    lock(connection, ledger, ledger.table);
    history.rows = rows_of(connection, ledger);
    history.lock = lock_of(connection, ledger);
  } catch (const Error& error) {
    if (error.sqlstate == "42501")
      throw refusal(ledger, concat("cannot be read by ", connection.user()),
                    concat("GRANT SELECT ON ", ledger.table, " TO ", quote_ident(connection.user())));
    if (error.sqlstate == "55P03") throw refusal(ledger, "is held by another session", "wait for it to end");
    throw;
  }
  return history;
}

void reading_tool_ledger(Connection& connection, int seconds, const std::function<void()>& body) {
  connection.execute(concat("BEGIN ISOLATION LEVEL READ COMMITTED READ ONLY; SET LOCAL lock_timeout = '",
                            std::to_string(std::max(seconds, 1)), "s'"));
  try {
    body();
    connection.execute("COMMIT");
  } catch (...) {
    if (connection.alive() && connection.in_transaction()) connection.execute("ROLLBACK");
    throw;
  }
}

}  // namespace quoin::runner
