// Everything quoin knows about casts, which have no name: they are known by the types that they lead from and to.
#include "core/model/name.h"
#include "core/model/reading.h"
#include "core/sql/print.h"
#include "kinds/list.h"
#include "kinds/routine/routine.h"

namespace quoin {
namespace {
constexpr struct : FieldTable {
  Field<Text> function{*this, "function", "what converts; none: both types are stored alike", {.role = Role::routine}};
  Field<List> arguments{
      *this, "arguments", "the types that the function takes, where not the source alone", {.role = Role::type}};
  Field<bool> inout{*this, "inout", "it goes by way of text: the output of one, the input of the other"};
  Field<Text> context{*this,
                      "context",
                      "explicit, assignment or implicit: where it is used unasked",
                      {.fallback = "explicit", .words = "explicit|assignment|implicit"}};
} fields;

Text source_of(Id cast) { return Text(types_of(cast->signature).at(0)); }

Text called(const Object& o) {
  const auto arguments = o[fields.arguments];
  return concat(o[fields.function], "(", arguments.empty() ? source_of(o.id) : join(arguments, ", "), ")");
}

Text way(const Object& o) {
  if (o.has(fields.function)) return concat("WITH FUNCTION ", called(o));
  return o[fields.inout] ? "WITH INOUT" : "WITHOUT FUNCTION";
}

Steps create(const Object& o) {
  const Text context = o.has(fields.context) ? concat(" AS ", upper(o[fields.context])) : Text();
  return only(making(o, concat("CREATE ", address_with_noun(o.id), " ", way(o), context)));
}

Id schema_named(const Schema& schema, std::string_view name) {
  return schema.ids().find(schema_kind, Id(), Text(name));
}

void derive(Object& o, Schema& schema) {
  if (std::ranges::equal(o[fields.arguments], List{source_of(o.id)})) o.put(fields.arguments, List());
  for (Id type : o.id->names)
    if (const Id lies_in = schema_named(schema, type->parent->name))
      if (const Id there = schema.holder({space::type, lies_in, type->name, {}})) o.need(there);
  const List parts = name_parts(o[fields.function]);
  if (parts.size() != 2) return;
  const auto arguments = o[fields.arguments];
  const Text inputs = arguments.empty() ? source_of(o.id) : join(arguments, ", ");
  const Id lies_in = schema_named(schema, parts[0]);
  const Id function = lies_in ? schema.holder({space::routine, lies_in, parts[1], concat("(", inputs, ")")}) : Id();
  if (!function) return;
  o.need(function);
  // What it returns may be another type that a cast without a function makes the target of this one.
  const Object* made = schema.find(function);
  const FieldBase* returns = made ? function->kind->fields.find("returns") : nullptr;
  const Text returned = returns ? as_text(made->value(*returns)) : Text();
  const Id through =
      schema.ids().find(cast_kind, Id(), "", concat("(", returned, ", ", types_of(o.id->signature).at(1), ")"));
  if (through && through != o.id) o.want(through);
}

Text catalog(int) {
  return concat(R"(
select 2605 as class, c.oid as oid, 0 as sub, 0 as parent_class, 0 as parent_oid, 0 as parent_sub, '' as name,
  pg_catalog.format('(%s, %s)', pg_catalog.format_type(c.castsource, null), pg_catalog.format_type(c.casttarget, null))
    as signature, )",
                routine_name("c.castfunc"), R"( as function,
  (select pg_catalog.array_agg(pg_catalog.format_type(t.type, null) order by t.number)
    from pg_catalog.pg_proc p, pg_catalog.unnest(p.proargtypes::oid[]) with ordinality t(type, number)
    where p.oid = c.castfunc) as arguments,
  c.castmethod = 'i' as inout, case c.castcontext when 'a' then 'assignment' when 'i' then 'implicit' end as context
from pg_catalog.pg_cast c
where c.oid >= 16384 and not exists (select from pg_catalog.pg_depend d
  where d.classid = 2605 and d.objid = c.oid and d.deptype = 'i'))");
}

void read_create(ast::Node statement, Reading& reading) {
  const ast::Node types[] = {statement["sourcetype"], statement["targettype"]};
  Object* cast = reading.make(cast_kind, Id(), {"", reading.signature(types)});
  if (!cast) return;
  if (const ast::Node function = statement["func"]) {
    const Id there = reading.find_object("OBJECT_FUNCTION", function);
    cast->put(fields.function, there ? qualified(there) : ast::print_name(function["objname"]));
    List arguments;
    for (ast::Node type : function["objargs"]) arguments.push_back(reading.type(type));
    cast->put(fields.arguments, std::move(arguments));
  }
  cast->put(fields.inout, statement["inout"].flag());
  const std::string_view context = statement["context"].text();
  cast->put(fields.context, context == "COERCION_IMPLICIT"     ? "implicit"
                            : context == "COERCION_ASSIGNMENT" ? "assignment"
                                                               : "explicit");
}

constexpr StatementReader readers[] = {{"CreateCastStmt", "", read_create}};
}  // namespace

constexpr Kind cast_kind{.name = "cast",
                         .key = "casts",
                         .weight = 177,
                         .fields = fields,
                         .traits = replaceable | has_section,
                         .noun = "CAST",
                         .object_type = "OBJECT_CAST",
                         .addressed = &by_types,
                         .sql = {.create = create},
                         .reading = {.catalog = catalog, .readers = readers, .derive = derive}};
}  // namespace quoin
