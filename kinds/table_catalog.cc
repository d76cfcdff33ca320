// Parts of the catalog queries of tables, columns, constraints and indexes.
#include "kinds/constraint.h"

namespace quoin {

// Each list is small or read by an index, and hashed once a query.
Text in_managed_schema(std::string_view namespace_oid) {
  return concat(namespace_oid, R"( not in (select m.oid from pg_catalog.pg_namespace m
    where m.nspname ~ '^pg_' or m.nspname = 'information_schema'))");
}
Text no_extension_owns(std::string_view class_oid, std::string_view oid) {
  return concat(oid, R"( not in (select e.objid from pg_catalog.pg_depend e where e.refclassid = 3079
    and e.refobjid in (select f.oid from pg_catalog.pg_extension f) and e.deptype = 'e' and e.classid = )",
                class_oid, ")");
}
Text modelled_table(std::string_view alias) {
  const Text c(alias);
  return concat(c, ".relkind = 'r' and not ", c, ".relispartition and ", c, ".reloftype = 0 and ", c,
                ".relpersistence <> 't' and ", in_managed_schema(c + ".relnamespace"), " and ",
                no_extension_owns("1259", c + ".oid"), " and ", c,
                ".oid not in (select h.inhrelid from pg_catalog.pg_inherits h union all select h.inhparent from "
                "pg_catalog.pg_inherits h)");
}

namespace {
constexpr std::string_view key_text = R"(
  case when ta.attnum is not null then quote_ident(ta.attname)
    else pg_catalog.pg_get_indexdef(i.indexrelid, xa.attnum, false) end
  || case when i.indcollation[xa.attnum - 1] not in (0, case when ta.attnum is null then 100 else ta.attcollation end)
    then ' COLLATE ' || (select case n.nspname when 'pg_catalog' then '' else quote_ident(n.nspname) || '.' end
      || quote_ident(l.collname) from pg_catalog.pg_collation l join pg_catalog.pg_namespace n on n.oid = l.collnamespace
      where l.oid = i.indcollation[xa.attnum - 1]) else '' end
  || case when not oc.opcdefault or @options <> '{}' or (ta.atttypid <> oc.opcintype and exists (
      select from pg_catalog.pg_opclass od
      where od.opcmethod = oc.opcmethod and od.opcdefault and od.opcintype = ta.atttypid))
    then ' ' || (select case n.nspname when 'pg_catalog' then '' else quote_ident(n.nspname) || '.' end
      || quote_ident(oc.opcname) from pg_catalog.pg_namespace n where n.oid = oc.opcnamespace)
      || coalesce((select ' (' || string_agg(split_part(o, '=', 1) || '='
           || quote_literal(substr(o, strpos(o, '=') + 1)), ', ' order by o) || ')'
         from unnest(nullif(@options, '{}')) o), '') else '' end
  || case i.indoption[xa.attnum - 1] & 3 when 1 then ' DESC NULLS LAST' when 2 then ' NULLS FIRST' when 3 then ' DESC'
    else '' end)";
}  // namespace

// `offset 0` has the operator class looked up by its oid: the planner would read them all for each index.
Text index_keys(int server_version) {
  Text key(key_text);
  const std::string_view options = server_version >= 130000 ? "coalesce(xa.attoptions, '{}')" : "'{}'::text[]";
  for (auto at = key.find("@options"); at != key.npos; at = key.find("@options"))
    key.replace(at, std::string_view("@options").size(), options);
  return concat("(select pg_catalog.array_agg(", key, R"( order by xa.attnum)
    from pg_catalog.pg_attribute xa
    cross join lateral (select o.opcname, o.opcnamespace, o.opcdefault, o.opcintype, o.opcmethod
      from pg_catalog.pg_opclass o where o.oid = i.indclass[xa.attnum - 1] offset 0) oc
    left join pg_catalog.pg_attribute ta on ta.attrelid = i.indrelid and ta.attnum = i.indkey[xa.attnum - 1]
      and ta.attnum <> 0
    where xa.attrelid = i.indexrelid and xa.attnum <= i.indnkeyatts))");
}

Text index_include() {
  return R"(case when i.indnatts > i.indnkeyatts then (
    select pg_catalog.array_agg(ta.attname::text order by n)
    from pg_catalog.generate_series(i.indnkeyatts::int4, i.indnatts - 1) n
    join pg_catalog.pg_attribute ta on ta.attrelid = i.indrelid and ta.attnum = i.indkey[n]) end)";
}

Text column_names(std::string_view numbers, std::string_view table) {
  return concat("(select pg_catalog.array_agg(a.attname::text order by pg_catalog.array_position(", numbers,
                ", a.attnum)) from pg_catalog.pg_attribute a where a.attrelid = ", table, " and a.attnum = any (",
                numbers, "))");
}

Text index_carried() {
  return R"(,
  case when i.indisreplident then pg_catalog.format('ALTER TABLE %s REPLICA IDENTITY USING INDEX %I',
    i.indrelid::pg_catalog.regclass, x.relname) end as "~replica_identity",
  case when i.indisclustered then pg_catalog.format('ALTER TABLE %s CLUSTER ON %I',
    i.indrelid::pg_catalog.regclass, x.relname) end as "~clustered")";
}

}  // namespace quoin
