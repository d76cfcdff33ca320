// Everything quoin knows about transforms: how a language sees the values of a type.
#include "core/model/name.h"
#include "core/model/reading.h"
#include "core/model/space.h"
#include "core/sql/print.h"
#include "kinds/list.h"
#include "kinds/operator/operator.h"
#include "kinds/routine/routine.h"

namespace quoin {
namespace {
constexpr struct : FieldTable {
  Field<Text> from_sql{*this, "from_sql", "what makes a value of the language", {.role = Role::routine}};
  Field<Text> to_sql{*this, "to_sql", "what makes a value of the type again", {.role = Role::routine}};
} fields;

Text definition(const Object& o, std::string_view verb) {
  List ways;
  if (o.has(fields.from_sql)) ways.push_back(concat("FROM SQL WITH FUNCTION ", o[fields.from_sql], "(internal)"));
  if (o.has(fields.to_sql)) ways.push_back(concat("TO SQL WITH FUNCTION ", o[fields.to_sql], "(internal)"));
  return concat(verb, " ", address_with_noun(o.id), " (", join(ways, ", "), ")");
}
Steps create(const Object& o) { return only(making(o, definition(o, "CREATE"))); }
Change change(const Delta& delta, const Users&) {
  return only(in_place(delta, definition(*delta.to, "CREATE OR REPLACE")));
}

void derive(Object& o, Schema& schema) {
  need_own_types(o, schema);
  for (const Field<Text>* field : {&fields.from_sql, &fields.to_sql})
    if (const Id function = routine_taking(o[*field], "(internal)", schema)) o.need(function);
  for (const Kind* kind : {&language_kind, &extension_kind})
    if (const Object* language = schema.find(*kind, Id(), o.id->name)) o.need(language->id);
}

Text catalog(int) {
  return concat(R"(
select 3576 as class, t.oid as oid, 0 as sub, 0 as parent_class, 0 as parent_oid, 0 as parent_sub, l.lanname as name,
  pg_catalog.format('(%s)', pg_catalog.format_type(t.trftype, null)) as signature,
  )",
                routine_name("t.trffromsql::pg_catalog.oid"), " as from_sql, ",
                routine_name("t.trftosql::pg_catalog.oid"), R"( as to_sql
from pg_catalog.pg_transform t join pg_catalog.pg_language l on l.oid = t.trflang where t.oid >= 16384)");
}

void read_create(ast::Node statement, Reading& reading) {
  const ast::Node types[] = {statement["type_name"]};
  const Existing existing = statement["replace"].flag() ? Existing::replace : Existing::error;
  Object* o = reading.make(transform_kind, Id(), {Text(statement["lang"].text()), reading.signature(types)}, existing);
  if (!o) return;
  o->put(fields.from_sql, Text());
  if (const ast::Node from = statement["fromsql"]) o->put(fields.from_sql, ast::print_name(from["objname"]));
  if (const ast::Node to = statement["tosql"]) o->put(fields.to_sql, ast::print_name(to["objname"]));
}

constexpr StatementReader readers[] = {{"CreateTransformStmt", "", read_create}};
}  // namespace

constexpr Kind transform_kind{.name = "transform",
                              .key = "transforms",
                              .weight = 178,
                              .fields = fields,
                              .traits = replaceable | has_section,
                              .noun = "TRANSFORM",
                              .object_type = "OBJECT_TRANSFORM",
                              .addressed = &by_language,
                              .sql = {.create = create, .change = change, .rename = refuse_rename},
                              .reading = {.catalog = catalog, .readers = readers, .derive = derive}};
}  // namespace quoin
