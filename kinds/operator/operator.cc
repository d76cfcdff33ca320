// Everything quoin knows about operators.
#include "kinds/operator/operator.h"

#include "core/model/name.h"
#include "core/model/space.h"
#include "core/sql/print.h"
#include "kinds/access/carried.h"
#include "kinds/list.h"
#include "kinds/routine/routine.h"
#include "kinds/users.h"
#include "kinds/view/query.h"

namespace quoin {
namespace {
constexpr struct : FieldTable {
  Field<Text> function{*this, "function", "what computes it", {.role = Role::routine, .presence = Presence::filled}};
  Field<Text> commutator{*this, "commutator", "the operator with its sides swapped: OPERATOR(pg_catalog.>)"};
  Field<Text> negator{*this, "negator", "the operator that says the opposite: OPERATOR(pg_catalog.<>)"};
  Field<Text> restrict {
      *this, "restrict", "estimates how many rows of one table it lets through", {.role = Role::routine}};
  Field<Text> join{*this, "join", "estimates how many rows of a join it lets through", {.role = Role::routine}};
  Field<bool> hashes{*this, "hashes", "a hash join can use it"};
  Field<bool> merges{*this, "merges", "a merge join can use it"};
} fields;

constexpr std::string_view none = "NONE";

std::vector<std::string_view> operands(Id id) { return types_of(id->signature); }

// What its function takes: an operator with one side has that alone.
Text function_signature(Id id) {
  List types;
  for (const std::string_view type : operands(id))
    if (type != none) types.emplace_back(type);
  return concat("(", join(types, ", "), ")");
}
Text swapped(Id id) {
  const auto types = operands(id);
  return concat("(", types.at(1), ", ", types.at(0), ")");
}

Steps create(const Object& o) {
  List terms{concat("FUNCTION = ", o[fields.function])};
  const auto types = operands(o.id);
  if (types.at(0) != none) terms.push_back(concat("LEFTARG = ", types[0]));
  if (types.at(1) != none) terms.push_back(concat("RIGHTARG = ", types[1]));
  for (const Field<Text>* field : {&fields.commutator, &fields.negator, &fields.restrict, &fields.join})
    if (o.has(*field)) terms.push_back(concat(upper(field->name), " = ", o[*field]));
  if (o[fields.hashes]) terms.emplace_back("HASHES");
  if (o[fields.merges]) terms.emplace_back("MERGES");
  const Text address = quoin::address(o.id);
  return only(making(o, concat("CREATE OPERATOR ", address.substr(0, address.size() - o.id->signature.size() - 1),
                               " (\n    ", join(terms, ",\n    "), "\n)")));
}

/// The other one of a pair, which goes or comes in the same plan and sets this side of it too.
bool is_set_by_other(const Delta& delta, const Field<Text>& side, const Users& users) {
  const Text signature = &side == &fields.commutator ? swapped(delta.id) : delta.id->signature;
  const Object& said = delta.to->has(side) ? *delta.to : *delta.from;
  if (delta.to->has(side) && delta.from->has(side)) return false;
  const Schema &there = delta.to->has(side) ? users.to : users.from,
               &before = delta.to->has(side) ? users.from : users.to;
  const Id other = operator_named(said[side], signature, there);
  if (!other || before.find(other)) return false;
  const Object& pair = *there.find(other);
  return operator_named(pair[side], &side == &fields.commutator ? swapped(other) : other->signature, there) == delta.id;
}

// Only 17 and later set what else decides how plans may use it, and only where it was not set before.
Change change(const Delta& delta, const Users& users) {
  const Cannot cannot{concat("only what estimates for ", path(delta.id), " can change in place")};
  const Object& to = *delta.to;
  const bool sets_more = users.from.major >= 17;
  List terms;
  if (delta.touches(fields.function)) return cannot;
  for (const Field<Text>* field : {&fields.restrict, &fields.join})
    if (delta.touches(*field)) terms.push_back(concat(upper(field->name), " = ", to.has(*field) ? to[*field] : none));
  for (const Field<Text>* field : {&fields.commutator, &fields.negator}) {
    if (!delta.touches(*field) || is_set_by_other(delta, *field, users)) continue;
    if (!sets_more || delta.from->has(*field)) return cannot;
    terms.push_back(concat(upper(field->name), " = ", to[*field]));
  }
  for (const Field<bool>* field : {&fields.hashes, &fields.merges}) {
    if (!delta.touches(*field)) continue;
    if (!sets_more || !to[*field]) return cannot;
    terms.push_back(upper(field->name));
  }
  if (terms.empty()) return Steps{};
  return only(in_place(delta, concat("ALTER ", address_with_noun(delta.id), " SET (", join(terms, ", "), ")")));
}

void derive(Object& o, Schema& schema) {
  need_own_types(o, schema);
  if (const Id function = routine_taking(o[fields.function], function_signature(o.id), schema)) o.need(function);
}

// A shell, which only another one's words have made, is none.
Text catalog(int) {
  return concat(R"(
select 2617 as class, o.oid as oid, 0 as sub, 2615 as parent_class, o.oprnamespace as parent_oid, 0 as parent_sub,
  o.oprname as name, pg_catalog.format('(%s, %s)',
    case o.oprleft when 0 then 'NONE' else pg_catalog.format_type(o.oprleft, null) end,
    case o.oprright when 0 then 'NONE' else pg_catalog.format_type(o.oprright, null) end) as signature,
  )",
                routine_name("o.oprcode::pg_catalog.oid"), " as function, ", operator_text_of("o.oprcom"),
                " as commutator,\n  ", operator_text_of("o.oprnegate"), " as negator, ",
                routine_name("o.oprrest::pg_catalog.oid"), " as restrict, ", routine_name("o.oprjoin::pg_catalog.oid"),
                R"( as join,
  o.oprcanhash as hashes, o.oprcanmerge as merges)",
                owner_column({"OPERATOR",
                              "pg_catalog.format('%I.%s (%s, %s)', n.nspname, o.oprname, case o.oprleft when 0 then "
                              "'NONE' else pg_catalog.format_type(o.oprleft, null) end, case o.oprright when 0 then "
                              "'NONE' else pg_catalog.format_type(o.oprright, null) end)",
                              "o.oprowner"}),
                R"(
from pg_catalog.pg_operator o join pg_catalog.pg_namespace n on n.oid = o.oprnamespace
where o.oid >= 16384 and o.oprcode <> 0)");
}

