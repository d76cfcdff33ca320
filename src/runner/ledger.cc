#include "runner/ledger.h"

#include <algorithm>

#include "core/base/secret.h"
#include "runner/ledger_layout.h"
#include "runner/ledger_row.h"
#include "runner/worker.h"

namespace quoin::runner {

using postgres::Parameter;

void require_sound(const Entry& entry) {
  if (entry.odd.empty()) return;
  // Repair is told of one row.
  if (entry.odd.ends_with(concat("another row's, ", entry.version)))
    throw Error(Code::refused, concat("the ledger has more than one row of ", entry.label()), {},
                concat("delete all but the true one in psql: SELECT ctid, * FROM the ledger WHERE version = ",
                       quote_literal(entry.version),
                       ", then DELETE … WHERE ctid = '…'; and give it its primary key back: ALTER TABLE … ADD PRIMARY"
                       " KEY (version)"));
  throw Error(Code::refused,
              concat("the ledger's row of ", entry.label(), " holds what quoin does not write: ", entry.odd), {},
              concat("look at what stands of it in the database, and say so: quoin repair ", entry.version,
                     " --applied (all of it), --pending (nothing), or --done N (its first N statements); a newer quoin"
                     " may have written it: then use that"));
}

Ledger::Ledger(const Text& name, int waiting) : waiting_(std::max(waiting, 1)) {
  const List parts = split(name, '.');
  if (parts.size() > 2 || parts.back().empty() || parts.front().empty()) {
    throw Error(Code::input, concat("\"", name, "\" is no name for the ledger"), {},
                "write it as schema.table, for example ledger: quoin.migrations");
  }
  constexpr std::size_t longest = 63 - std::string_view("_log").size();  // what its log is called beside it
  if (name.find('"') != Text::npos || parts.back().size() > longest || parts.front().size() > 63)
    throw Error(Code::input,
                concat("\"", name, "\" is no name for the ledger: ",
                       name.find('"') != Text::npos ? "it holds a quote" : "it is too long"),
                {},
                concat("write schema and table as they are called, without quotes, the table with at most ",
                       std::to_string(longest), " bytes"));
  schema_ = parts.size() == 2 ? parts[0] : "quoin";
  if (schema_.starts_with("pg_") || schema_ == "information_schema")
    throw Error(Code::input,
                concat("the ledger cannot be ", name, ": PostgreSQL keeps the schema ", schema_, " to itself"), {},
                "name another schema, for example ledger: quoin.migrations");
  name_ = concat(schema_, ".", parts.back());
  table_ = quote_qualified(schema_, parts.back());
  log_ = quote_qualified(schema_, parts.back() == "migrations" ? Text("log") : parts.back() + "_log");
}

Ledger Ledger::checked() const {
  Ledger other = *this;
  other.is_checked_ = true;
  return other;
}

bool is_there(postgres::Connection& connection, const Text& relation) {
  return connection.query("SELECT pg_catalog.to_regclass($1) IS NOT NULL", std::vector<Parameter>{relation})
             .text(0, 0) == "t";
}

bool Ledger::exists(postgres::Connection& connection) const { return is_there(connection, table_); }

void Ledger::require_writable(postgres::Connection& connection) const {
  if (!exists(connection)) return;
  require_trusted(connection, {table_, log_}, TableAccess::writing);
  require_layout(connection);
}

void Ledger::make(postgres::Connection& connection) const {
  connection.execute(ledger_creation({table_, log_}));
  for (const Text& table : {table_, log_}) revoke_all(connection, table);
}

/// `body` in a transaction of its own, that waits for no lock longer than it may.
template <class Body>
void Ledger::in_transaction(postgres::Connection& connection, Body body) const {
  connection.execute(
      concat("BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL lock_timeout = '", std::to_string(waiting_), "s'"));
  try {
    body();
    connection.execute("COMMIT");
  } catch (const Error& error) {
    if (connection.alive() && connection.in_transaction()) connection.execute("ROLLBACK");
    if (error.sqlstate != "55P03") throw;
    throw Error(Code::refused, concat("the ledger ", name_, " is held by ", holder(connection)), {},
                "wait for it to end, or give it longer with --wait SECONDS");
  }
}

Text Ledger::holder(postgres::Connection& connection) const {
  const auto is = [](const Text& table) {
    return concat("l.relation OPERATOR(pg_catalog.=) pg_catalog.to_regclass(", quote_literal(table),
                  ")::pg_catalog.oid");
  };
  return describe_session(connection, concat("(", is(table_), " OR ", is(log_), ")"));
}

void Ledger::bring_up_to_date(postgres::Connection& connection) const {
  const auto there = connection.query(
      "SELECT pg_catalog.to_regclass($1) IS NOT NULL, EXISTS (SELECT FROM pg_catalog.pg_namespace"
      " WHERE nspname OPERATOR(pg_catalog.=) $2), pg_catalog.to_regclass($3) IS NOT NULL",
      std::vector<Parameter>{table_, schema_, log_});
  const bool is_made = there.text(0, 0) == "t", has_log = there.text(0, 2) == "t", has_schema = there.text(0, 1) == "t";
  require_trusted(connection, {table_, log_}, TableAccess::writing);
  require_layout(connection);
  if (is_made && has_log && has_all_columns(connection, table_)) return;
  if (!has_schema) connection.execute(concat("CREATE SCHEMA ", quote_ident(schema_)));
  if (!is_made || !has_log) make(connection);
  connection.execute(concat("LOCK TABLE ONLY ", table_, " IN ACCESS EXCLUSIVE MODE"));
  lock_trusted(connection, {table_, log_}, TableAccess::writing);
  connection.execute(ledger_extension(table_));
}

void Ledger::create(postgres::Connection& connection) const {
  try {
    in_transaction(connection, [&] { bring_up_to_date(connection); });
  } catch (Error& error) {
    if (error.code == Code::refused) throw;
    Error told(error.code, concat("the ledger ", name_, " cannot be made: ", error.what()), {}, error.hint);
    told.sqlstate = error.sqlstate;
    if (error.sqlstate == "42501") {
      told.hint = concat("the user ", connection.user(), " needs CREATE on the database (or on schema ", schema_, ")");
    }
    throw told;
  }
}

// The check, the lock that keeps its answer and what it is for are one transaction. Who writes one of the tables writes
// the other later in it, when a REPEATABLE READ that is older would not see what was put there meanwhile: so both.
postgres::Result Ledger::ask(postgres::Connection& connection, const Request& request,
                             std::span<const Parameter> values) const {
  postgres::Result result;
  const auto all = [&] {
    const bool reads = request.access == TableAccess::reading;
    if (!is_checked_) lock_trusted(connection, reads ? List{request.table} : List{table_, log_}, request.access);
    result = connection.query(request.sql, values);
  };
  try {
    connection.in_transaction() ? all() : in_transaction(connection, all);
  } catch (const Error& error) {
    const bool lacks_table = error.sqlstate == "42P01" && !connection.in_transaction();
    if (!lacks_table || !exists(connection) || is_there(connection, log_)) throw;
    throw Error(Code::refused, concat("the ledger ", name_, " has lost its log, ", log_), {},
                "quoin repair --log makes it anew, empty: what it told is gone, what is applied is not");
  }
  return result;
}

void Ledger::require_layout(postgres::Connection& connection) const {
  const List faults = layout_faults(connection, {table_, log_});
  if (faults.empty()) return;
  Error error(Code::refused, concat("the ledger ", name_, " is not as quoin makes it: ", faults.front()), {},
              concat("put that right in psql as its owner, then run the same command again; where ", name_,
                     " is another program's table, give quoin one of its own: in quoin.yaml, ledger: ",
                     name_ == "quoin.migrations" ? "quoin.ledger" : "quoin.migrations"));
  error.detail = join(List(faults.begin() + 1, faults.end()), "\n");
  throw error;
}

// Why it failed, the layout tells better than the server.
postgres::Result Ledger::ask_to_read(postgres::Connection& connection, const Request& request,
                                     std::span<const Parameter> values) const {
  try {
    return ask(connection, request, values);
  } catch (const Error& error) {
    const bool is_of_layout = error.sqlstate.starts_with("42") && error.sqlstate != "42501";
    if (is_of_layout && !connection.in_transaction()) require_layout(connection);
    throw;
  }
}

postgres::Result Ledger::ask_to_write(postgres::Connection& connection, const Text& sql,
                                      std::span<const Parameter> values) const {
  try {
    return ask(connection, {table_, TableAccess::writing, sql}, values);
  } catch (Error& error) {
    const bool is_refused_by_table = error.sqlstate.starts_with("22") || error.sqlstate.starts_with("23");
    if (!is_refused_by_table || error.sqlstate == "23505") throw;
    Error told(error.code, concat("the ledger ", name_, " does not take what quoin writes: ", error.what()), {},
               concat("somebody has added a constraint or trigger to it: drop that (\\d+ ", table_, " and \\d+ ", log_,
                      " in psql show it; none but the status check is quoin's), then run the same command again"));
    told.sqlstate = error.sqlstate;
    told.detail = error.detail;
    throw told;
  }
}

void Ledger::hold(postgres::Connection& connection) const {
  connection.execute(locking({table_, log_}, TableAccess::writing));
}

std::vector<Entry> Ledger::select(postgres::Connection& connection, const Text& rest,
                                  std::span<const Parameter> values) const {
  const auto rows = ask_to_read(
      connection, {table_, TableAccess::reading, concat("SELECT ", row_columns(), " FROM ONLY ", table_, " m ", rest)},
      values);
  std::vector<Entry> entries;
  for (std::size_t row = 0; row < rows.rows(); ++row) entries.push_back(read_row(rows, row));
  return entries;
}

std::vector<Entry> Ledger::read(postgres::Connection& connection) const {
  if (!exists(connection)) return {};
  std::vector<Entry> entries = select(connection, "ORDER BY applied_at, version", {});
  mark_doubles(entries);
  return entries;
}

std::optional<Entry> Ledger::find(postgres::Connection& connection, const Text& version) const {
  auto found = select(connection, "WHERE version OPERATOR(pg_catalog.=) $1", std::vector<Parameter>{version});
  if (found.empty()) return std::nullopt;
  require_sound(found.front());
  return std::move(found.front());
}

namespace {
constexpr std::string_view failure = "failure", failure_of = "failure of ";
}  // namespace

// An older quoin wrote the first of them all.
Text failed(std::string_view action) { return action == "migrate" ? Text(failure) : concat(failure_of, action); }

// What stands though its rollback failed is told only until something has gone well after it.
std::map<Text, Failure> Ledger::failures(postgres::Connection& connection) const {
  std::map<Text, Failure> found;
  if (!exists(connection)) return found;
  const Text sql = concat(
      "SELECT version, pg_catalog.to_char(pg_catalog.timezone('UTC', at), 'YYYY-MM-DD HH24:MI:SS'), detail,"
      " action FROM (SELECT DISTINCT ON (version) * FROM ONLY ",
      log_,
      " ORDER BY version, id DESC) AS newest WHERE pg_catalog.starts_with(action, 'failure') AND (action "
      "OPERATOR(pg_catalog.=) 'failure' OR NOT"
      " EXISTS (SELECT FROM ONLY ",
      log_, " l WHERE l.id OPERATOR(pg_catalog.>) newest.id AND NOT pg_catalog.starts_with(l.action, 'failure')))");
  const auto rows = ask_to_read(connection, {log_, TableAccess::reading, sql}, {});
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    const Text action = rows.text(row, 3);
    const bool says_which = action.starts_with(failure_of);
    found[rows.text(row, 0)] = {rows.text(row, 1), rows.text(row, 2),
                                says_which ? action.substr(failure_of.size()) : Text("migrate")};
  }
  return found;
}

