// Everything quoin knows about operator families, which hold operator classes and what lies loosely beside them.
#include "kinds/operator/family.h"

#include "core/model/name.h"
#include "core/model/space.h"
#include "kinds/access/carried.h"
#include "kinds/operator/class.h"
#include "kinds/operator/members.h"

namespace quoin {
namespace {
constexpr auto& fields = operator_family_fields;

Text alter(Id family, std::string_view verb, const List& members) {
  return concat("ALTER ", address_with_noun(family), " ", verb, "\n    ", join(members, ",\n    "));
}

List without(std::span<const Text> all, std::span<const Text> others) {
  List rest;
  for (const Text& one : all)
    if (!std::ranges::count(others, one)) rest.push_back(one);
  return rest;
}

List slots_in(const List& members) {
  List all;
  for (const Text& member : members) all.push_back(member_slot(member));
  return all;
}

// The family first, since what lies loosely in it may be ordered by itself, and classes come between.
Steps create(const Object& o) {
  Step made = making(o, concat("CREATE ", address_with_noun(o.id)));
  made.needs.clear();
  Steps steps = only(std::move(made));
  const auto members = o[fields.members];
  if (!members.empty())
    steps.push_back(
        {.sql = alter(o.id, "ADD", List(members.begin(), members.end())), .makes = {o.id}, .needs = o.needs});
  return steps;
}

Change change(const Delta& delta, const Users&) {
  const List gone = without((*delta.from)[fields.members], (*delta.to)[fields.members]),
             come = without((*delta.to)[fields.members], (*delta.from)[fields.members]);
  Steps steps;
  if (!gone.empty()) steps.push_back(in_place(delta, alter(delta.id, "DROP", slots_in(gone))));
  if (!gone.empty()) steps.back().needs.clear();
  if (!come.empty()) steps.push_back(in_place(delta, alter(delta.id, "ADD", come)));
  return steps;
}

void derive(Object& o, Schema& schema) { need_members(o, o[fields.members], schema); }

// A class without a family makes one of its own name.
bool implied(const Object& o, const Schema& schema) {
  const Object* own = schema.find(operator_class_kind, o.id->parent, o.id->name, o.id->signature);
  return !o.has(fields.members) && own && !own->has(operator_class_fields.family);
}

Text catalog(int) {
  constexpr MemberQuery loose{"2753", "f.oid", "a"};
  return concat(R"(
select 2753 as class, f.oid as oid, 0 as sub, 2615 as parent_class, f.opfnamespace as parent_oid, 0 as parent_sub,
  f.opfname as name, pg_catalog.format('(%I)', m.amname) as signature,
  )",
                members_of(loose), " as members,\n  ", member_addresses(loose), " as also",
                owner_column({"OPERATOR FAMILY", "pg_catalog.format('%I.%I USING %I', n.nspname, f.opfname, m.amname)",
                              "f.opfowner"}),
                R"(
from pg_catalog.pg_opfamily f join pg_catalog.pg_am m on m.oid = f.opfmethod
join pg_catalog.pg_namespace n on n.oid = f.opfnamespace where f.oid >= 16384)");
}

void read_create(ast::Node statement, Reading& reading) {
  const Id schema = reading.creation_schema(statement["opfamilyname"]);
  if (schema)
    reading.make(operator_family_kind, schema,
                 {parts_of(statement["opfamilyname"]).back(), signature_of_method(statement["amname"].text())});
}

void drop_members(ast::Node statement, List& members) {
  for (ast::Node item : statement["items"]) {
    const Text slot = slot_of_dropped(item);
    std::erase_if(members, [&](const Text& member) { return member_slot(member) == slot; });
  }
}

void read_alter(ast::Node statement, Reading& reading) {
  const Id id = family_named(statement["opfamilyname"], statement["amname"].text(), reading);
  Object* o = id ? reading.change(id) : nullptr;
  if (!o) return;
  const auto before = (*o)[fields.members];
  List members(before.begin(), before.end());
  if (statement["isDrop"].flag()) {
    drop_members(statement, members);
  } else {
    for (ast::Node item : statement["items"]) members.push_back(family_member(item, {{}, method_of(id)}, reading));
  }
  std::ranges::sort(members);
  o->put(fields.members, std::move(members));
}

constexpr StatementReader readers[] = {{"CreateOpFamilyStmt", "", read_create}, {"AlterOpFamilyStmt", "", read_alter}};
constexpr std::string_view parents[] = {"schema"};
}  // namespace

Text signature_of_method(std::string_view name) { return concat("(", quote_ident(name), ")"); }

std::string_view method_of(Id id) { return types_of(id->signature).at(0); }

constexpr Kind operator_family_kind{.name = "operator family",
                                    .key = "operator_families",
                                    .weight = 173,
                                    .fields = fields,
                                    .traits = replaceable | has_section | has_owner,
                                    .noun = "OPERATOR FAMILY",
                                    .object_type = "OBJECT_OPFAMILY",
                                    .addressed = &by_method,
                                    .space = space::operator_family,
                                    .parents = parents,
                                    .sql = {.create = create, .change = change},
                                    .reading = {.catalog = catalog, .readers = readers, .derive = derive},
                                    .yaml = {.implied = implied}};
}  // namespace quoin
