#include "runner/ledger.h"

#include <cstdlib>

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

Text columns() {
  return "version, name, description, checksum, down, status,"
         " pg_catalog.to_char(applied_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS'), applied_by, execution_ms, error,"
         " statements_done, done_checksum";
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
  return connection
             .query("SELECT pg_catalog.to_regclass($1::pg_catalog.text) IS NOT NULL", std::vector<Parameter>{table_})
             .text(0, 0) == "t";
}

void Ledger::create(postgres::Connection& connection) const {
  if (exists(connection)) return;
  const auto there =
      connection.query("SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname OPERATOR(pg_catalog.=) $1::pg_catalog.name",
                       std::vector<Parameter>{schema_});
  Text sql = "BEGIN;\n";
  if (there.rows() == 0) sql += concat("CREATE SCHEMA ", quote_ident(schema_), ";\n");
  sql += concat("CREATE TABLE ", table_,
                " (version pg_catalog.text PRIMARY KEY, name pg_catalog.text NOT NULL,"
                " description pg_catalog.text NOT NULL, checksum pg_catalog.text NOT NULL, down pg_catalog.text,"
                " status pg_catalog.text NOT NULL CHECK (status OPERATOR(pg_catalog.=) ANY"
                " (ARRAY['applied', 'running', 'failed', 'undoing']::pg_catalog.text[])),"
                " applied_at timestamp with time zone NOT NULL DEFAULT pg_catalog.clock_timestamp(),"
                " applied_by pg_catalog.text NOT NULL DEFAULT session_user, execution_ms bigint NOT NULL,"
                " error pg_catalog.text NOT NULL, statements_done bigint NOT NULL,"
                " done_checksum pg_catalog.text NOT NULL);\n");
  sql += concat("CREATE TABLE IF NOT EXISTS ", log_,
                " (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
                " at timestamp with time zone NOT NULL DEFAULT pg_catalog.clock_timestamp(),"
                " by pg_catalog.text NOT NULL DEFAULT session_user, version pg_catalog.text NOT NULL,"
                " name pg_catalog.text NOT NULL, action pg_catalog.text NOT NULL,"
                " detail pg_catalog.text NOT NULL);\nCOMMIT");
  try {
    connection.execute(sql);
  } catch (Error& error) {
    if (connection.alive()) connection.execute("ROLLBACK");
    Error told(error.code, concat("the ledger ", name_, " cannot be made: ", error.what()), {}, error.hint);
    told.sqlstate = error.sqlstate;
    if (error.sqlstate == "42501") {
      told.hint = concat("the user ", connection.user(), " needs CREATE on the database (or on schema ", schema_, ")");
    }
    throw told;
  }
}

std::vector<Entry> Ledger::read(postgres::Connection& connection) const {
  std::vector<Entry> entries;
  if (!exists(connection)) return entries;
  postgres::Result rows;
  try {
    rows = connection.query(concat("SELECT ", columns(), " FROM ", table_, " ORDER BY applied_at, version"));
  } catch (Error& error) {
    if (error.sqlstate == "42703") {
      error.hint =
          concat("the table ", name_, " is not quoin's; name another in quoin.yaml, as ledger: quoin.migrations");
    }
    throw;
  }
  for (std::size_t row = 0; row < rows.rows(); ++row) {
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
    entry.statements_done = std::strtoul(rows.text(row, 10).c_str(), nullptr, 10);
    entry.done_checksum = rows.text(row, 11);
    entries.push_back(std::move(entry));
  }
  return entries;
}

void Ledger::put(postgres::Connection& connection, const Entry& entry) const {
  connection.query(
      concat("INSERT INTO ", table_,
             " (version, name, description, checksum, down, status, execution_ms, error, statements_done,"
             " done_checksum)"
             " VALUES ($1, $2, $3, $4, $5, $6, $7::bigint, $8, $9::bigint, $10)"
             " ON CONFLICT (version) DO UPDATE SET name = excluded.name, description = excluded.description,"
             " checksum = excluded.checksum, down = excluded.down, status = excluded.status,"
             " applied_at = excluded.applied_at, applied_by = excluded.applied_by,"
             " execution_ms = excluded.execution_ms, error = excluded.error,"
             " statements_done = excluded.statements_done, done_checksum = excluded.done_checksum"),
      std::vector<Parameter>{entry.version, entry.name, entry.description, entry.checksum, entry.down,
                             Text(to_string(entry.status)), std::to_string(entry.milliseconds), entry.error,
                             std::to_string(entry.statements_done), entry.done_checksum});
}

void Ledger::remove(postgres::Connection& connection, const Text& version) const {
  connection.query(concat("DELETE FROM ", table_, " WHERE version OPERATOR(pg_catalog.=) $1::pg_catalog.text"),
                   std::vector<Parameter>{version});
}

void Ledger::log(postgres::Connection& connection, const LogLine& line) const {
  connection.query(concat("INSERT INTO ", log_, " (version, name, action, detail) VALUES ($1, $2, $3, $4)"),
                   std::vector<Parameter>{line.version, line.name, line.action, line.detail});
}

}  // namespace quoin::runner