bool LoggedLine::says_done() const {
  if (action == "repair") return !detail.ends_with(said_to_be_pending);
  return action == "begin" || action == "migrate" || action == "force" || action == "baseline" || action == "adopt";
}

namespace {
constexpr std::string_view logged_columns =
    "l.version, l.name, l.action, l.detail,"
    " pg_catalog.to_char(pg_catalog.timezone('UTC', l.at), 'YYYY-MM-DD HH24:MI:SS'), l.\"by\","
    " pg_catalog.to_char(l.at, 'US')";

std::vector<LoggedLine> logged_lines(const postgres::Result& rows) {
  std::vector<LoggedLine> lines;
  for (std::size_t row = 0; row < rows.rows(); ++row)
    lines.push_back({{rows.text(row, 0), rows.text(row, 1), rows.text(row, 2), rows.text(row, 3)},
                     rows.text(row, 4),
                     rows.text(row, 5),
                     rows.text(row, 6)});
  return lines;
}
}  // namespace

// The log may be all that is left: who drops the table need not have dropped its log.
std::vector<LoggedVersion> Ledger::without_row(postgres::Connection& connection) const {
  if (!is_there(connection, log_)) return {};
  const Text has_row =
      concat("EXISTS (SELECT FROM ONLY ", table_, " m WHERE m.version OPERATOR(pg_catalog.=) l.version)");
  const Text sql =
      concat("SELECT ", logged_columns, " FROM ONLY ", log_,
             " l WHERE NOT pg_catalog.starts_with(l.action, 'failure') AND l.version OPERATOR(pg_catalog.<>) ''"
             " AND l.id OPERATOR(pg_catalog.>) coalesce((SELECT pg_catalog.max(r.id) FROM ONLY ",
             log_, " r WHERE r.action OPERATOR(pg_catalog.=) 'reset'), 0)",
             exists(connection) ? concat(" AND NOT ", has_row) : Text(), " ORDER BY l.version, l.id");
  std::vector<LoggedVersion> all;
  for (LoggedLine& line : logged_lines(ask_to_read(connection, {log_, TableAccess::reading, sql}, {}))) {
    const bool goes_on = !all.empty() && all.back().last.version == line.version;
    if (!goes_on) all.push_back({line, line});
    if (goes_on && !all.back().last.says_done()) all.back().added = line;
    all.back().last = std::move(line);
  }
  return all;
}

