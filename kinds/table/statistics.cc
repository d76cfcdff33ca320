// Everything quoin knows about extended statistics: what ANALYZE collects of several columns or expressions together.
#include "core/sql/print.h"
#include "kinds/access/carried.h"
#include "kinds/column/column.h"

namespace quoin {
namespace {
Text set_target(const Object& from, const Object& to);

constexpr struct : FieldTable {
  Field<Text> relation{
      *this, "from", "the table or materialized view", {.role = Role::relation, .presence = Presence::filled}};
  Field<List> columns{*this, "columns", "columns of it", {.role = Role::column, .counts = Counts::in_any_order}};
  Field<List> expressions{
      *this, "expressions", "expressions over its columns", {.role = Role::expression, .counts = Counts::in_any_order}};
  Field<List> kinds{*this,
                    "kinds",
                    "what is collected; none: all of it",
                    {.counts = Counts::in_any_order, .words = "ndistinct|dependencies|mcv"}};
  Field<std::int64_t> target{
      *this, "target", "how much of it; none: as much as for a column", {.fallback = -1, .alter = set_target}};
} fields;
constexpr std::size_t all_sorts = 3;  // of `kinds`

Text set_target(const Object&, const Object& to) {
  return concat("ALTER STATISTICS ", qualified(to.id), " SET STATISTICS ", std::to_string(to[fields.target]));
}

/// "(mcv) ON a, (a + b) FROM public.t", the keywords as `spelled`.
Text definition(const Object& o, Text (*spelled)(std::string_view)) {
  const auto kinds = o[fields.kinds];
  List parts;
  for (const Text& column : o[fields.columns]) parts.push_back(quote_ident(column));
  for (const Text& expression : o[fields.expressions]) parts.push_back(in_parentheses(expression));
  return concat(kinds.empty() ? "" : concat("(", join(kinds, ", "), ") "), spelled("ON "), join(parts, ", "),
                spelled(" FROM "), o[fields.relation]);
}

Steps create(const Object& o) {
  Steps steps = only(making(o, concat("CREATE STATISTICS ", qualified(o.id), " ", definition(o, upper))));
  if (o.has(fields.target)) steps.push_back({.sql = set_target(o, o), .needs = {o.id}});
  return steps;
}

// With a column that gets another type the server makes them anew, from 14 on, and forgets the target and the owner.
Follow on_rebuild(const Delta& statistics, const Rebuilt& rebuilt, const Users& users) {
  const Object &from = *statistics.from, &to = *statistics.to;
  if (rebuilt.manner == Rebuilt::Manner::anew || !server_follows(to, rebuilt.object)) return Replaced{};
  if (to.has(fields.expressions) && changes_meaning(rebuilt.object, users)) return Replaced{};
  Steps steps;
  if (to.has(fields.target)) steps.push_back(in_place(statistics, set_target(to, to)));
  for (const Carried& carried : from.carried) steps.push_back(in_place(statistics, carried.sql));
  return steps.empty() ? Follow(Unaffected{}) : Follow(std::move(steps));
}

// To collect all is what a statement without a list does.
void derive(Object& o, Schema&) {
  List expressions;
  for (const Text& one : o[fields.expressions]) expressions.push_back(settled(without_parentheses(one)));
  o.put(fields.expressions, std::move(expressions));
  if (o[fields.kinds].size() == all_sorts) o.put(fields.kinds, List());
}

Text catalog(int server_version) {
  return concat(
      R"(
select 3381 as class, s.oid as oid, 0 as sub, 2615 as parent_class, s.stxnamespace as parent_oid, 0 as parent_sub,
  s.stxname as name, pg_catalog.format('%I.%I', cn.nspname, c.relname) as "from",
  (select pg_catalog.array_agg(a.attname order by a.attnum) from pg_catalog.pg_attribute a
    where a.attrelid = s.stxrelid and a.attnum = any (s.stxkeys)) as columns, )",
      server_version >= 140000 ? "pg_catalog.pg_get_statisticsobjdef_expressions(s.oid) as expressions, " : "",
      server_version >= 130000 ? "nullif(s.stxstattarget, -1) as target, " : "", R"(
  array_remove(array[case when 'd' = any (s.stxkind) then 'ndistinct' end, case when 'f' = any (s.stxkind) then
    'dependencies' end, case when 'm' = any (s.stxkind) then 'mcv' end], null) as kinds)",
      owner_column({"STATISTICS", "pg_catalog.format('%I.%I', n.nspname, s.stxname)", "s.stxowner"}), R"(
from pg_catalog.pg_statistic_ext s
join pg_catalog.pg_namespace n on n.oid = s.stxnamespace
join pg_catalog.pg_class c on c.oid = s.stxrelid
join pg_catalog.pg_namespace cn on cn.oid = c.relnamespace
where (c.relkind = 'm' and c.oid >= 16384) or ()",
      modelled_table("c"), ")");
}

