// Parts of the catalog queries of tables, columns, constraints and indexes.
#include "kinds/access/grantable.h"
#include "kinds/constraint/constraint.h"
#include "kinds/table/table_fields.h"

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
  return concat(c, ".relkind in ('r', 'p', 'f') and (", c, ".reloftype = 0 or ",
                no_extension_owns("1247", c + ".reloftype"), ") and ", c, ".relpersistence <> 't' and ",
                in_managed_schema(c + ".relnamespace"), " and ", no_extension_owns("1259", c + ".oid"));
}

Text users_table(std::string_view alias) {
  return concat(alias, ".relkind in ('r', 'p', 'f') and ", alias, ".oid >= 16384");
}

namespace {
Text access_lists(int) {
  return concat(R"(
  select 1259, c.oid, 0, c.relowner, c.relacl, pg_catalog.acldefault('r', c.relowner)
  from pg_catalog.pg_class c where c.relacl is not null and (c.relkind in ('v', 'm') or )",
                users_table("c"), ")");
}
}  // namespace
constexpr Rights table_rights{"TABLE", &sort_of_tables, access_lists};

namespace {
// Nearly all keys are of a column with its type's own operator class, which one look into a hashed list tells.
constexpr std::string_view key_text = R"(
  case when ta.attnum is not null then pg_catalog.quote_ident(ta.attname)
    else pg_catalog.pg_get_indexdef(i.indexrelid, xa.attnum, false) end
  || case when i.indcollation[xa.attnum - 1] in (0, case when ta.attnum is null then 100 else ta.attcollation end) then ''
    else ' COLLATE ' || (select case n.nspname when 'pg_catalog' then '' else pg_catalog.quote_ident(n.nspname) || '.' end
      || pg_catalog.quote_ident(l.collname)
      from pg_catalog.pg_collation l join pg_catalog.pg_namespace n on n.oid = l.collnamespace
      where l.oid = i.indcollation[xa.attnum - 1]) end
  || case when (i.indclass[xa.attnum - 1], ta.atttypid) in (
      select od.oid, od.opcintype from pg_catalog.pg_opclass od where od.opcdefault) and @options = '{}' then ''
    else coalesce((select ' ' || case n.nspname when 'pg_catalog' then '' else pg_catalog.quote_ident(n.nspname) || '.' end
      || pg_catalog.quote_ident(oc.opcname)
      || coalesce((select ' (' || pg_catalog.string_agg(pg_catalog.split_part(o, '=', 1) || '='
           || pg_catalog.quote_literal(pg_catalog.substr(o, pg_catalog.strpos(o, '=') + 1)), ', ' order by o) || ')'
         from pg_catalog.unnest(nullif(@options, '{}')) o), '')
      from pg_catalog.pg_opclass oc join pg_catalog.pg_namespace n on n.oid = oc.opcnamespace
      where oc.oid = i.indclass[xa.attnum - 1] and (not oc.opcdefault or @options <> '{}'
        or ta.atttypid <> oc.opcintype and exists (select from pg_catalog.pg_opclass od
          where od.opcmethod = oc.opcmethod and od.opcdefault and od.opcintype = ta.atttypid))), '') end
  || case i.indoption[xa.attnum - 1] & 3 when 1 then ' DESC NULLS LAST' when 2 then ' NULLS FIRST' when 3 then ' DESC'
    else '' end)";
}  // namespace

Text index_keys(int server_version) {
  Text key(key_text);
  const std::string_view options = server_version >= 130000 ? "coalesce(xa.attoptions, '{}')" : "'{}'::text[]";
  for (auto at = key.find("@options"); at != key.npos; at = key.find("@options"))
    key.replace(at, std::string_view("@options").size(), options);
  return concat("(select pg_catalog.array_agg(", key, R"( order by xa.attnum)
    from pg_catalog.pg_attribute xa
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

// Nearly all keys have one column, which a look at the index finds at once.
Text column_names(std::string_view numbers, std::string_view table) {
  return concat("case when pg_catalog.cardinality(", numbers,
                ") = 1 then array[(select a.attname::text from "
                "pg_catalog.pg_attribute a where a.attrelid = ",
                table, " and a.attnum = (", numbers,
                ")[1])] else (select pg_catalog.array_agg(a.attname::text order by pg_catalog.array_position(", numbers,
                ", a.attnum)) from pg_catalog.pg_attribute a where a.attrelid = ", table, " and a.attnum = any (",
                numbers, ")) end");
}

}  // namespace quoin