std::vector<LoggedLine> Ledger::logged(postgres::Connection& connection, const std::optional<Text>& since) const {
  if (!exists(connection)) return {};
  const Text sql =
      concat("SELECT ", logged_columns, " FROM ONLY ", log_,
             " l WHERE $1::pg_catalog.text IS NULL OR NOT pg_catalog.timezone('UTC', at) OPERATOR(pg_catalog.<)"
             " $1::pg_catalog.timestamp ORDER BY id");
  try {
    return logged_lines(ask_to_read(connection, {log_, TableAccess::reading, sql}, std::vector<Parameter>{since}));
  } catch (const Error& error) {
    const bool is_no_time = error.sqlstate == "22007" || error.sqlstate == "22008";
    if (!since || !is_no_time) throw;
    throw Error(Code::usage, concat("--since ", *since, " is no time"), {}, "write it as '2025-03-01 08:00', in UTC");
  }
}

bool Ledger::insert(postgres::Connection& connection, const Entry& entry, const Application& application) const {
  try {
    const Text sql =
        concat("INSERT INTO ", table_,
               " (version, name, description, checksum, down, status, execution_ms, error, statements_done,"
               " done_checksum, down_directives, begun, begun_with, worker, forced",
               application.columns,
               ") VALUES ($1, $2, $3, $4, $5, $6, $7::bigint, $8, $9::bigint, $10, $11, $12::bigint, $13, $14, $15",
               application.expressions, ")");
    std::vector<Parameter> values = values_of(entry);
    values.insert(values.end(), application.values.begin(), application.values.end());
    ask_to_write(connection, sql, values);
  } catch (const Error& error) {
    if (error.sqlstate != "23505") throw;
    return false;
  }
  return true;
}

