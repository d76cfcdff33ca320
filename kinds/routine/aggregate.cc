// Everything quoin knows about aggregates: ordinary, moving and ordered-set ones.
#include "core/model/reading.h"
#include "core/model/space.h"
#include "core/sql/print.h"
#include "kinds/access/carried.h"
#include "kinds/database/extension_dependency.h"
#include "kinds/list.h"
#include "kinds/routine/routine.h"

namespace quoin {
namespace {
constexpr struct : FieldTable {
  Field<Text> sfunc{*this, "sfunc", "takes a row into the state", {.role = Role::routine}};
  Field<List> arguments{*this, "arguments", "its arguments: [mode] [name] type", {.role = Role::argument}};
  Field<std::int64_t> direct{
      *this, "direct", "of an ordered-set aggregate: how many arguments stand before ORDER BY", {.fallback = -1}};
  Field<Text> stype{*this, "stype", "type of the state", {.role = Role::type}};
  Field<std::int64_t> sspace{*this, "sspace", "estimated bytes of the state"};
  Field<Text> finalfunc{*this, "finalfunc", "makes the result of the state", {.role = Role::routine}};
  Field<bool> finalfunc_extra{*this, "finalfunc_extra", "it gets the arguments' types too"};
  Field<Text> finalfunc_modify{*this, "finalfunc_modify",
                               "read_only, shareable or read_write: what it does to the state"};
  Field<Text> combinefunc{*this, "combinefunc", "makes one state of two", {.role = Role::routine}};
  Field<Text> serialfunc{*this, "serialfunc", "writes a state of type internal", {.role = Role::routine}};
  Field<Text> deserialfunc{*this, "deserialfunc", "reads it again", {.role = Role::routine}};
  Field<List> initcond{*this, "initcond", "the first state, a list of one; none: null", {.role = Role::text}};
  Field<Text> msfunc{*this, "msfunc", "as sfunc, in moving windows", {.role = Role::routine}};
  Field<Text> minvfunc{*this, "minvfunc", "takes a row out again", {.role = Role::routine}};
  Field<Text> mstype{*this, "mstype", "as stype, in moving windows", {.role = Role::type}};
  Field<std::int64_t> msspace{*this, "msspace", "as sspace, in moving windows"};
  Field<Text> mfinalfunc{*this, "mfinalfunc", "as finalfunc, in moving windows", {.role = Role::routine}};
  Field<bool> mfinalfunc_extra{*this, "mfinalfunc_extra", "as finalfunc_extra, in moving windows"};
  Field<Text> mfinalfunc_modify{*this, "mfinalfunc_modify", "as finalfunc_modify, in moving windows"};
  Field<List> minitcond{*this, "minitcond", "as initcond, in moving windows", {.role = Role::text}};
  Field<Text> sortop{*this, "sortop", "by which an index gives the result: OPERATOR(pg_catalog.>)"};
  Field<Text> parallel{
      *this, "parallel", "safe, restricted or unsafe", {.fallback = "unsafe", .words = "safe|restricted|unsafe"}};
  Field<bool> hypothetical{*this, "hypothetical", "asks where a row of its direct arguments would stand"};
  Field<Text> returns{*this, "returns", "type of its result", {.role = Role::type, .counts = Counts::derived}};
} fields;

Text ordered(const Object& o) {
  const auto all = o[fields.arguments];
  const std::int64_t direct = o[fields.direct];
  if (direct < 0) return all.empty() ? Text("*") : join(all, ", ");
  const List before(all.begin(), all.begin() + direct);
  List after(all.begin() + direct, all.end());
  // One VARIADIC stands for the last on both sides.
  if (after.empty() && !before.empty() && before.back().starts_with("VARIADIC ")) after.push_back(before.back());
  return concat(join(before, ", "), before.empty() ? "ORDER BY " : " ORDER BY ", join(after, ", "));
}

/// What a field says in the definition; empty where it is as it would be without.
Text clause(const FieldBase& field, const Object& o) {
  if (!o.has(field) || !is_compared(field.counts) || &field == &fields.arguments || &field == &fields.direct) return {};
  const Value& value = o.value(field);
  if (std::holds_alternative<bool>(value)) return Text(field.name);
  if (const auto* number = std::get_if<std::int64_t>(&value)) return concat(field.name, " = ", std::to_string(*number));
  if (const auto* list = std::get_if<List>(&value)) return concat(field.name, " = ", quote_literal(list->front()));
  return concat(field.name, " = ", std::get<Text>(value));
}

Text definition(const Object& o, std::string_view verb) {
  List clauses;
  for (const FieldBase* field : o.id->kind->fields)
    if (Text one = clause(*field, o); !one.empty()) clauses.push_back(std::move(one));
  return concat(verb, " AGGREGATE ", qualified(o.id), "(", ordered(o), ") (\n    ", join(clauses, ",\n    "), "\n)");
}

Steps create(const Object& o) { return only(making(o, definition(o, "CREATE"))); }

// As ProcedureCreate() and AggregateCreate() replace what is there: it keeps its arguments, kind and result.
Change change(const Delta& delta, const Users& users) {
  for (const FieldBase* field :
       std::initializer_list<const FieldBase*>{&fields.arguments, &fields.direct, &fields.hypothetical})
    if (delta.touches(*field)) return Cannot{concat("the ", field->name, " of ", path(delta.id), " changes")};
  const std::string_view before = (*delta.from)[fields.returns], after = (*delta.to)[fields.returns];
  const bool may_differ = delta.touches(fields.stype) || delta.touches(fields.finalfunc);
  if (may_differ && (before != after || after.empty()))
    return Cannot{concat("the result of ", path(delta.id), " may be of another type")};
  Steps steps = only(in_place(delta, definition(*delta.to, "CREATE OR REPLACE")));
  tie_again(delta, users, steps);
  return steps;
}

void derive(Object& o, Schema&) {
  const auto is_default = [&](const Field<Text>& modify) {
    return o[modify] == (o.has(fields.direct) ? "read_write" : "read_only");
  };
  for (const Field<Text>* modify : {&fields.finalfunc_modify, &fields.mfinalfunc_modify})
    if (is_default(*modify)) o.put(*modify, Value());
  if (!o.has(fields.finalfunc)) o.put(fields.returns, Text(o[fields.stype]));
}

Text catalog(int) {
  Text functions;
  constexpr std::pair<std::string_view, std::string_view> all[] = {
      {"aggtransfn", "sfunc"},        {"aggfinalfn", "finalfunc"},       {"aggcombinefn", "combinefunc"},
      {"aggserialfn", "serialfunc"},  {"aggdeserialfn", "deserialfunc"}, {"aggmtransfn", "msfunc"},
      {"aggminvtransfn", "minvfunc"}, {"aggmfinalfn", "mfinalfunc"}};
  for (const auto& one : all)
    functions += concat("\n  ", routine_name(concat("a.", one.first, "::pg_catalog.oid")), " as ", one.second, ",");
  return concat(R"(
select 1255 as class, p.oid as oid, 0 as sub, 2615 as parent_class, p.pronamespace as parent_oid, 0 as parent_sub,
  p.proname as name, '(' || coalesce((select pg_catalog.string_agg(pg_catalog.format_type(t.type, null), ', '
    order by t.number) from pg_catalog.unnest(p.proargtypes::oid[]) with ordinality t(type, number)), '') || ')'
    as signature,
  (select pg_catalog.array_agg(case t.mode when 'v' then 'VARIADIC ' else '' end
      || case when t.name <> '' then pg_catalog.quote_ident(t.name) || ' ' else '' end
      || pg_catalog.format_type(t.type, null) order by t.number)
    from rows from (pg_catalog.unnest(p.proargtypes::oid[]), pg_catalog.unnest(p.proargmodes),
      pg_catalog.unnest(p.proargnames)) with ordinality t(type, mode, name, number)) as arguments,
  case when a.aggkind <> 'n' then a.aggnumdirectargs end as direct,)",
                functions, R"(
  pg_catalog.format_type(a.aggtranstype, null) as stype, nullif(a.aggtransspace, 0) as sspace,
  a.aggfinalextra as finalfunc_extra,
  case a.aggfinalmodify when 'r' then 'read_only' when 's' then 'shareable' else 'read_write' end as finalfunc_modify,
  case when a.agginitval is not null then array[a.agginitval] end as initcond,
  case when a.aggmtranstype <> 0 then pg_catalog.format_type(a.aggmtranstype, null) end as mstype,
  nullif(a.aggmtransspace, 0) as msspace, a.aggmfinalextra as mfinalfunc_extra,
  case a.aggmfinalmodify when 'r' then 'read_only' when 's' then 'shareable' else 'read_write' end
    as mfinalfunc_modify,
  case when a.aggminitval is not null then array[a.aggminitval] end as minitcond,
  (select pg_catalog.format('OPERATOR(%I.%s)', n.nspname, o.oprname) from pg_catalog.pg_operator o
    join pg_catalog.pg_namespace n on n.oid = o.oprnamespace where o.oid = a.aggsortop) as sortop,
  case p.proparallel when 's' then 'safe' when 'r' then 'restricted' end as parallel,
  a.aggkind = 'h' as hypothetical, pg_catalog.format_type(p.prorettype, null) as returns)",
                owner_column({"ROUTINE", "p.oid::pg_catalog.regprocedure", "p.proowner"}), R"(
from pg_catalog.pg_aggregate a join pg_catalog.pg_proc p on p.oid = a.aggfnoid::oid
where p.oid >= 16384)");
}

