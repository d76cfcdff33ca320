// Everything quoin knows about range types, each with its multirange type from PostgreSQL 14 on.
#include "core/model/name.h"
#include "core/model/reading.h"
#include "core/sql/print.h"
#include "kinds/access/carried.h"
#include "kinds/list.h"
#include "kinds/routine/routine.h"
#include "kinds/type/type_use.h"

namespace quoin {
namespace {
constexpr struct : FieldTable {
  Field<Text> subtype{*this, "range", "the type of its bounds", {.role = Role::type, .presence = Presence::filled}};
  Field<Text> operator_class{
      *this, "operator_class", "how bounds sort, where not as the type does", {.role = Role::text}};
  Field<Text> collation{*this, "collation", "how its texts sort", {.role = Role::collation}};
  Field<Text> canonical{*this, "canonical", "makes equal ranges look equal", {.role = Role::routine}};
  Field<Text> difference{
      *this, "subtype_diff", "how far two bounds are apart: for GiST indexes", {.role = Role::routine}};
  Field<Text> multirange{*this, "multirange", "name of its multirange type, where not the usual one", {.since = 14}};
} fields;

/// As makeMultirangeTypeName() in multirangetypes.c chooses it.
Text usual_multirange(std::string_view name) {
  constexpr std::string_view word = "range";
  const std::size_t at = name.find(word);
  if (at == name.npos) return object_name(name, {}, "multirange");
  return truncate_identifier(concat(name.substr(0, at), "multirange", name.substr(at + word.size())));
}
Text multirange_of(const Object& o) {
  return o.has(fields.multirange) ? Text(o[fields.multirange]) : usual_multirange(o.id->name);
}

Slots slots(const Object& o) {
  Slots all = own_slot(o);
  all.push_back({space::type, schema_of(o.id), multirange_of(o), {}});
  return all;
}

Text definition(const Object& o) {
  List terms{concat("SUBTYPE = ", o[fields.subtype])};
  const auto say = [&](std::string_view word, const Field<Text>& field) {
    if (o.has(field)) terms.push_back(concat(word, " = ", o[field]));
  };
  say("SUBTYPE_OPCLASS", fields.operator_class);
  say("COLLATION", fields.collation);
  say("CANONICAL", fields.canonical);
  say("SUBTYPE_DIFF", fields.difference);
  if (o.has(fields.multirange))
    terms.push_back(concat("MULTIRANGE_TYPE_NAME = ", quote_qualified(schema_of(o.id)->name, o[fields.multirange])));
  return concat("CREATE TYPE ", qualified(o.id), " AS RANGE (", join(terms, ", "), ")");
}
Steps create(const Object& o) { return only(making(o, definition(o))); }

/// What goes aside before it: the functions that make one of bounds, which keep their names, and its multirange type.
Text others_aside(const Object& o, std::string_view aside, int major) {
  const std::string_view schema = schema_of(o.id)->name;
  Text all;
  const auto rename = [&](std::string_view noun, std::string_view name, std::string_view inputs, std::string_view now) {
    all += concat("ALTER ", noun, " ", quote_qualified(schema, name), inputs, " RENAME TO ", quote_ident(now), ";\n");
  };
  const Text bounds = concat(o[fields.subtype], ", ", o[fields.subtype]), type = qualified(o.id);
  for (const Text& inputs : {concat("(", bounds, ")"), concat("(", bounds, ", text)")})
    rename("FUNCTION", o.id->name, inputs, aside);
  if (major != 0 && major < 14) return all;
  const Text multirange = multirange_of(o), now = usual_multirange(aside);
  for (const Text& inputs : {Text("()"), concat("(", type, ")"), concat("(", type, "[])")})
    rename("FUNCTION", multirange, inputs, now);
  rename("TYPE", multirange, "", now);
  return all;
}

Steps rewrite(const Delta& delta, const Users& users) {
  Step made = making(*delta.to, definition(*delta.to));
  if (users.storing(delta.id).empty()) {
    Steps steps = drop_steps(*delta.from);
    steps.push_back(std::move(made));
    return steps;
  }
  Steps steps = swapped(delta, users, std::move(made));
  steps.front().sql.insert(0, others_aside(*delta.from, users.aside(delta.id), users.from.major));
  return steps;
}
Change change(const Delta& delta, const Users& users) { return rewrite(delta, users); }

Follow on_rebuild(const Delta& type, const Rebuilt& rebuilt, const Users& users) {
  if (rebuilt.manner == Rebuilt::Manner::in_place) return Unaffected{};
  return rewrite(type, users);
}

// Said where the rows follow: bounds of another type, or in another order, may not make a range.
std::vector<Hazard> hazards_of_move(const Delta& delta, const Users&) {
  if (!delta.touches(fields.subtype) && !delta.touches(fields.operator_class) && !delta.touches(fields.collation) &&
      !delta.touches(fields.canonical))
    return {};
  return {{"may-fail", concat("rows whose bounds do not fit ", path(delta.id), " as it is to be make it fail")}};
}

void derive(Object& o, Schema&) {
  if (o[fields.multirange] == usual_multirange(o.id->name)) o.put(fields.multirange, Text());
}

Text catalog(int server_version) {
  return concat(R"(
select 1247 as class, t.oid as oid, 0 as sub, 2615 as parent_class, t.typnamespace as parent_oid, 0 as parent_sub,
  t.typname as name, pg_catalog.format_type(g.rngsubtype, null) as "range",
  case when not o.opcdefault then pg_catalog.format('%I.%I', oc.nspname, o.opcname) end as operator_class,
  case when g.rngcollation <> s.typcollation then (select pg_catalog.format('%I.%I', cn.nspname, co.collname)
    from pg_catalog.pg_collation co join pg_catalog.pg_namespace cn on cn.oid = co.collnamespace
    where co.oid = g.rngcollation) end as collation, )",
                routine_name("g.rngcanonical::pg_catalog.oid"), " as canonical,\n  ",
                routine_name("g.rngsubdiff::pg_catalog.oid"), " as subtype_diff,",
                server_version < 140000 ? "\n  array['1247:' || t.typarray || ':0'] as also" : R"(
  m.typname as multirange,
  array['1247:' || t.typarray || ':0', '1247:' || m.oid || ':0', '1247:' || m.typarray || ':0'] as also)",
                owner_column({"TYPE", "pg_catalog.format('%I.%I', n.nspname, t.typname)", "t.typowner"}), R"(
from pg_catalog.pg_range g join pg_catalog.pg_type t on t.oid = g.rngtypid
join pg_catalog.pg_namespace n on n.oid = t.typnamespace
join pg_catalog.pg_type s on s.oid = g.rngsubtype
join pg_catalog.pg_opclass o on o.oid = g.rngsubopc
join pg_catalog.pg_namespace oc on oc.oid = o.opcnamespace)",
                server_version < 140000 ? "" : "\njoin pg_catalog.pg_type m on m.oid = g.rngmultitypid",
                "\nwhere t.oid >= 16384");
}