bool Ledger::add(postgres::Connection& connection, const Entry& entry) const { return insert(connection, entry, {}); }

// Never after what runs next.
bool Ledger::add_of_tool(postgres::Connection& connection, const Entry& entry, std::size_t microseconds) const {
  const Parameter at = entry.applied_at.empty() ? Parameter() : Parameter(entry.applied_at);
  return insert(connection, entry,
                {", applied_at, applied_by",
                 ", coalesce(LEAST(pg_catalog.timezone('UTC', $16::pg_catalog.timestamp), pg_catalog.now()"
                 " OPERATOR(pg_catalog.-) '1 s'::pg_catalog.interval) OPERATOR(pg_catalog.+)"
                 " ($17::pg_catalog.float8 OPERATOR(pg_catalog.*) '1 microsecond'::pg_catalog.interval),"
                 " pg_catalog.clock_timestamp()), $18",
                 {at, std::to_string(microseconds), entry.applied_by}});
}

bool Ledger::add_lost(postgres::Connection& connection, const Entry& entry, const LostRow& lost) const {
  const LoggedLine& line = lost.logged->added;
  return insert(connection, entry,
                {", applied_at, applied_by",
                 concat(", LEAST(pg_catalog.timezone('UTC', $16::pg_catalog.timestamp),"
                        " (SELECT l.applied_at OPERATOR(pg_catalog.-) ($18::pg_catalog.float8 OPERATOR(pg_catalog.*)"
                        " '1 microsecond'::pg_catalog.interval) FROM ONLY ",
                        table_, " l WHERE l.version OPERATOR(pg_catalog.=) $17)), $19"),
                 {concat(line.at, ".", line.microseconds), line.action == "adopt" ? lost.next : Text(),
                  std::to_string(lost.places), line.by}});
}

