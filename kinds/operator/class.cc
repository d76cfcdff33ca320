// Everything quoin knows about operator classes.
#include "kinds/operator/class.h"

#include "core/model/name.h"
#include "core/model/space.h"
#include "core/sql/print.h"
#include "kinds/access/carried.h"
#include "kinds/operator/family.h"
#include "kinds/operator/members.h"

namespace quoin {
namespace {
constexpr auto& fields = operator_class_fields;

Text family_of(const Object& o) { return o.has(fields.family) ? Text(o[fields.family]) : qualified(o.id); }

Id family_named(std::string_view name, Id user, const Schema& schema) {
  const List parts = name_parts(name);
  const Id lies_in = parts.size() == 2 ? schema.holder({space::schema, Id(), parts[0], {}}) : Id();
  return lies_in ? schema.holder({space::operator_family, lies_in, parts[1], user->signature}) : Id();
}

Steps create(const Object& o) {
  List terms(o[fields.members].begin(), o[fields.members].end());
  // What has no members of its own says at least what an index keeps, since it must say something.
  if (o.has(fields.storage) || terms.empty())
    terms.push_back(concat("STORAGE ", o.has(fields.storage) ? o[fields.storage] : o[fields.type]));
  return only(making(o, concat("CREATE OPERATOR CLASS ", qualified(o.id), o[fields.is_default] ? " DEFAULT" : "",
                               " FOR TYPE ", o[fields.type], " USING ", method_of(o.id), " FAMILY ", family_of(o),
                               " AS\n    ", join(terms, ",\n    "))));
}

Change change(const Delta& delta, const Users&) {
  return Cannot{concat("nothing of ", path(delta.id), " can change in place")};
}

void derive(Object& o, Schema& schema) {
  if (o.has(fields.family) && name_parts(o[fields.family]) == name_parts(qualified(o.id))) o.put(fields.family, Text());
  if (o[fields.storage] == o[fields.type]) o.put(fields.storage, Text());
  need_members(o, o[fields.members], schema);
  Id family = family_named(family_of(o), o.id, schema);
  if (!family && !o.has(fields.family))
    family = schema.add(schema.ids().of(operator_family_kind, o.id->parent, o.id->name, o.id->signature)).id;
  if (family) o.need(family);
}

Text catalog(int) {
  constexpr MemberQuery own{"2616", "c.oid", "i"};
  return concat(R"(
select 2616 as class, c.oid as oid, 0 as sub, 2615 as parent_class, c.opcnamespace as parent_oid, 0 as parent_sub,
  c.opcname as name, pg_catalog.format('(%I)', m.amname) as signature,
  pg_catalog.format_type(c.opcintype, null) as "for", c.opcdefault as "default",
  (select pg_catalog.format('%I.%I', fn.nspname, f.opfname) from pg_catalog.pg_opfamily f
    join pg_catalog.pg_namespace fn on fn.oid = f.opfnamespace where f.oid = c.opcfamily) as family,
  case when c.opckeytype <> 0 then pg_catalog.format_type(c.opckeytype, null) end as storage,
  )",
                members_of(own), " as members,\n  ", member_addresses(own), " as also",
                owner_column({"OPERATOR CLASS", "pg_catalog.format('%I.%I USING %I', n.nspname, c.opcname, m.amname)",
                              "c.opcowner"}),
                R"(
from pg_catalog.pg_opclass c join pg_catalog.pg_am m on m.oid = c.opcmethod
join pg_catalog.pg_namespace n on n.oid = c.opcnamespace where c.oid >= 16384)");
}

/// What the class brings is its own, or its family's from then on.
void put_members(ast::Node statement, Object& o, Reading& reading) {
  List own, loose;
  for (ast::Node item : statement["items"]) {
    if (const ast::Node stored = item["storedtype"]) {
      o.put(fields.storage, reading.type(stored));
      continue;
    }
    const MemberOf of{o[fields.type], method_of(o.id)};
    Text member = family_member(item, of, reading);
    (stays_with_class(member, of) ? own : loose).push_back(std::move(member));
  }
  std::ranges::sort(own);
  o.put(fields.members, std::move(own));
  const Id family = loose.empty() ? Id() : family_named(family_of(o), o.id, reading.schema());
  Object* there = family ? reading.change(family) : nullptr;
  if (!there) return;
  const auto before = (*there)[operator_family_fields.members];
  loose.insert(loose.end(), before.begin(), before.end());
  std::ranges::sort(loose);
  there->put(operator_family_fields.members, std::move(loose));
}

void read_create(ast::Node statement, Reading& reading) {
  const Id schema = reading.creation_schema(statement["opclassname"]);
  if (!schema) return;
  const Called called{parts_of(statement["opclassname"]).back(), signature_of_method(statement["amname"].text())};
  const Id id = reading.schema().ids().of(operator_class_kind, schema, called.name, called.signature);
  const ast::Node family = statement["opfamilyname"];
  if (!family && !reading.schema().find(operator_family_kind, schema, called.name, called.signature))
    reading.make(operator_family_kind, schema, called);
  Object* o = reading.make(operator_class_kind, schema, called);
  if (!o) return;
  o->put(fields.type, reading.type(statement["datatype"]));
  o->put(fields.is_default, statement["isDefault"].flag());
  if (family) {
    const Id there = quoin::family_named(family, statement["amname"].text(), reading);
    o->put(fields.family, there ? qualified(there) : ast::print_name(family));
    if (there) o->need(there);
  }
  put_members(statement, *reading.schema().find(id), reading);
}

constexpr StatementReader readers[] = {{"CreateOpClassStmt", "", read_create}};
constexpr std::string_view parents[] = {"schema"};
}  // namespace

Id family_named(ast::Node names, std::string_view method, Reading& reading) {
  const List parts = names.texts();
  const Schema& schema = reading.schema();
  const Id lies_in = parts.size() > 1 ? schema.holder({space::schema, Id(), parts[parts.size() - 2], {}})
                                      : reading.creation_schema(names);
  return lies_in ? schema.holder({space::operator_family, lies_in, parts.back(), signature_of_method(method)}) : Id();
}

constexpr Kind operator_class_kind{.name = "operator class",
                                   .key = "operator_classes",
                                   .weight = 174,
                                   .fields = fields,
                                   .traits = replaceable | has_section | has_owner,
                                   .noun = "OPERATOR CLASS",
                                   .object_type = "OBJECT_OPCLASS",
                                   .addressed = &by_method,
                                   .space = space::operator_class,
                                   .parents = parents,
                                   .sql = {.create = create, .change = change},
                                   .reading = {.catalog = catalog, .readers = readers, .derive = derive}};
}  // namespace quoin