Text name_in(ast::Node value) { return ast::print_name(value.is("TypeName") ? value["names"] : value); }

void put(std::string_view word, ast::Node value, Object& o, Reading& reading) {
  if (word == "subtype") o.put(fields.subtype, reading.type(value));
  if (word == "subtype_opclass") o.put(fields.operator_class, name_in(value));
  if (word == "collation") o.put(fields.collation, name_in(value));
  if (word == "canonical") o.put(fields.canonical, name_in(value));
  if (word == "subtype_diff") o.put(fields.difference, name_in(value));
  if (word == "multirange_type_name") o.put(fields.multirange, name_parts(name_in(value)).back());
}

void read_create(ast::Node statement, Reading& reading) {
  const Id schema = reading.creation_schema(statement["typeName"]);
  Object* o = schema ? reading.make(range_kind, schema, parts_of(statement["typeName"]).back()) : nullptr;
  if (!o) return;
  for (ast::Node one : statement["params"]) put(lower(one["defname"].text()), one["arg"], *o, reading);
}

constexpr StatementReader readers[] = {{"CreateRangeStmt", "", read_create}};
constexpr std::string_view parents[] = {"schema"};
}  // namespace

constexpr Kind range_kind{.name = "range type",
                          .key = "types",
                          .weight = 55,
                          .fields = fields,
                          .traits = has_section | has_owner,
                          .noun = "TYPE",
                          .object_type = "OBJECT_TYPE",
                          .space = space::type,
                          .parents = parents,
                          .rights = &type_rights,
                          .slots = slots,
                          .sql = {.create = create, .change = change, .on_rebuild = on_rebuild},
                          .cost = {.of_move = hazards_of_move},
                          .reading = {.catalog = catalog, .readers = readers, .derive = derive}};
}  // namespace quoin