/// What statistics are made over; `names`: what their own name is made of.
struct Elements {
  List columns{}, expressions{}, names{};
  void add(ast::Node element) {
    const ast::Node expression = element["expr"];
    if (element.has("name") || expression.is("ColumnRef"))
      add_column(Text(element.has("name") ? element["name"].text() : expression["fields"].items().back().text()));
    else
      add_expression(ast::print(expression));
  }
  void add_column(Text name) {
    names.push_back(name);
    columns.push_back(std::move(name));
  }
  void add_expression(Text text) {
    names.emplace_back("expr");
    expressions.push_back(std::move(text));
  }
};

/// As ChooseExtendedStatisticName() in statscmds.c has it.
Text chosen_name(Id relation, const Elements& elements, Reading& reading) {
  List parts{relation->name};
  parts.insert(parts.end(), elements.names.begin(), elements.names.end());
  return reading.choose_name(parts, "stat", statistics_kind.name, schema_of(relation));
}

void read_create(ast::Node statement, Reading& reading) {
  const ast::Node relation = statement["relations"].size() == 1 ? statement["relations"].items()[0] : ast::Node();
  if (!relation.has("relname")) return reading.unknown(Id(), "statistics of more than one relation");
  Elements elements;
  for (ast::Node element : statement["exprs"]) elements.add(element);
  Text name;
  Id schema;
  if (statement.has("defnames")) {
    name = truncate_identifier(parts_of(statement["defnames"]).back());
    schema = reading.creation_schema(statement["defnames"]);
  } else if (const Id found = reading.find(space::relation, relation)) {
    name = chosen_name(found, elements, reading);
    schema = schema_of(found);
  }
  if (!schema) return;
  const Existing existing = statement["if_not_exists"].flag() ? Existing::keep : Existing::error;
  Object* o = reading.make(statistics_kind, schema, std::move(name), existing);
  if (!o) return;
  o->put(fields.relation, ast::print_name(relation));
  o->put(fields.kinds, statement["stat_types"].texts());
  o->put(fields.columns, std::move(elements.columns));
  o->put(fields.expressions, std::move(elements.expressions));
}

void read_alter(ast::Node statement, Reading& reading) {
  const Absent absent = statement["missing_ok"].flag() ? Absent::ignore : Absent::error;
  const Id id = reading.find_object(statistics_kind.object_type, statement["defnames"], absent);
  Object* o = id ? reading.change(id) : nullptr;
  if (!o) return;
  const ast::Node target = statement["stxstattarget"];
  if (!target && ast::grammar() < 17)
    return reading.unknown(id, "its target is 0 or the default, which 15's tree hides");
  o->put(fields.target, target ? std::int64_t{target.number()} : -1);
}

// In the schema of the table, named anew after its columns in their order.
Object* like(const Object& original, Id schema, const Like& like) {
  if (!like.includes(Including::statistics)) return nullptr;
  Elements elements;
  for (const Object* column : like.reading.schema().children(like.table))
    if (std::ranges::count(original[fields.columns], column->id->name)) elements.add_column(column->id->name);
  for (const Text& expression : original[fields.expressions]) elements.add_expression(expression);
  Object* copy = copied(original, schema, chosen_name(like.table, elements, like.reading), like.reading);
  if (!copy) return nullptr;
  copy->put(fields.relation, qualified(like.table));
  copy->put(fields.columns, std::move(elements.columns));
  copy->put(fields.target, Value());
  return copy;
}

Text statement(Id id, std::string_view shorthand) {
  return concat("CREATE STATISTICS ", qualified(id), " ", shorthand);
}
Text shorthand(const Object& o, std::span<const Object* const>) {
  return o.has(fields.target) ? Text() : definition(o, lower);
}

constexpr StatementReader readers[] = {{"CreateStatsStmt", "", read_create, Lock::share_update_exclusive},
                                       {"AlterStatsStmt", "", read_alter}};
constexpr std::string_view parents[] = {"schema"};
}  // namespace

constexpr Kind statistics_kind{.name = "statistics",
                               .key = "statistics",
                               .weight = 205,
                               .fields = fields,
                               .traits = replaceable | has_section | dropped_with_column | has_owner,
                               .noun = "STATISTICS",
                               .object_type = "OBJECT_STATISTIC_EXT",
                               .parents = parents,
                               .relation = &fields.relation,
                               .dropped_with = relation_of,
                               .sql = {.create = create, .on_rebuild = on_rebuild},
                               .reading = {.catalog = catalog, .readers = readers, .derive = derive, .like = like},
                               .yaml = {.statement = statement, .shorthand = shorthand}};
}  // namespace quoin