bool Ledger::change(postgres::Connection& connection, const Entry& entry) const {
  return write_over(connection, entry, "applied_at = DEFAULT, applied_by = DEFAULT");
}

// An odd row may have neither.
bool Ledger::correct(postgres::Connection& connection, const Entry& entry) const {
  return write_over(connection, entry,
                    "applied_at = coalesce(applied_at, pg_catalog.clock_timestamp()),"
                    " applied_by = coalesce(applied_by, session_user)");
}

/// `application`: what becomes of the columns that say when it was applied, and by whom.
bool Ledger::write_over(postgres::Connection& connection, const Entry& entry, const Text& application) const {
  std::vector<Parameter> values = values_of(entry);
  values.emplace_back(std::to_string(entry.revision));
  const Text sql =
      concat("UPDATE ONLY ", table_,
             " SET name = $2, description = $3, checksum = $4, down = $5, status = $6, execution_ms = $7::bigint,"
             " error = $8, statements_done = $9::bigint, done_checksum = $10, down_directives = $11,"
             " begun = $12::bigint, begun_with = $13, worker = $14, forced = $15, ",
             application,
             ", revision = $16::bigint OPERATOR(pg_catalog.+) 1"
             " WHERE version OPERATOR(pg_catalog.=) $1 AND coalesce(revision, 0) OPERATOR(pg_catalog.=) $16::bigint");
  return ask_to_write(connection, sql, values).affected() == 1;
}

bool Ledger::remove(postgres::Connection& connection, const Entry& entry) const {
  const Text sql = concat("DELETE FROM ONLY ", table_,
                          " WHERE version OPERATOR(pg_catalog.=) $1"
                          " AND coalesce(revision, 0) OPERATOR(pg_catalog.=) $2::bigint");
  const std::vector<Parameter> values{entry.version, std::to_string(entry.revision)};
  return ask_to_write(connection, sql, values).affected() == 1;
}

void Ledger::log(postgres::Connection& connection, const LogLine& line) const {
  const Text sql = concat("INSERT INTO ", log_, " (version, name, action, detail) VALUES ($1, $2, $3, $4)");
  try {
    ask_to_write(connection, sql, std::vector<Parameter>{line.version, line.name, line.action, masked(line.detail)});
  } catch (const Error& error) {
    if (error.sqlstate != "23505") throw;
    throw Error(Code::refused, concat("the log ", log_, " hands out numbers that its lines have already: it is a copy"),
                {},
                concat("SELECT pg_catalog.setval(pg_catalog.pg_get_serial_sequence(", quote_literal(log_),
                       ", 'id'), (SELECT pg_catalog.max(id) FROM ", log_, ")); then say it again"));
  }
}

}  // namespace quoin::runner
