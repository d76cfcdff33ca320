#include "runner/ledger.h"

#include <cstdlib>

#include "core/base/secret.h"

namespace quoin::runner {
namespace {

using postgres::Parameter;

Status status_of(const Text& text) {
  for (const Status status : {Status::applied, Status::running, Status::failed, Status::undoing}) {
    if (to_string(status) == text) return status;
  }
  throw Error(Code::database, concat("the ledger holds a status that this quoin does not know: ", text), {},
              "use the newer quoin that wrote it");
}

std::size_t count_in(const Text& text) { return std::strtoul(text.c_str(), nullptr, 10); }

List lines_of(const Text& text) { return text.empty() ? List() : split(text, '\n'); }

/// A column that ledgers have only since `add_columns`, read from the row as a whole so that older ones can be read
/// too.
Text newer(std::string_view column) {
  return concat("pg_catalog.to_jsonb(m) OPERATOR(pg_catalog.->>) ", quote_literal(column));
}

Text columns() {
  return concat(
      "version, name, description, checksum, down, status,"
      " pg_catalog.to_char(pg_catalog.timezone('UTC', applied_at), 'YYYY-MM-DD HH24:MI:SS'), applied_by, execution_ms,"
      " error, statements_done, done_checksum, ",
      newer("down_directives"), ", ", newer("begun"), ", ", newer("begun_with"), ", ", newer("worker"), ", ",
      newer("revision"));
}

Entry entry_of(const postgres::Result& rows, std::size_t row) {
  Entry entry;
  entry.version = rows.text(row, 0);
  entry.name = rows.text(row, 1);
  entry.description = rows.text(row, 2);
  entry.checksum = rows.text(row, 3);
  if (const auto down = rows(row, 4)) entry.down = Text(*down);
  entry.status = status_of(rows.text(row, 5));
  entry.applied_at = rows.text(row, 6);
  entry.applied_by = rows.text(row, 7);
  entry.milliseconds = std::atoll(rows.text(row, 8).c_str());
  entry.error = rows.text(row, 9);
  entry.statements_done = count_in(rows.text(row, 10));
  entry.done_checksum = rows.text(row, 11);
  entry.down_directives = lines_of(rows.text(row, 12));
  entry.begun = count_in(rows.text(row, 13));
  entry.begun_with = rows.text(row, 14);
  entry.worker = rows.text(row, 15);
  entry.revision = std::atoll(rows.text(row, 16).c_str());
  return entry;
}

/// Those that the first ledgers did not have.
constexpr const char* add_columns =
    " ADD COLUMN IF NOT EXISTS down_directives pg_catalog.text NOT NULL DEFAULT '',"
    " ADD COLUMN IF NOT EXISTS begun bigint NOT NULL DEFAULT 0,"
    " ADD COLUMN IF NOT EXISTS begun_with pg_catalog.text NOT NULL DEFAULT '',"
    " ADD COLUMN IF NOT EXISTS worker pg_catalog.text NOT NULL DEFAULT '',"
    " ADD COLUMN IF NOT EXISTS revision bigint NOT NULL DEFAULT 0";

std::vector<Parameter> values_of(const Entry& entry) {
  return {entry.version,
          entry.name,
          entry.description,
          entry.checksum,
          entry.down,
          Text(to_string(entry.status)),
          std::to_string(entry.milliseconds),
          masked(entry.error),
          std::to_string(entry.statements_done),
          entry.done_checksum,
          join(entry.down_directives, "\n"),
          std::to_string(entry.begun),
          entry.begun_with,
          entry.worker};
}

}  // namespace

std::string_view to_string(Status status) {
  switch (status) {
    case Status::applied:
      return "applied";
    case Status::running:
      return "running";
    case Status::failed:
      return "failed";
    case Status::undoing:
      return "undoing";
  }
  return "";
}

Ledger::Ledger(const Text& name) {
  const List parts = split(name, '.');
  if (parts.size() > 2 || parts.back().empty() || parts.front().empty()) {
    throw Error(Code::input, concat("\"", name, "\" is no name for the ledger"), {},
                "write it as schema.table, for example ledger: quoin.migrations");
  }
  schema_ = parts.size() == 2 ? parts[0] : "quoin";
  name_ = concat(schema_, ".", parts.back());
  table_ = quote_qualified(schema_, parts.back());
  log_ = quote_qualified(schema_, parts.back() == "migrations" ? Text("log") : parts.back() + "_log");
}

bool Ledger::exists(postgres::Connection& connection) const {
  return connection.query("SELECT pg_catalog.to_regclass($1) IS NOT NULL", std::vector<Parameter>{table_}).text(0, 0) ==
         "t";
}

Text Ledger::creation() const {
  return concat(
      "CREATE TABLE ", table_,
      " (version pg_catalog.text PRIMARY KEY, name pg_catalog.text NOT NULL, description pg_catalog.text NOT NULL,"
      " checksum pg_catalog.text NOT NULL, down pg_catalog.text, status pg_catalog.text NOT NULL"
      " CHECK (status OPERATOR(pg_catalog.=) ANY (ARRAY['applied', 'running', 'failed', 'undoing'])),"
      " applied_at timestamp with time zone NOT NULL DEFAULT pg_catalog.clock_timestamp(),"
      " applied_by pg_catalog.text NOT NULL DEFAULT session_user, execution_ms bigint NOT NULL,"
      " error pg_catalog.text NOT NULL, statements_done bigint NOT NULL, done_checksum pg_catalog.text NOT NULL);\n"
      "CREATE TABLE IF NOT EXISTS ",
      log_,
      " (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
      " at timestamp with time zone NOT NULL DEFAULT pg_catalog.clock_timestamp(),"
      " by pg_catalog.text NOT NULL DEFAULT session_user, version pg_catalog.text NOT NULL,"
      " name pg_catalog.text NOT NULL, action pg_catalog.text NOT NULL, detail pg_catalog.text NOT NULL);\n");
}

void Ledger::make(postgres::Connection& connection) const {
  connection.execute(creation());
  for (const Text& table : {table_, log_}) revoke_all(connection, table);
}

void Ledger::create(postgres::Connection& connection) const {
  const auto there = connection.query(
      "SELECT pg_catalog.to_regclass($1) IS NOT NULL, EXISTS (SELECT FROM pg_catalog.pg_namespace"
      " WHERE nspname OPERATOR(pg_catalog.=) $2), EXISTS (SELECT FROM pg_catalog.pg_attribute"
      " WHERE attrelid OPERATOR(pg_catalog.=) pg_catalog.to_regclass($1)"
      " AND attname OPERATOR(pg_catalog.=) 'revision')",
      std::vector<Parameter>{table_, schema_});
  const bool is_made = there.text(0, 0) == "t", has_schema = there.text(0, 1) == "t";
  require_trusted(connection, {table_, log_}, Touch::writing);
  if (is_made && there.text(0, 2) == "t") return;
  try {
    connection.execute("BEGIN ISOLATION LEVEL READ COMMITTED");
    if (!has_schema) connection.execute(concat("CREATE SCHEMA ", quote_ident(schema_)));
    if (!is_made) make(connection);
    connection.execute(concat("LOCK TABLE ONLY ", table_, " IN ACCESS EXCLUSIVE MODE"));
    lock_trusted(connection, {table_, log_}, Touch::writing);
    connection.execute(concat("ALTER TABLE ", table_, add_columns, "; COMMIT"));
  } catch (Error& error) {
    if (connection.alive()) connection.execute("ROLLBACK");
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
  const bool is_within = connection.in_transaction();
  try {
    const bool reads = request.touch == Touch::reading;
    lock_trusted(connection, reads ? List{request.table} : List{table_, log_}, request.touch);
    postgres::Result result = connection.query(request.sql, values);
    if (!is_within) connection.execute("COMMIT");
    return result;
  } catch (...) {
    if (!is_within && connection.alive() && connection.in_transaction()) connection.execute("ROLLBACK");
    throw;
  }
}

void Ledger::hold(postgres::Connection& connection) const {
  connection.execute(locking({table_, log_}, Touch::writing));
}

std::vector<Entry> Ledger::select(postgres::Connection& connection, const Text& rest,
                                  std::span<const Parameter> values) const {
  postgres::Result rows;
  try {
    rows = ask(connection, {table_, Touch::reading, concat("SELECT ", columns(), " FROM ONLY ", table_, " m ", rest)},
               values);
  } catch (Error& error) {
    if (error.sqlstate == "42703") {
      error.hint =
          concat("the table ", name_, " is not quoin's; name another in quoin.yaml, as ledger: quoin.migrations");
    }
    throw;
  }
  std::vector<Entry> entries;
  for (std::size_t row = 0; row < rows.rows(); ++row) entries.push_back(entry_of(rows, row));
  return entries;
}

std::vector<Entry> Ledger::read(postgres::Connection& connection) const {
  if (!exists(connection)) return {};
  return select(connection, "ORDER BY applied_at, version", {});
}

std::optional<Entry> Ledger::find(postgres::Connection& connection, const Text& version) const {
  auto found = select(connection, "WHERE version OPERATOR(pg_catalog.=) $1", std::vector<Parameter>{version});
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

std::map<Text, Failure> Ledger::failures(postgres::Connection& connection) const {
  std::map<Text, Failure> found;
  if (!exists(connection)) return found;
  const Text sql = concat(
      "SELECT version, pg_catalog.to_char(pg_catalog.timezone('UTC', at), 'YYYY-MM-DD HH24:MI:SS'), detail"
      " FROM (SELECT DISTINCT ON (version) * FROM ONLY ",
      log_, " ORDER BY version, id DESC) AS newest WHERE action OPERATOR(pg_catalog.=) 'failure'");
  const auto rows = ask(connection, {log_, Touch::reading, sql}, {});
  for (std::size_t row = 0; row < rows.rows(); ++row) found[rows.text(row, 0)] = {rows.text(row, 1), rows.text(row, 2)};
  return found;
}

bool Ledger::add(postgres::Connection& connection, const Entry& entry) const {
  try {
    const Text sql =
        concat("INSERT INTO ", table_,
               " (version, name, description, checksum, down, status, execution_ms, error, statements_done,"
               " done_checksum, down_directives, begun, begun_with, worker)"
               " VALUES ($1, $2, $3, $4, $5, $6, $7::bigint, $8, $9::bigint, $10, $11, $12::bigint, $13, $14)");
    ask(connection, {table_, Touch::writing, sql}, values_of(entry));
  } catch (const Error& error) {
    if (error.sqlstate != "23505") throw;
    return false;
  }
  return true;
}

bool Ledger::change(postgres::Connection& connection, const Entry& entry) const {
  std::vector<Parameter> values = values_of(entry);
  values.emplace_back(std::to_string(entry.revision));
  const Text sql =
      concat("UPDATE ONLY ", table_,
             " SET name = $2, description = $3, checksum = $4, down = $5, status = $6, execution_ms = $7::bigint,"
             " error = $8, statements_done = $9::bigint, done_checksum = $10, down_directives = $11,"
             " begun = $12::bigint, begun_with = $13, worker = $14, applied_at = DEFAULT, applied_by = DEFAULT,"
             " revision = $15::bigint OPERATOR(pg_catalog.+) 1"
             " WHERE version OPERATOR(pg_catalog.=) $1 AND revision OPERATOR(pg_catalog.=) $15::bigint");
  return ask(connection, {table_, Touch::writing, sql}, values).affected() == 1;
}

bool Ledger::remove(postgres::Connection& connection, const Entry& entry) const {
  const Text sql = concat("DELETE FROM ONLY ", table_,
                          " WHERE version OPERATOR(pg_catalog.=) $1"
                          " AND revision OPERATOR(pg_catalog.=) $2::bigint");
  const std::vector<Parameter> values{entry.version, std::to_string(entry.revision)};
  return ask(connection, {table_, Touch::writing, sql}, values).affected() == 1;
}

void Ledger::log(postgres::Connection& connection, const LogLine& line) const {
  const Text sql = concat("INSERT INTO ", log_, " (version, name, action, detail) VALUES ($1, $2, $3, $4)");
  ask(connection, {log_, Touch::writing, sql},
      std::vector<Parameter>{line.version, line.name, line.action, masked(line.detail)});
}

}  // namespace quoin::runner
