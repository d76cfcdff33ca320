// Everything quoin knows about publications, but for the tables and schemas in them, which are kinds of their own.
#include "kinds/replication/publication.h"

#include "core/model/reading.h"
#include "core/sql/print.h"
#include "kinds/access/carried.h"
#include "kinds/constraint/constraint.h"
#include "kinds/list.h"
#include "kinds/view/query.h"

namespace quoin {
namespace {
Text set_publish(const Object& from, const Object& to);
Text set_via_root(const Object& from, const Object& to);
Text set_generated(const Object& from, const Object& to);

constexpr std::string_view operations[] = {"insert", "update", "delete", "truncate"};
const Text everything[] = {"insert", "update", "delete", "truncate"};

constexpr struct : FieldTable {
  Field<List> publish{*this,
                      "publish",
                      "what is told of: insert, update, delete, truncate; as a rule all",
                      {.fallback = everything, .alter = set_publish, .words = "insert|update|delete|truncate"}};
  Field<bool> all_tables{*this, "all_tables", "of every table, those to come too"};
  Field<bool> via_root{*this,
                       "publish_via_partition_root",
                       "of a partition as if it were the table that it is of",
                       {.alter = set_via_root, .since = 13}};
  Field<Text> generated{*this,
                        "publish_generated_columns",
                        "none or stored",
                        {.fallback = "none", .alter = set_generated, .since = 18, .words = "none|stored"}};
} fields;

Text publish_term(const Object& o) { return concat("publish = ", quote_literal(join(o[fields.publish], ", "))); }
Text via_root_term(const Object& o) {
  return concat("publish_via_partition_root = ", o[fields.via_root] ? "true" : "false");
}
Text generated_term(const Object& o) { return concat("publish_generated_columns = ", o[fields.generated]); }

Text set(const Object& to, std::string_view term) {
  return concat("ALTER PUBLICATION ", address(to.id), " SET (", term, ")");
}
Text set_publish(const Object&, const Object& to) { return set(to, publish_term(to)); }
Text set_via_root(const Object&, const Object& to) { return set(to, via_root_term(to)); }
Text set_generated(const Object&, const Object& to) { return set(to, generated_term(to)); }

Steps create(const Object& o) {
  List terms;
  if (o.has(fields.publish)) terms.push_back(publish_term(o));
  if (o.has(fields.via_root)) terms.push_back(via_root_term(o));
  if (o.has(fields.generated)) terms.push_back(generated_term(o));
  return only(making(o, concat("CREATE PUBLICATION ", address(o.id), o[fields.all_tables] ? " FOR ALL TABLES" : "",
                               terms.empty() ? Text() : concat(" WITH (", join(terms, ", "), ")"))));
}

Change change(const Delta& delta, const Users&) {
  return Cannot{concat("whether ", path(delta.id), " is of all tables cannot change in place")};
}

Text catalog(int server_version) {
  return concat(
      R"(
select 6104 as class, p.oid as oid, 0 as sub, 0 as parent_class, 0 as parent_oid, 0 as parent_sub, p.pubname as name,
  p.puballtables as all_tables,
  array_remove(array[case when p.pubinsert then 'insert' end, case when p.pubupdate then 'update' end,
    case when p.pubdelete then 'delete' end, case when p.pubtruncate then 'truncate' end], null) as publish)",
      server_version < 130000 ? "" : ", p.pubviaroot as publish_via_partition_root",
      server_version < 180000 ? "" : ", case p.pubgencols when 's' then 'stored' end as publish_generated_columns",
      owner_column({"PUBLICATION", "pg_catalog.format('%I', p.pubname)", "p.pubowner"}),
      "\nfrom pg_catalog.pg_publication p");
}

void put_options(ast::Node options, Object& o) {
  for (ast::Node option : options) {
    const std::string_view name = option["defname"].text();
    if (name == fields.via_root.name) o.put(fields.via_root, option_is_on(option["arg"]));
    if (name == fields.generated.name) o.put(fields.generated, lower(option_text(option["arg"])));
    if (name != fields.publish.name) continue;
    const Text words = lower(option_text(option["arg"]));
    List given, sorted;
    for (const Text& word : split(words, ',')) given.emplace_back(trim(word));
    for (std::string_view one : operations)
      if (std::ranges::count(given, one)) sorted.emplace_back(one);
    o.put(fields.publish, std::move(sorted));
  }
}

void add_table(ast::Node table, Id publication, Reading& reading) {
  const Id relation = reading.find(space::relation, table["relation"]);
  if (!relation) return;
  if (!may_lie_in(published_table_kind, relation))
    return reading.unknown(publication, concat("that it publishes ", path(relation)));
  Object* published = reading.make(published_table_kind, relation, publication->name);
  if (!published) return;
  published->put(published_table_fields.columns, table["columns"].texts());
  if (const ast::Node where = table["whereClause"])
    published->put(published_table_fields.where, without_parentheses(ast::print(where)));
}

void drop_published(const Kind& kind, Id lies_in, Id publication, Reading& reading) {
  if (lies_in) reading.drop(reading.schema().ids().of(kind, lies_in, publication->name), {});
}

/// The schema that an item means; null: it means a table, or nobody knows.
Id schema_in(ast::Node item, Reading& reading) {
  const std::string_view type = item["pubobjtype"].text();
  if (type == "PUBLICATIONOBJ_TABLES_IN_CUR_SCHEMA")
    return reading.unknown(Id(), "what CURRENT_SCHEMA means here"), Id();
  if (type != "PUBLICATIONOBJ_TABLES_IN_SCHEMA") return {};
  const Id schema = reading.find_object(schema_kind.object_type, item["name"]);
  return schema && may_lie_in(published_schema_kind, schema) ? schema : Id();
}

enum class Do { add, drop };
void read_objects(ast::Node statement, Id publication, Do what, Reading& reading) {
  for (ast::Node item : statement["pubobjects"]) {
    if (const ast::Node table = item["pubtable"]) {
      if (what == Do::add) add_table(table, publication, reading);
      if (what == Do::drop)
        drop_published(published_table_kind, reading.find(space::relation, table["relation"]), publication, reading);
    } else if (const Id schema = schema_in(item, reading)) {
      if (what == Do::add) reading.make(published_schema_kind, schema, publication->name);
      if (what == Do::drop) drop_published(published_schema_kind, schema, publication, reading);
    }
  }
}

void read_create(ast::Node statement, Reading& reading) {
  Object* o = reading.make(publication_kind, Id(), Text(statement["pubname"].text()));
  if (!o) return;
  const Id id = o->id;
  o->put(fields.all_tables, statement["for_all_tables"].flag());
  put_options(statement["options"], *o);
  read_objects(statement, id, Do::add, reading);
}

void read_alter(ast::Node statement, Reading& reading) {
  const Id id = reading.schema().ids().of(publication_kind, Id(), Text(statement["pubname"].text()));
  Object* o = reading.change(id);
  if (!o) return;
  put_options(statement["options"], *o);
  const std::string_view action = statement["action"].text();
  if (action == "AP_SetObjects" && statement["pubobjects"].size() > 0)
    for (const Id user : reading.schema().users(id))
      if (user->kind == &published_table_kind || user->kind == &published_schema_kind) reading.drop(user, {});
  read_objects(statement, id, action == "AP_DropObjects" ? Do::drop : Do::add, reading);
}

constexpr StatementReader readers[] = {{"CreatePublicationStmt", "", read_create},
                                       {"AlterPublicationStmt", "", read_alter}};
}  // namespace

Id publication_of(const Object& published) {
  for (const Id used : published.needs)
    if (used->kind == &publication_kind) return used;
  return {};
}

void need_publication(Object& published, Schema& schema) {
  const Id publication = schema.ids().of(publication_kind, Id(), published.id->name);
  if (schema.find(publication)) published.need(publication);
}

Text alter_publication(Id published) { return concat("ALTER PUBLICATION ", quote_ident(published->name), " "); }

constexpr Kind publication_kind{.name = "publication",
                                .key = "publications",
                                .weight = 232,
                                .fields = fields,
                                .traits = replaceable | has_section | has_owner,
                                .noun = "PUBLICATION",
                                .object_type = "OBJECT_PUBLICATION",
                                .addressed = &by_name,
                                .sql = {.create = create, .change = change},
                                .reading = {.catalog = catalog, .readers = readers}};
}  // namespace quoin