Text word(ast::Node value) { return lower(value.is("TypeName") ? value["names"].items().back().text() : value.text()); }
Text name(ast::Node value) { return ast::print_name(value.is("TypeName") ? value["names"] : value); }

Text operator_text(ast::Node value) {
  const List parts = value.texts();
  return concat("OPERATOR(", parts.size() > 1 ? quote_ident(parts.front()) : "pg_catalog", ".", parts.back(), ")");
}

void put(const FieldBase& field, ast::Node value, Object& o, Reading& reading) {
  if (&field == &fields.sortop) return o.put(field, operator_text(value));
  if (field.role == Role::routine) return o.put(field, name(value));
  if (field.role == Role::type) return o.put(field, reading.type(value));
  if (field.role == Role::text) return o.put(field, List{Text(value.text())});
  if (field.shape == shape_of<bool>) return o.put(field, true);
  if (field.shape == shape_of<std::int64_t>) return o.put(field, std::int64_t{value.number()});
  if (field.shape == shape_of<Text>) o.put(field, word(value));
}

struct Inputs {
  List arguments{};
  std::vector<ast::Node> types{};
};
Inputs inputs_of(ast::Node statement, Reading& reading) {
  Inputs all;
  if (statement["oldstyle"].flag()) {
    for (ast::Node one : statement["definition"])
      if (lower(one["defname"].text()) == "basetype" && word(one["arg"]) != "any") all.types.push_back(one["arg"]);
    for (ast::Node type : all.types) all.arguments.push_back(reading.type(type));
    return all;
  }
  for (ast::Node parameter : statement["args"].items()[0]) {
    const std::string_view called = parameter["name"].text();
    const bool variadic = parameter["mode"].text() == "FUNC_PARAM_VARIADIC";
    all.types.push_back(parameter["argType"]);
    all.arguments.push_back(concat(variadic ? "VARIADIC " : "", called.empty() ? "" : quote_ident(called) + " ",
                                   reading.type(parameter["argType"])));
  }
  return all;
}

