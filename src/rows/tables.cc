#include "rows/tables.h"

namespace quoin::rows {
namespace {
using postgres::Parameter;

constexpr const char* tables_query = R"(
with recursive named(space, name) as (
  select * from rows from (pg_catalog.unnest($1::pg_catalog.text[]), pg_catalog.unnest($2::pg_catalog.text[]))),
changed(oid) as (
  select t.oid from pg_catalog.pg_type t join pg_catalog.pg_namespace n on n.oid = t.typnamespace
  join named on named.space = n.nspname and named.name = t.typname
  union
  select t.oid from changed u join pg_catalog.pg_type t on t.typbasetype = u.oid
    or (t.typcategory = 'A' and t.typelem = u.oid)
    or exists (select from pg_catalog.pg_range r where r.rngtypid = t.oid and r.rngsubtype = u.oid)
    or (t.typtype = 'c' and exists (select from pg_catalog.pg_attribute a where a.attrelid = t.typrelid
      and a.atttypid = u.oid and not a.attisdropped))),
affected(oid) as (
  select c.oid from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  join named on named.space = n.nspname and named.name = c.relname
  union select a.attrelid from pg_catalog.pg_attribute a join changed on changed.oid = a.atttypid
    where a.attnum > 0 and not a.attisdropped),
touched(oid) as (  -- rows come to a partition by way of the whole
  select oid from affected
  union select i.inhparent from touched t join pg_catalog.pg_inherits i on i.inhrelid = t.oid
    join pg_catalog.pg_class c on c.oid = t.oid where c.relispartition),
wanted(oid) as (
  select oid from touched
  union select * from pg_catalog.unnest($3::pg_catalog.oid[])
  union select k.confrelid from wanted w join pg_catalog.pg_constraint k on k.conrelid = w.oid and k.contype = 'f')
select c.oid, pg_catalog.format('%I.%I', n.nspname, c.relname), exists (select from touched t where t.oid = c.oid)
from wanted w join pg_catalog.pg_class c on c.oid = w.oid
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'p') and not c.relispartition and c.relpersistence <> 't')";

constexpr const char* columns_query = R"(
select a.attrelid, a.attnum, a.attname, a.atttypid, pg_catalog.format_type(a.atttypid, a.atttypmod), a.attnotnull,
  a.attgenerated <> '', a.attidentity <> ''
    or coalesce(pg_catalog.pg_get_expr(d.adbin, d.adrelid) like '%nextval%', false)
from pg_catalog.pg_attribute a left join pg_catalog.pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
where a.attrelid = ANY ($1::pg_catalog.oid[]) and a.attnum > 0 and not a.attisdropped)";

constexpr const char* checks_query = R"(
select k.conrelid, pg_catalog.pg_get_expr(k.conbin, k.conrelid), k.conkey
from pg_catalog.pg_constraint k
where k.conrelid = ANY ($1::pg_catalog.oid[]) and k.contype = 'c' and k.conkey is not null)";

constexpr const char* keys_query = R"(
select k.conrelid, k.conkey, k.confrelid, k.confkey
from pg_catalog.pg_constraint k
where k.conrelid = ANY ($1::pg_catalog.oid[]) and k.contype = 'f' order by k.oid)";

Text array(const List& items) { return array_literal(Parts(items.begin(), items.end())); }
bool flag(const postgres::Result& rows, std::size_t row, std::size_t column) { return rows.text(row, column) == "t"; }
}  // namespace

List oids_of(const Tables& tables) {
  List all;
  for (const auto& [oid, table] : tables) all.push_back(oid);
  return all;
}

Tables read_tables(postgres::Connection& connection, const Wanted& wanted) {
  const PinnedPath pinned(connection);
  List schemas, names;
  for (const auto& [schema, name] : wanted.names) {
    schemas.push_back(schema);
    names.push_back(name);
  }
  const postgres::Result found =
      connection.query(tables_query, std::vector<Parameter>{array(schemas), array(names), array(wanted.oids)});
  Tables tables;
  for (std::size_t i = 0; i < found.rows(); ++i)
    tables[found.text(i, 0)] = Table{.name = found.text(i, 1), .is_subject = flag(found, i, 2)};
  if (tables.empty()) return tables;
  const std::vector<Parameter> oids{array(oids_of(tables))};
  const postgres::Result columns = connection.query(columns_query, oids);
  for (std::size_t i = 0; i < columns.rows(); ++i)
    tables[columns.text(i, 0)].columns[columns.text(i, 1)] = {columns.text(i, 2),
                                                              {columns.text(i, 3), columns.text(i, 4)},
                                                              flag(columns, i, 5),
                                                              flag(columns, i, 6),
                                                              flag(columns, i, 7)};
  const postgres::Result checks = connection.query(checks_query, oids);
  for (std::size_t i = 0; i < checks.rows(); ++i)
    tables[checks.text(i, 0)].checks.push_back({checks.text(i, 1), postgres::array_items(checks.text(i, 2))});
  const postgres::Result keys = connection.query(keys_query, oids);
  for (std::size_t i = 0; i < keys.rows(); ++i)
    tables[keys.text(i, 0)].keys.push_back(
        {postgres::array_items(keys.text(i, 1)), keys.text(i, 2), postgres::array_items(keys.text(i, 3))});
  return tables;
}

}  // namespace quoin::rows
