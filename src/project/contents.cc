#include "project/contents.h"

#include <algorithm>

namespace quoin {
namespace {

struct Table {
  Text name;     // quoted: public.t
  List columns;  // quoted
};

std::vector<Table> tables_of(postgres::Connection& connection) {
  const postgres::Result found = connection.execute(
      "SELECT pg_catalog.format('%I.%I', n.nspname, c.relname), (SELECT pg_catalog.array_agg("
      "pg_catalog.quote_ident(a.attname) ORDER BY a.attnum) FROM pg_catalog.pg_attribute a WHERE a.attrelid"
      " OPERATOR(pg_catalog.=) c.oid AND a.attnum OPERATOR(pg_catalog.>) 0 AND NOT a.attisdropped)"
      " FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace"
      " WHERE c.relkind OPERATOR(pg_catalog.=) ANY ('{r,m}') AND c.relispopulated"
      " AND n.nspname OPERATOR(pg_catalog.<>) 'information_schema' AND n.nspname OPERATOR(pg_catalog.!~) '^pg_'"
      " ORDER BY 1");
  std::vector<Table> tables;
  for (std::size_t row = 0; row < found.rows(); ++row)
    tables.push_back({found.text(row, 0), postgres::array_items(found.text(row, 1))});
  return tables;
}

/// A record is shown by the types' own functions, whatever casts to text people have made.
void read_rows(postgres::Connection& connection, const List& varying, Contents& contents) {
  for (const Table& table : tables_of(connection)) {
    List steady;
    for (const Text& column : table.columns)
      if (std::ranges::count(varying, concat(table.name, ".", column)) == 0) steady.push_back(column);
    const postgres::Result rows =
        connection.execute(concat("SELECT pg_catalog.count(*)::pg_catalog.text, "
                                  "pg_catalog.md5(coalesce(pg_catalog.string_agg(one.line, E'\\n'"
                                  " ORDER BY one.line COLLATE pg_catalog.\"C\"), '')) FROM (SELECT ROW(",
                                  join(steady, ", "), ")::pg_catalog.text AS line FROM ONLY ", table.name, ") AS one"));
    if (rows.text(0, 0) != "0") contents.rows[table.name] = concat(rows.text(0, 0), " rows ", rows.text(0, 1));
  }
}

std::vector<SequencePosition> positions_of(postgres::Connection& connection) {
  const postgres::Result sequences = connection.execute(
      "SELECT pg_catalog.format('%I.%I', schemaname, sequencename), start_value::pg_catalog.text"
      " FROM pg_catalog.pg_sequences ORDER BY schemaname, sequencename");
  std::vector<SequencePosition> positions;
  for (std::size_t row = 0; row < sequences.rows(); ++row) {
    const postgres::Result at =
        connection.execute(concat("SELECT last_value::pg_catalog.text, is_called FROM ", sequences.text(row, 0)));
    const bool is_called = at.text(0, 1) == "t";
    if (is_called || at.text(0, 0) != sequences.text(row, 1))
      positions.push_back({sequences.text(row, 0), at.text(0, 0), is_called});
  }
  return positions;
}

void read_beside(postgres::Connection& connection, Contents& contents) {
  const postgres::Result objects =
      connection.execute("SELECT pg_catalog.count(*)::pg_catalog.text FROM pg_catalog.pg_largeobject_metadata");
  if (objects.text(0, 0) != "0") contents.beside["large objects"] = objects.text(0, 0);
  const postgres::Result database = connection.execute(
      "SELECT pg_catalog.concat_ws(' ', d.datacl::pg_catalog.text, pg_catalog.shobj_description(d.oid, 'pg_database'),"
      " d.datdba::pg_catalog.text, d.datconnlimit::pg_catalog.text,"
      " (SELECT pg_catalog.string_agg(s.setconfig::pg_catalog.text, ' ') FROM pg_catalog.pg_db_role_setting s WHERE"
      " s.setdatabase OPERATOR(pg_catalog.=) d.oid)), (SELECT n.nspowner::pg_catalog.text FROM"
      " pg_catalog.pg_namespace n WHERE n.nspname OPERATOR(pg_catalog.=) 'public')"
      " FROM pg_catalog.pg_database d WHERE d.datname OPERATOR(pg_catalog.=) pg_catalog.current_database()");
  contents.beside["owner, rights, settings and comment of the database"] = database.text(0, 0);
  contents.beside["owner of schema public"] = database.text(0, 1);
}

}  // namespace

Contents contents_of(postgres::Connection& connection, const List& varying) {
  Contents contents;
  read_rows(connection, varying, contents);
  contents.sequences = positions_of(connection);
  for (const SequencePosition& one : contents.sequences)
    contents.rows[concat("sequence ", one.name)] = concat(one.last_value, one.is_called ? " used" : " to come");
  read_beside(connection, contents);
  return contents;
}

Digests columns_of(postgres::Connection& connection) {
  Digests columns;
  for (const Table& table : tables_of(connection)) {
    if (table.columns.empty()) continue;
    List digests;
    for (const Text& column : table.columns)
      digests.push_back(concat("pg_catalog.md5(coalesce(pg_catalog.string_agg(pg_catalog.format('%L', ", column,
                               "), ',' ORDER BY pg_catalog.format('%L', ", column,
                               ") COLLATE pg_catalog.\"C\"), ''))"));
    const postgres::Result found =
        connection.execute(concat("SELECT ", join(digests, ", "), " FROM ONLY ", table.name));
    for (std::size_t i = 0; i < table.columns.size(); ++i)
      columns[concat(table.name, ".", table.columns[i])] = found.text(0, i);
  }
  return columns;
}

List differences(const Digests& one, const Digests& other) {
  List names;
  for (const auto& [name, held] : one)
    if (const auto found = other.find(name); found == other.end() || found->second != held) names.push_back(name);
  for (const auto& [name, held] : other)
    if (!one.contains(name)) names.push_back(name);
  return names;
}

}  // namespace quoin
