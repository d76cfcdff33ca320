#include "runner/ledger_layout.h"

#include <span>

namespace quoin::runner {
namespace {

enum class Given { by_quoin, by_default };
enum class Made { at_first, later };

struct Column {
  const char *name, *type, *rest;
  Given given = Given::by_quoin;
  Made made = Made::at_first;
};

constexpr Column ledger_columns[] = {
    {"version", "pg_catalog.text", "PRIMARY KEY"},
    {"name", "pg_catalog.text", "NOT NULL"},
    {"description", "pg_catalog.text", "NOT NULL"},
    {"checksum", "pg_catalog.text", "NOT NULL"},
    {"down", "pg_catalog.text", ""},
    {"status", "pg_catalog.text",
     "NOT NULL CHECK (status OPERATOR(pg_catalog.=) ANY (ARRAY['applied', 'running', 'failed', 'undoing']))"},
    {"applied_at", "timestamp with time zone", "NOT NULL DEFAULT pg_catalog.clock_timestamp()", Given::by_default},
    {"applied_by", "pg_catalog.text", "NOT NULL DEFAULT session_user", Given::by_default},
    {"execution_ms", "bigint", "NOT NULL"},
    {"error", "pg_catalog.text", "NOT NULL"},
    {"statements_done", "bigint", "NOT NULL"},
    {"done_checksum", "pg_catalog.text", "NOT NULL"},
    {"down_directives", "pg_catalog.text", "NOT NULL DEFAULT ''", Given::by_quoin, Made::later},
    {"begun", "bigint", "NOT NULL DEFAULT 0", Given::by_quoin, Made::later},
    {"begun_with", "pg_catalog.text", "NOT NULL DEFAULT ''", Given::by_quoin, Made::later},
    {"worker", "pg_catalog.text", "NOT NULL DEFAULT ''", Given::by_quoin, Made::later},
    {"forced", "pg_catalog.text", "NOT NULL DEFAULT ''", Given::by_quoin, Made::later},
    {"revision", "bigint", "NOT NULL DEFAULT 0", Given::by_default, Made::later},
};

constexpr Column log_columns[] = {
    {"id", "bigint", "GENERATED ALWAYS AS IDENTITY PRIMARY KEY", Given::by_default},
    {"at", "timestamp with time zone", "NOT NULL DEFAULT pg_catalog.clock_timestamp()", Given::by_default},
    {"by", "pg_catalog.text", "NOT NULL DEFAULT session_user", Given::by_default},
    {"version", "pg_catalog.text", "NOT NULL"},
    {"name", "pg_catalog.text", "NOT NULL"},
    {"action", "pg_catalog.text", "NOT NULL"},
    {"detail", "pg_catalog.text", "NOT NULL"},
};

Text definition_of(const Column& column) {
  return concat(column.name, " ", column.type, *column.rest == '\0' ? "" : " ", column.rest);
}

Text first_definitions(std::span<const Column> columns) {
  List definitions;
  for (const Column& column : columns)
    if (column.made == Made::at_first) definitions.push_back(definition_of(column));
  return join(definitions, ", ");
}

/// The definition for a column that is to be put back into a table that has rows; empty: nothing could stand in it.
Text addition_of(const Column& column) {
  const std::string_view rest = column.rest;
  const auto says = [&](std::string_view part) { return rest.find(part) != rest.npos; };
  if (rest == "PRIMARY KEY") return {};
  const bool wants_value = says("NOT NULL") && !says("DEFAULT");
  const Text value = std::string_view(column.name) == "status"   ? " DEFAULT 'applied'"
                     : std::string_view(column.type) == "bigint" ? " DEFAULT 0"
                                                                 : " DEFAULT ''";
  return concat(definition_of(column), wants_value ? value : Text());
}

/// Rows of (place, table, column, type, whether it must be there, whether quoin gives it a value, how it is put back).
void add_rows(const Text& table, std::span<const Column> columns, List& rows) {
  for (const Column& column : columns)
    rows.push_back(
        concat("(", std::to_string(rows.size()), ", ", quote_literal(table), ", ", quote_literal(column.name), ", ",
               quote_literal(column.type), column.made == Made::at_first ? ", true" : ", false",
               column.given == Given::by_quoin ? ", true, " : ", false, ", quote_literal(addition_of(column)), ")"));
}

Text of_columns(const Text& wanted) {
  return concat(
      "SELECT w.place, CASE WHEN a.attname IS NULL AND w.added OPERATOR(pg_catalog.=) ''"
      " THEN pg_catalog.format('%s has no column %I, without which it tells nothing: ALTER TABLE %s RENAME TO"
      " another name, then say anew what is applied: quoin baseline VERSION', w.relation, w.name, w.relation)"
      " WHEN a.attname IS NULL THEN pg_catalog.format('%s has no column %I: ALTER TABLE %s ADD COLUMN %s',"
      " w.relation, w.name, w.relation, w.added)"
      // Kinds of text, and numbers of any width, are read and written alike.
      " WHEN y.typcategory OPERATOR(pg_catalog.<>) x.typcategory THEN pg_catalog.format("
      "'column %I of %s is %s, not %s: ALTER TABLE %s ALTER COLUMN %I TYPE %s', w.name, w.relation,"
      " pg_catalog.format_type(a.atttypid, a.atttypmod), w.type::pg_catalog.regtype, w.relation, w.name, w.type)"
      " WHEN NOT w.is_given AND NOT a.atthasdef AND a.attidentity::pg_catalog.text OPERATOR(pg_catalog.=) '' THEN"
      " pg_catalog.format('column %I of %s has no default, as in a copy of the table', w.name, w.relation) END"
      " FROM ",
      wanted,
      " LEFT JOIN pg_catalog.pg_attribute a"
      " ON a.attrelid OPERATOR(pg_catalog.=) pg_catalog.to_regclass(w.relation)"
      " AND a.attname OPERATOR(pg_catalog.=) w.name AND NOT a.attisdropped"
      " LEFT JOIN pg_catalog.pg_type y ON y.oid OPERATOR(pg_catalog.=) a.atttypid"
      " LEFT JOIN pg_catalog.pg_type x ON x.oid OPERATOR(pg_catalog.=) w.type::pg_catalog.regtype"
      " WHERE pg_catalog.to_regclass(w.relation) IS NOT NULL"
      " AND (a.attname IS NOT NULL OR w.is_old)");
}

Text of_values(const Text& wanted) {
  return concat(
      "SELECT 100, pg_catalog.format('column %I of %s wants a value, and has no default: ALTER TABLE %s ALTER COLUMN %I"
      " DROP NOT NULL', a.attname, t.relation, t.relation, a.attname)"
      " FROM (SELECT DISTINCT w.relation FROM ",
      wanted,
      ") t JOIN pg_catalog.pg_attribute a"
      " ON a.attrelid OPERATOR(pg_catalog.=) pg_catalog.to_regclass(t.relation)"
      " WHERE a.attnum OPERATOR(pg_catalog.>) 0 AND NOT a.attisdropped AND a.attnotnull AND NOT a.atthasdef"
      " AND a.attidentity::pg_catalog.text OPERATOR(pg_catalog.=) ''"
      " AND NOT EXISTS (SELECT FROM ",
      wanted,
      " WHERE w.relation OPERATOR(pg_catalog.=) t.relation"
      " AND a.attname OPERATOR(pg_catalog.=) w.name AND w.is_given)");
}

/// Of pg_index i: whether it keeps a row from being there twice by its version alone.
constexpr const char* is_of_version =
    "(i.indisvalid AND i.indimmediate AND i.indpred IS NULL AND i.indexprs IS NULL"
    " AND i.indnkeyatts OPERATOR(pg_catalog.=) 1 AND EXISTS (SELECT FROM pg_catalog.pg_attribute a"
    " WHERE a.attrelid OPERATOR(pg_catalog.=) i.indrelid AND a.attnum OPERATOR(pg_catalog.=) i.indkey[0]"
    " AND a.attname OPERATOR(pg_catalog.=) 'version'))";

Text of_indexes(const Text& ledger) {
  const Text table = quote_literal(ledger);
  const Text index = concat(
      " FROM pg_catalog.pg_index i WHERE i.indisunique AND i.indrelid OPERATOR(pg_catalog.=)"
      " pg_catalog.to_regclass(",
      table, ")");
  return concat(
      "SELECT 101, pg_catalog.format('versions in %s need not be unique: ALTER TABLE %s ADD PRIMARY KEY (version),"
      " after all but one of the rows of a version are deleted, where there are several', ",
      table, ", ", table, ") WHERE pg_catalog.to_regclass(", table, ") IS NOT NULL AND NOT EXISTS (SELECT", index,
      " AND ", is_of_version,
      ") UNION ALL SELECT 102, pg_catalog.format('%s has a unique index besides its versions'': ', ", table,
      ") OPERATOR(pg_catalog.||) COALESCE((SELECT pg_catalog.format('ALTER TABLE %s DROP CONSTRAINT %I', ", table,
      ", c.conname) FROM pg_catalog.pg_constraint c WHERE c.conindid OPERATOR(pg_catalog.=) i.indexrelid"
      " AND c.conrelid OPERATOR(pg_catalog.=) i.indrelid LIMIT 1),"
      " pg_catalog.format('DROP INDEX %s', i.indexrelid::pg_catalog.regclass))",
      index, " AND NOT ", is_of_version);
}

}  // namespace

Text ledger_creation(const LedgerTables& tables) {
  return concat("CREATE TABLE IF NOT EXISTS ", tables.ledger, " (", first_definitions(ledger_columns),
                ");\nCREATE TABLE IF NOT EXISTS ", tables.log, " (", first_definitions(log_columns), ");\n");
}

Text ledger_extension(const Text& ledger) {
  List additions;
  for (const Column& column : ledger_columns)
    if (column.made == Made::later) additions.push_back(concat("ADD COLUMN IF NOT EXISTS ", definition_of(column)));
  return concat("ALTER TABLE ", ledger, " ", join(additions, ", "));
}

bool has_all_columns(postgres::Connection& connection, const Text& ledger) {
  List later;
  for (const Column& column : ledger_columns)
    if (column.made == Made::later) later.push_back(quote_literal(column.name));
  const auto missing =
      connection.query(concat("SELECT FROM pg_catalog.unnest(ARRAY[", join(later, ", "),
                              "]) AS c(name) WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_attribute a WHERE a.attrelid"
                              " OPERATOR(pg_catalog.=) pg_catalog.to_regclass($1) AND a.attname::pg_catalog.text"
                              " OPERATOR(pg_catalog.=) c.name)"),
                       std::vector<postgres::Parameter>{ledger});
  return missing.rows() == 0;
}

List ledger_columns_with_values() {
  List names;
  for (const Column& column : ledger_columns)
    if (*column.rest != '\0') names.emplace_back(column.name);
  return names;
}

List layout_faults(postgres::Connection& connection, const LedgerTables& tables) {
  List rows;
  add_rows(tables.ledger, ledger_columns, rows);
  add_rows(tables.log, log_columns, rows);
  const Text wanted =
      concat("(VALUES ", join(rows, ", "), ") AS w(place, relation, name, type, is_old, is_given, added)");
  const auto found = connection.execute(concat("SELECT f.fault FROM (", of_columns(wanted), " UNION ALL ",
                                               of_values(wanted), " UNION ALL ", of_indexes(tables.ledger),
                                               ") AS f(place, fault) WHERE f.fault IS NOT NULL ORDER BY f.place"));
  List faults;
  for (std::size_t row = 0; row < found.rows(); ++row) faults.push_back(found.text(row, 0));
  return faults;
}

}  // namespace quoin::runner
