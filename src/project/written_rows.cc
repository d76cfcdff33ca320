#include "project/written_rows.h"

#include <map>
#include <set>

namespace quoin {
namespace {

/// A row a table: its name; its columns; what writes one row as text; what rests its triggers, and what wakes them as
/// they were; the tables that its foreign keys refer to. A value is shown by its type's own function, whatever casts to
/// text people have made; a number may stand bare.
constexpr const char* tables_sql = R"sql(
SELECT c.oid::pg_catalog.regclass::pg_catalog.text,
  pg_catalog.string_agg(pg_catalog.quote_ident(a.attname), ', ' ORDER BY a.attnum),
  pg_catalog.string_agg(CASE WHEN y.oid OPERATOR(pg_catalog.=) 16
      THEN pg_catalog.format('coalesce(%I::pg_catalog.text, ''NULL'')', a.attname)
    WHEN y.typcategory OPERATOR(pg_catalog.=) 'N' AND y.oid OPERATOR(pg_catalog.<) 16384
      THEN pg_catalog.format('CASE WHEN %1$I::pg_catalog.text OPERATOR(pg_catalog.~) ''^[0-9]+([.][0-9]+)?$'''
        ' THEN %1$I::pg_catalog.text ELSE pg_catalog.format(''%%L'', %1$I) END', a.attname)
    ELSE pg_catalog.format('pg_catalog.format(''%%L'', %I)', a.attname) END,
    ', ' ORDER BY a.attnum),
  (SELECT pg_catalog.string_agg(pg_catalog.format(E'ALTER TABLE %s DISABLE TRIGGER %I;\n', c.oid::pg_catalog.regclass,
      t.tgname), '' ORDER BY t.tgname)
    FROM pg_catalog.pg_trigger t WHERE t.tgrelid OPERATOR(pg_catalog.=) c.oid AND NOT t.tgisinternal
    AND t.tgenabled OPERATOR(pg_catalog.=) ANY ('{O,A}')),
  (SELECT pg_catalog.string_agg(pg_catalog.format(E'ALTER TABLE %s ENABLE %sTRIGGER %I;\n', c.oid::pg_catalog.regclass,
      CASE WHEN t.tgenabled OPERATOR(pg_catalog.=) 'A' THEN 'ALWAYS ' ELSE '' END, t.tgname), '' ORDER BY t.tgname)
    FROM pg_catalog.pg_trigger t WHERE t.tgrelid OPERATOR(pg_catalog.=) c.oid AND NOT t.tgisinternal
    AND t.tgenabled OPERATOR(pg_catalog.=) ANY ('{O,A}')),
  (SELECT pg_catalog.array_agg(k.confrelid::pg_catalog.regclass::pg_catalog.text)
    FROM pg_catalog.pg_constraint k WHERE k.contype OPERATOR(pg_catalog.=) 'f'
    AND k.conrelid OPERATOR(pg_catalog.=) c.oid)
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace
JOIN pg_catalog.pg_attribute a ON a.attrelid OPERATOR(pg_catalog.=) c.oid AND a.attnum OPERATOR(pg_catalog.>) 0
  AND NOT a.attisdropped AND a.attgenerated OPERATOR(pg_catalog.=) ''
JOIN pg_catalog.pg_type y ON y.oid OPERATOR(pg_catalog.=) a.atttypid
WHERE c.relkind OPERATOR(pg_catalog.=) 'r' AND n.nspname OPERATOR(pg_catalog.<>) 'information_schema'
  AND n.nspname OPERATOR(pg_catalog.!~) '^pg_'
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.classid OPERATOR(pg_catalog.=) 1259
    AND d.objid OPERATOR(pg_catalog.=) c.oid AND d.deptype OPERATOR(pg_catalog.=) 'e')
GROUP BY c.oid ORDER BY 1)sql";

struct Table {
  Text columns, row, rest, wake;
  List refers_to;
};
using Tables = std::map<Text, Table>;

Tables tables_of(postgres::Connection& connection) {
  Tables tables;
  const postgres::Result found = connection.execute(tables_sql);
  for (std::size_t i = 0; i < found.rows(); ++i)
    tables[found.text(i, 0)] = {found.text(i, 1), found.text(i, 2), found.text(i, 3), found.text(i, 4),
                                postgres::array_items(found.text(i, 5))};
  return tables;
}

Text inserted(postgres::Connection& connection, const Text& name, const Table& table) {
  const postgres::Result rows =
      connection.execute(concat("SELECT pg_catalog.concat('(', pg_catalog.array_to_string(ARRAY[", table.row,
                                "], ', '), ')') FROM ONLY ", name, " ORDER BY ctid"));
  if (rows.rows() == 0) return {};
  List values;
  for (std::size_t i = 0; i < rows.rows(); ++i) values.push_back(rows.text(i, 0));
  const Text insert = concat("INSERT INTO ", name, " (", table.columns, ") OVERRIDING SYSTEM VALUE VALUES\n  ",
                             join(values, ",\n  "), ";\n");
  return concat(table.rest, insert, table.wake);
}

/// Writes each table after what it refers to; where they refer to each other, the first met comes last.
class Writer {
 public:
  Writer(postgres::Connection& connection, const Tables& tables) : connection_(connection), tables_(tables) {}
  void write(const Text& name) {
    const auto table = tables_.find(name);
    if (table == tables_.end() || !met_.insert(name).second) return;
    for (const Text& other : table->second.refers_to) write(other);
    text_ += inserted(connection_, name, table->second);
  }
  const Text& text() const { return text_; }

 private:
  postgres::Connection& connection_;
  const Tables& tables_;
  std::set<Text> met_;
  Text text_;
};

}  // namespace

Text rows_as_sql(postgres::Connection& connection) {
  connection.execute("SET search_path TO ''; SET datestyle TO 'ISO'; SET intervalstyle TO 'iso_8601'");
  const Tables tables = tables_of(connection);
  Writer writer(connection, tables);
  for (const auto& [name, table] : tables) writer.write(name);
  return writer.text();
}

Text positions_as_sql(const std::vector<SequencePosition>& positions) {
  Text text;
  for (const SequencePosition& one : positions)
    text += concat("SELECT pg_catalog.setval(", quote_literal(one.name), ", ", one.last_value,
                   one.is_called ? "" : ", false", ");\n");
  return text;
}

}  // namespace quoin