Text other_name(ast::Node value, Reading& reading) {
  const List parts = parts_of(value);
  if (parts.size() > 1) return operator_text(parts[parts.size() - 2], parts.back());
  const Id schema = reading.creation_schema(value);
  return operator_text(schema ? std::string_view(schema->name) : "pg_catalog", parts.back());
}

void put(ast::Node definition, Object& o, Reading& reading) {
  for (ast::Node one : definition) {
    const Text word = lower(one["defname"].text());
    const ast::Node value = one["arg"];
    if (word == "function" || word == "procedure") o.put(fields.function, routine_in(value));
    if (word == "restrict") o.put(fields.restrict, routine_in(value));
    if (word == "join") o.put(fields.join, routine_in(value));
    if (word == "commutator") o.put(fields.commutator, other_name(value, reading));
    if (word == "negator") o.put(fields.negator, other_name(value, reading));
    if (word == "hashes" || word == "merges") o.put(*o.id->kind->fields.find(word), Value(option_is_on(value)));
  }
}

// The one that comes second fills in what the first left open: OperatorUpd() in pg_operator.c.
void tell_other(const Object& o, const Field<Text>& side, Reading& reading) {
  const Text signature = &side == &fields.commutator ? swapped(o.id) : o.id->signature;
  Object* other = reading.schema().find(operator_named(o[side], signature, reading.schema()));
  if (other && !other->has(side)) other->put(side, operator_text(schema_of(o.id)->name, o.id->name));
}