void read_define(ast::Node statement, Reading& reading) {
  const Inputs inputs = inputs_of(statement, reading);
  const Id schema = reading.creation_schema(statement["defnames"]);
  if (!schema) return;
  const Existing existing = statement["replace"].flag() ? Existing::replace : Existing::error;
  Object* o = reading.make(aggregate_kind, schema,
                           {parts_of(statement["defnames"]).back(), reading.signature(inputs.types)}, existing);
  if (!o) return;
  untie(o->id, reading);
  o->put(fields.arguments, inputs.arguments);
  const auto args = statement["args"].items();
  if (args.size() > 1) o->put(fields.direct, std::int64_t{args[1].number()});
  for (ast::Node one : statement["definition"]) {
    const Text called = lower(one["defname"].text());
    const FieldBase* field = aggregate_kind.fields.find(called == "sfunc1"   ? "sfunc"
                                                        : called == "stype1" ? "stype"
                                                                             : called);
    if (field != nullptr) put(*field, one["arg"], *o, reading);
  }
}

constexpr StatementReader readers[] = {{"DefineStmt", "OBJECT_AGGREGATE", read_define}};
constexpr std::string_view parents[] = {"schema"};
}  // namespace

constexpr Kind aggregate_kind{.name = "aggregate",
                              .key = "aggregates",
                              .weight = 175,
                              .fields = fields,
                              .traits = replaceable | has_section | has_owner,
                              .noun = "AGGREGATE",
                              .object_type = "OBJECT_AGGREGATE",
                              .addressed = &by_inputs,
                              .space = space::routine,
                              .parents = parents,
                              .rights = &function_rights,
                              .sql = {.create = create, .change = change},
                              .reading = {.catalog = catalog, .readers = readers, .derive = derive}};
}  // namespace quoin
