// Everything quoin knows about DEPENDS ON EXTENSION: one object for each extension that another depends on in this way.
#include "kinds/database/extension_dependency.h"

#include "core/model/space.h"
#include "kinds/list.h"

namespace quoin {
namespace {
constexpr struct : FieldTable {
} no_fields;

// Of a constraint its index depends.
Text noun_and_address(Id object) {
  const Kind& kind = *object->kind;
  if (&kind == &aggregate_kind) return concat("FUNCTION ", qualified(object), object->signature);
  if (kind.addressed == &by_relation && &kind != &trigger_kind)
    return concat("INDEX ", quote_ident(schema_of(object)->name), ".", quote_ident(object->name));
  return address_with_noun(object);
}

Text saying(const Object& o, std::string_view no) {
  return concat("ALTER ", noun_and_address(o.id->parent), no, " DEPENDS ON EXTENSION ", quote_ident(o.id->name));
}

Steps create(const Object& o) { return only(making(o, saying(o, ""))); }
Steps drop(const Object& o) { return only(dropping(o, saying(o, " NO"))); }

// An index that a constraint has stands for the constraint.
Text catalog(int) {
  return R"(
select 0 as class, 0 as oid, 0 as sub, case when k.oid is null then d.classid::oid else 2606 end as parent_class,
  coalesce(k.oid, d.objid) as parent_oid, 0 as parent_sub, e.extname as name
from pg_catalog.pg_depend d join pg_catalog.pg_extension e on e.oid = d.refobjid
left join pg_catalog.pg_constraint k on d.classid = 1259 and k.conindid = d.objid and k.contype in ('p', 'u', 'x')
where d.refclassid = 3079 and d.deptype = 'x'
group by 4, 5, 7)";
}

void derive(Object& o, Schema& schema) {
  if (const Object* extension = schema.find(extension_kind, Id(), o.id->name)) o.need(extension->id);
}

Id object_of(ast::Node statement, Reading& reading) {
  const std::string_view type = statement["objectType"].text();
  if (!statement.has("relation")) return reading.find_object(type, statement["object"]);
  if (!statement.has("object")) return reading.find_object(type, statement["relation"]);
  const ast::Tree tree;
  std::vector<ast::Node> parts;
  for (const Text& part : parts_of(statement["relation"])) parts.push_back(tree.make_text("String", part));
  for (const Text& part : parts_of(statement["object"])) parts.push_back(tree.make_text("String", part));
  return reading.find_object(type, tree.make_list(parts));
}

void read(ast::Node statement, Reading& reading) {
  const Id object = object_of(statement, reading);
  const Id extension = object ? reading.find_object(extension_kind.object_type, statement["extname"]) : Id();
  if (!extension || !may_lie_in(extension_dependency_kind, object)) return;
  const Id id = reading.schema().ids().of(extension_dependency_kind, object, extension->name);
  if (statement["remove"].flag()) {
    if (reading.schema().find(id)) reading.drop(id, {});
  } else {
    reading.make(extension_dependency_kind, object, extension->name, Existing::keep);
  }
}

constexpr StatementReader readers[] = {{"AlterObjectDependsStmt", "", read, Lock::access_exclusive}};
constexpr std::string_view parents[] = {"function",          "procedure",   "aggregate", "trigger",  "index",
                                        "materialized view", "primary key", "unique",    "exclusion"};
}  // namespace

void tie_again(const Delta& delta, const Users& users, Steps& steps) {
  users.from.each_child(delta.id, [&](const Object& child) {
    if (child.id->kind == &extension_dependency_kind && users.to.find(child.id))
      steps.push_back(in_place(delta, saying(child, "")));
  });
}

Follow tied_again(Follow answer, const Object& index, const Rebuilt& rebuilt, const Users& users) {
  if (!std::holds_alternative<Unaffected>(answer) || !rebuilt.object.id->kind->is_column()) return answer;
  Steps steps;
  users.from.each_child(index.id, [&](const Object& child) {
    if (child.id->kind == &extension_dependency_kind && users.to.find(child.id))
      steps.push_back({.sql = saying(child, ""), .needs = {index.id, rebuilt.object.id}});
  });
  return steps.empty() ? answer : Follow(std::move(steps));
}

void untie(Id object, Reading& reading) {
  for (const Object* child : reading.schema().children(object))
    if (child->id->kind == &extension_dependency_kind) reading.schema().remove(child->id);
}

constexpr Kind extension_dependency_kind{.name = "extension dependency",
                                         .key = "depends_on_extensions",
                                         .weight = 242,
                                         .fields = no_fields,
                                         .traits = replaceable | dropped_with_parent | takes_parent_along,
                                         .addressed = &by_parent,
                                         .parents = parents,
                                         .named_after = space::extension,
                                         .sql = {.create = create, .drop = drop},
                                         .reading = {.catalog = catalog, .readers = readers, .derive = derive}};
}  // namespace quoin