void read_create(ast::Node statement, Reading& reading) {
  Text types[] = {Text(none), Text(none)};
  for (ast::Node one : statement["definition"]) {
    const Text word = lower(one["defname"].text());
    if (word == "leftarg") types[0] = reading.type(one["arg"]);
    if (word == "rightarg") types[1] = reading.type(one["arg"]);
  }
  const Id schema = reading.creation_schema(statement["defnames"]);
  if (!schema) return;
  Object* o = reading.make(operator_kind, schema,
                           {parts_of(statement["defnames"]).back(), concat("(", types[0], ", ", types[1], ")")});
  if (!o) return;
  put(statement["definition"], *o, reading);
  tell_other(*o, fields.commutator, reading);
  tell_other(*o, fields.negator, reading);
}

void read_alter(ast::Node statement, Reading& reading) {
  const Id id = reading.find_object(operator_kind.object_type, statement["opername"]);
  if (Object* o = id ? reading.change(id) : nullptr) put(statement["options"], *o, reading);
}

constexpr StatementReader readers[] = {{"DefineStmt", "OBJECT_OPERATOR", read_create},
                                       {"AlterOperatorStmt", "", read_alter}};
constexpr std::string_view parents[] = {"schema"};
}  // namespace

Text operator_text(std::string_view schema, std::string_view name) {
  return concat("OPERATOR(", quote_ident(schema), ".", name, ")");
}

Id operator_named(std::string_view text, std::string_view signature, const Schema& schema) {
  constexpr std::string_view before = "OPERATOR(";
  const std::size_t dot = text.rfind('.');
  if (!text.starts_with(before) || dot == text.npos) return {};
  const Id lies_in =
      schema.holder({space::schema, Id(), unquote_ident(text.substr(before.size(), dot - before.size())), {}});
  const Text name(text.substr(dot + 1, text.size() - dot - 2));
  return lies_in ? schema.holder({space::operator_, lies_in, name, Text(signature)}) : Id();
}

Text operator_text_of(std::string_view oid) {
  return concat(
      "(select pg_catalog.format('OPERATOR(%I.%s)', pn.nspname, p.oprname) from pg_catalog.pg_operator p join "
      "pg_catalog.pg_namespace pn on pn.oid = p.oprnamespace where p.oid = ",
      oid, ")");
}

Id routine_taking(std::string_view qualified_name, std::string_view signature, const Schema& schema) {
  const List parts = name_parts(qualified_name);
  const Id lies_in = parts.size() == 2 ? schema.holder({space::schema, Id(), parts[0], {}}) : Id();
  return lies_in ? schema.holder({space::routine, lies_in, parts[1], Text(signature)}) : Id();
}

Text routine_in(ast::Node value) {
  if (!value) return {};
  return ast::print_name(value.is("TypeName") ? value["names"] : value);
}

void need_own_types(Object& o, const Schema& schema) {
  for (Id type : o.id->names) {
    const Id lies_in = type->parent ? schema.holder({space::schema, Id(), type->parent->name, {}}) : Id();
    if (const Id there = lies_in ? schema.holder({space::type, lies_in, type->name, {}}) : Id()) o.need(there);
  }
}

Text refuse_rename(Id id, std::string_view new_name) {
  throw Error(Code::input, concat(path(id), " cannot be renamed to ", new_name), {},
              "PostgreSQL has no way to rename it: leave renamed_from out, so that it is dropped and made anew");
}

constexpr Kind operator_kind{.name = "operator",
                             .key = "operators",
                             .weight = 172,
                             .fields = fields,
                             .traits = replaceable | has_section | has_owner,
                             .noun = "OPERATOR",
                             .object_type = "OBJECT_OPERATOR",
                             .addressed = &by_operands,
                             .space = space::operator_,
                             .parents = parents,
                             .sql = {.create = create, .change = change, .rename = refuse_rename},
                             .reading = {.catalog = catalog, .readers = readers, .derive = derive}};
}  // namespace quoin
