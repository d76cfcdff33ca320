#include "rows/state.h"

namespace quoin::rows {
namespace {

// Rows lie in the partitions of a partitioned table. A domain's base has the path of the domain itself, so that only
// the types below count.
constexpr const char* columns_query = R"(
with recursive part(rel, num, path, typ, mod) as (
  select a.attrelid, a.attnum, ''::pg_catalog.text collate "C", a.atttypid, a.atttypmod from pg_catalog.pg_attribute a
  where a.attrelid in (select c.oid from pg_catalog.pg_class c
      where c.oid = ANY ($1::pg_catalog.oid[]) and c.relkind <> 'p'
    union all select l.relid from pg_catalog.unnest($1::pg_catalog.oid[]) p(oid)
    cross join lateral pg_catalog.pg_partition_tree(p.oid) l where l.isleaf)
  and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
  union all
  select p.rel, p.num, x.path, x.typ, x.mod from part p join pg_catalog.pg_type t on t.oid = p.typ
  cross join lateral (
    select p.path, t.typbasetype, t.typtypmod where t.typtype = 'd'
    union all select p.path || '[]', t.typelem, p.mod where t.typcategory = 'A' and t.typelem <> 0
    union all select p.path || '.' || a.attname::pg_catalog.text, a.atttypid, a.atttypmod from pg_catalog.pg_attribute a
      where t.typtype = 'c' and a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped) x(path, typ, mod))
select p.rel, n.nspname, c.relname, p.num, a.attname, p.path, t.typtype = 'd',
  case when t.typcategory = 'A' and t.typelem <> 0 then '[]' when t.typtype = 'c' then '{}'
    else pg_catalog.format_type(p.typ, p.mod) end,
  array(select e.enumlabel::pg_catalog.text from pg_catalog.pg_enum e where e.enumtypid = t.oid),
  s.nspname, t.typname
from part p join pg_catalog.pg_type t on t.oid = p.typ join pg_catalog.pg_namespace s on s.oid = t.typnamespace
join pg_catalog.pg_class c on c.oid = p.rel join pg_catalog.pg_namespace n on n.oid = c.relnamespace
join pg_catalog.pg_attribute a on a.attrelid = p.rel and a.attnum = p.num)";

void read_values(postgres::Connection& connection, TableState& table) {
  List values;
  for (const auto& [number, column] : table.columns)
    values.push_back(concat("pg_catalog.to_jsonb(", quote_ident(column.name), ")::pg_catalog.text"));
  const postgres::Result rows =
      connection.query(concat("select ", join(values, ", "), " from only ",
                              quote_qualified(table.names.first, table.names.second), " order by tableoid, ctid"));
  table.count = rows.rows();
  std::size_t at = 0;
  for (auto& [number, column] : table.columns) {
    for (std::size_t row = 0; row < rows.rows(); ++row) column.values.push_back(rows.text(row, at));
    ++at;
  }
}
}  // namespace

RowState read_rows(postgres::Connection& connection, const List& oids) {
  const PinnedPath pinned(connection);
  RowState state;
  const postgres::Result rows =
      connection.query(columns_query, std::vector<postgres::Parameter>{array_literal(Parts(oids.begin(), oids.end()))});
  for (std::size_t i = 0; i < rows.rows(); ++i) {
    TableState& table = state[rows.text(i, 0)];
    table.names = {rows.text(i, 1), rows.text(i, 2)};
    ColumnState& column = table.columns[rows.text(i, 3)];
    column.name = rows.text(i, 4);
    column.made_of.emplace(rows.text(i, 9), rows.text(i, 10));
    if (rows.text(i, 6) == "t") continue;
    column.types[rows.text(i, 5)] = rows.text(i, 7);
    for (Text& label : postgres::array_items(rows.text(i, 8))) column.labels[rows.text(i, 5)].insert(std::move(label));
  }
  for (auto& [oid, table] : state) read_values(connection, table);
  return state;
}

}  // namespace quoin::rows
