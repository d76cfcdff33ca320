#include "project/contents.h"

namespace quoin {
namespace {

/// A row a table: its name; the columns that are alike in each run; those that a default makes another in each.
constexpr const char* tables_sql = R"sql(
SELECT pg_catalog.format('%I.%I', n.nspname, c.relname), s.steady, s.varying
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace
CROSS JOIN LATERAL (
  SELECT pg_catalog.string_agg(pg_catalog.quote_ident(e.attname), ', ' ORDER BY e.attnum)
      FILTER (WHERE NOT e.varies) AS steady,
    pg_catalog.string_agg(pg_catalog.format('%I.%I.%I', n.nspname, c.relname, e.attname), ', ' ORDER BY e.attnum)
      FILTER (WHERE e.varies) AS varying
  FROM (SELECT a.attname, a.attnum, coalesce(pg_catalog.pg_get_expr(d.adbin, d.adrelid)
        OPERATOR(pg_catalog.~*) '(now\(|current_|localtime|timestamp\(|uuid|random)', false) AS varies
    FROM pg_catalog.pg_attribute a
    LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid OPERATOR(pg_catalog.=) a.attrelid
      AND d.adnum OPERATOR(pg_catalog.=) a.attnum
    WHERE a.attrelid OPERATOR(pg_catalog.=) c.oid AND a.attnum OPERATOR(pg_catalog.>) 0 AND NOT a.attisdropped) AS e
) AS s
WHERE c.relkind OPERATOR(pg_catalog.=) ANY ('{r,m}') AND c.relispopulated
  AND n.nspname OPERATOR(pg_catalog.<>) 'information_schema' AND n.nspname OPERATOR(pg_catalog.!~) '^pg_'
ORDER BY 1)sql";

void read_tables(postgres::Connection& connection, Contents& contents) {
  const postgres::Result tables = connection.execute(tables_sql);
  for (std::size_t row = 0; row < tables.rows(); ++row) {
    const Text table = tables.text(row, 0);
    const postgres::Result rows =
        connection.execute(concat("SELECT pg_catalog.count(*)::pg_catalog.text, "
                                  "pg_catalog.md5(coalesce(pg_catalog.string_agg(r::pg_catalog.text, E'\\n'"
                                  " ORDER BY r::pg_catalog.text COLLATE pg_catalog.\"C\"), '')) FROM (SELECT ",
                                  tables.text(row, 1), " FROM ONLY ", table, ") AS r"));
    if (rows.text(0, 0) == "0") continue;
    contents.rows[table] = concat(rows.text(0, 0), " rows ", rows.text(0, 1));
    if (const Text varying = tables.text(row, 2); !varying.empty()) contents.varying.push_back(varying);
  }
}

void read_sequences(postgres::Connection& connection, Contents& contents) {
  const postgres::Result sequences = connection.execute(
      "SELECT pg_catalog.format('%I.%I', schemaname, sequencename), last_value::pg_catalog.text FROM "
      "pg_catalog.pg_sequences"
      " WHERE last_value IS NOT NULL");
  for (std::size_t row = 0; row < sequences.rows(); ++row)
    contents.rows[concat("sequence ", sequences.text(row, 0))] = sequences.text(row, 1);
}

void read_beside(postgres::Connection& connection, Contents& contents) {
  const postgres::Result objects =
      connection.execute("SELECT pg_catalog.count(*)::pg_catalog.text FROM pg_catalog.pg_largeobject_metadata");
  if (objects.text(0, 0) != "0") contents.beside["large objects"] = objects.text(0, 0);
  const postgres::Result database = connection.execute(
      "SELECT pg_catalog.concat_ws(' ', d.datacl::pg_catalog.text, pg_catalog.shobj_description(d.oid, 'pg_database'),"
      " (SELECT pg_catalog.string_agg(s.setconfig::pg_catalog.text, ' ') FROM pg_catalog.pg_db_role_setting s WHERE"
      " s.setdatabase OPERATOR(pg_catalog.=) d.oid)) FROM pg_catalog.pg_database d WHERE d.datname"
      " OPERATOR(pg_catalog.=) pg_catalog.current_database()");
  contents.beside["rights, settings and comment of the database"] = database.text(0, 0);
}

}  // namespace

Contents contents_of(postgres::Connection& connection) {
  Contents contents;
  read_tables(connection, contents);
  read_sequences(connection, contents);
  read_beside(connection, contents);
  return contents;
}

List differences(const Held& one, const Held& other) {
  List names;
  for (const auto& [name, held] : one)
    if (const auto found = other.find(name); found == other.end() || found->second != held) names.push_back(name);
  for (const auto& [name, held] : other)
    if (!one.contains(name)) names.push_back(name);
  return names;
}

}  // namespace quoin
