// Everything quoin knows about materialized views.
#include "core/model/reading.h"
#include "core/model/space.h"
#include "kinds/access/carried.h"
#include "kinds/constraint/constraint.h"
#include "kinds/list.h"
#include "kinds/table/table_fields.h"
#include "kinds/view/query.h"

namespace quoin {
namespace {
Text set_tablespace(const Object& from, const Object& to);
Text set_with(const Object& from, const Object& to);

constexpr struct : FieldTable {
  Field<Text> query{*this, "query", "what it stores", {.role = Role::query, .presence = Presence::filled}};
  Field<List> columns{
      *this, "columns", "its columns with their types", {.role = Role::member, .counts = Counts::derived}};
  Field<List> with{*this, "with", "storage parameters", {.role = Role::parameter, .alter = set_with}};
  Field<Text> tablespace{*this, "tablespace", "where its rows lie", {.alter = set_tablespace}};
  Field<Text> method{*this, "method", "access method", {.fallback = "heap"}};
} fields;

Text alter(Id id, std::string_view action) { return concat("ALTER MATERIALIZED VIEW ", qualified(id), " ", action); }
Text set_tablespace(const Object&, const Object& to) {
  const auto place = to[fields.tablespace];
  return alter(to.id, concat("SET TABLESPACE ", place.empty() ? "pg_default" : quote_ident(place)));
}

Text set_with(const Object& from, const Object& to) {
  return change_parameters(from[fields.with], to[fields.with], concat("ALTER MATERIALIZED VIEW ", qualified(to.id)));
}

Steps create(const Object& view) {
  Text sql = "CREATE MATERIALIZED VIEW " + qualified(view.id);
  if (view.has(fields.method)) sql += concat(" USING ", quote_ident(view[fields.method]));
  sql += with_clause(view[fields.with]);
  if (view.has(fields.tablespace)) sql += concat(" TABLESPACE ", quote_ident(view[fields.tablespace]));
  return only(making(view, concat(sql, " AS\n", view[fields.query])));
}

// Readers wait until its rows are there.
std::vector<Hazard> hazards_of_rebuild(const Object& view) {
  return {{"rewrite", concat("builds ", path(view.id),
                             " anew: its query runs again, then its indexes are built, and readers wait meanwhile")}};
}

// Of its columns, what their types do not say.
Text column_settings(int version) {
  const std::string_view compression =
      version < 140000 ? ""
                       : ",\n     (case a.attcompression when 'p' then 'SET COMPRESSION pglz' when 'l' then"
                         " 'SET COMPRESSION lz4' end)";
  return concat(R"(,
  (select pg_catalog.string_agg(pg_catalog.format('ALTER MATERIALIZED VIEW %I.%I ALTER COLUMN %I %s', n.nspname,
     c.relname, a.attname, v.setting), ';' || chr(10) order by a.attnum, v.setting)
   from pg_catalog.pg_attribute a join pg_catalog.pg_type y on y.oid = a.atttypid
   cross join lateral (values
     (case when a.attstattarget >= 0 then pg_catalog.format('SET STATISTICS %s', a.attstattarget) end),
     ((select pg_catalog.format('SET (%s)', pg_catalog.string_agg(o, ', ' order by o))
       from pg_catalog.unnest(a.attoptions) o where o like 'n\_distinct%' having count(*) > 0)),
     (case when a.attstorage <> y.typstorage then 'SET STORAGE ' || case a.attstorage when 'p' then 'PLAIN'
       when 'e' then 'EXTERNAL' when 'x' then 'EXTENDED' else 'MAIN' end end))",
                compression, R"() v(setting)
   where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and v.setting is not null) as "~settings of columns")");
}

Text catalog(int version) {
  return concat(
      R"(
select 1259 as class, c.oid as oid, 0 as sub, 2615 as parent_class, c.relnamespace as parent_oid, 0 as parent_sub,
  c.relname as name, pg_catalog.btrim(pg_catalog.pg_get_viewdef(c.oid), ' ;') as query,
  c.reloptions as "with",
  (select s.spcname from pg_catalog.pg_tablespace s where s.oid = c.reltablespace) as tablespace,
  (select m.amname from pg_catalog.pg_am m where m.oid = c.relam) as method,
  case when not c.relispopulated then
    pg_catalog.format('REFRESH MATERIALIZED VIEW %I.%I WITH NO DATA', n.nspname, c.relname) end as "~no data")",
      column_settings(version), query_columns(),
      owner_column({"MATERIALIZED VIEW", "pg_catalog.format('%I.%I', n.nspname, c.relname)", "c.relowner"}),
      query_from("m"));
}

constexpr std::string_view no_data = "no data";
Carried without_data(Id view) {
  return {Text(no_data), concat("REFRESH MATERIALIZED VIEW ", qualified(view), " WITH NO DATA")};
}

void read_create(ast::Node statement, Reading& reading) {
  const ast::Node into = statement["into"], name = into["rel"];
  const Id schema = reading.creation_schema(name);
  if (!schema) return;
  const Existing existing = statement["if_not_exists"].flag() ? Existing::keep : Existing::error;
  Object* view = reading.make(materialized_view_kind, schema, Text(name["relname"].text()), existing);
  if (!view) return;
  view->put(fields.query, query_text(statement["query"], into["colNames"].texts(), reading));
  view->put(fields.with, option_list(into["options"]));
  view->put(fields.tablespace, Text(into["tableSpaceName"].text()));
  if (into["skipData"].flag()) view->carried.push_back(without_data(view->id));
  if (into.has("accessMethod")) view->put(fields.method, Text(into["accessMethod"].text()));
}

void read_refresh(ast::Node statement, Reading& reading) {
  const Id id = reading.find(space::relation, statement["relation"]);
  Object* view = id && id->kind == &materialized_view_kind ? reading.schema().find(id) : nullptr;
  if (!view) return;
  std::erase_if(view->carried, [](const Carried& one) { return one.what == no_data; });
  if (statement["skipData"].flag()) view->carried.push_back(without_data(id));
}

constexpr StatementReader readers[] = {{"CreateTableAsStmt", "OBJECT_MATVIEW", read_create},
                                       {"RefreshMatViewStmt", "", read_refresh, Lock::access_exclusive}};
void derive(Object& view, Schema&) { view.put(fields.query, settled_query(view[fields.query])); }

constexpr std::string_view parents[] = {"schema"};
}  // namespace

constexpr Kind materialized_view_kind{.name = "materialized view",
                                      .key = "materialized_views",
                                      .weight = 190,
                                      .fields = fields,
                                      .traits = replaceable | has_section | calls_when_made | has_owner,
                                      .noun = "MATERIALIZED VIEW",
                                      .object_type = "OBJECT_MATVIEW",
                                      .space = space::relation,
                                      .parents = parents,
                                      .rights = &table_rights,
                                      .slots = row_type_slots,
                                      .sql = {.create = create, .put_back = of_kept_members},
                                      .cost = {.of_rebuild = hazards_of_rebuild},
                                      .reading = {.catalog = catalog, .readers = readers, .derive = derive}};
}  // namespace quoin
