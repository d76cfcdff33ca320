#include "kinds/view/query.h"

#include "core/sql/print.h"

namespace quoin {

Text query_columns() {
  return R"(,
  array['1247:' || c.reltype || ':0', '2618:' || r.oid || ':0', '1247:' || t.typarray || ':0'] as also,
  (select pg_catalog.array_agg(pg_catalog.format('%I %s%s', a.attname,
     pg_catalog.format_type(a.atttypid, a.atttypmod), case when l.oid is not null then
     pg_catalog.format(' COLLATE %I.%I', ln.nspname, l.collname) end)
     order by a.attnum) from pg_catalog.pg_attribute a join pg_catalog.pg_type ct on ct.oid = a.atttypid
   left join pg_catalog.pg_collation l on l.oid = a.attcollation and a.attcollation <> ct.typcollation
   left join pg_catalog.pg_namespace ln on ln.oid = l.collnamespace
   where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
  (select pg_catalog.string_agg(pg_catalog.format('GRANT %s (%I) ON TABLE %I.%I TO %s%s', g.privilege_type, a.attname,
     n.nspname, c.relname, case g.grantee when 0 then 'PUBLIC' else pg_catalog.quote_ident(
       pg_catalog.pg_get_userbyid(g.grantee)) end, case when g.is_grantable then ' WITH GRANT OPTION' else '' end),
     ';' || chr(10) order by a.attnum, g.grantee, g.privilege_type)
   from pg_catalog.pg_attribute a cross join lateral pg_catalog.aclexplode(a.attacl) g
   where a.attrelid = c.oid and a.attacl is not null) as "~grants on columns")";
}

Text query_from(std::string_view relkind) {
  return concat(R"(
from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
join pg_catalog.pg_rewrite r on r.ev_class = c.oid and r.rulename = '_RETURN'
join pg_catalog.pg_type t on t.oid = c.reltype
where c.relkind = ')",
                relkind, "' and c.relpersistence <> 't' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'");
}

namespace {
/// The select list that names the columns: of the first of united queries.
ast::Node first_select(ast::Node query) {
  while (query["larg"]) query = query["larg"];
  return query;
}

bool can_name(ast::Node targets, const List& aliases) {
  if (targets.size() < aliases.size()) return false;
  for (ast::Node target : targets) {
    const ast::Node value = target["val"];
    if (value.is("ColumnRef") && !value["fields"].items().empty() && value["fields"].items().back().is("A_Star"))
      return false;
  }
  return true;
}
}  // namespace

Text query_text(ast::Node query, const List& aliases, Reading& reading) {
  if (aliases.empty()) return reading.printed(query);
  const ast::Node targets = first_select(query)["targetList"];
  if (!can_name(targets, aliases))
    return concat("SELECT * FROM (", ast::print(query), ") AS named(", quoted_list(aliases), ")");
  const ast::Tree names;
  std::vector<ast::Node> before;
  for (std::size_t i = 0; i < aliases.size(); ++i) {
    before.push_back(targets.items()[i]["name"]);
    targets.items()[i].set("name", names.make_text("", aliases[i]));
  }
  Text text = ast::print_pretty(query);
  for (std::size_t i = 0; i < aliases.size(); ++i) targets.items()[i].set("name", before[i]);
  return text;
}

Text option_text(ast::Node argument) {
  if (!argument) return "true";
  if (argument.is("TypeName")) return join(argument["names"].texts(), ".");
  if (argument.is("String") || argument.is("Float")) return Text(argument.text());
  if (argument.is("Integer")) return std::to_string(argument.number());
  if (argument.is("Boolean")) return argument.flag() ? "true" : "false";
  return ast::print(argument);
}

bool option_is_on(ast::Node argument) {
  const Text value = lower(option_text(argument));
  return value == "true" || value == "on" || value == "yes" || value == "1";
}

List option_list(ast::Node options) {
  List all;
  for (ast::Node option : options) {
    const Text space(option["defnamespace"].text());
    all.push_back(concat(space.empty() ? "" : space + ".", option["defname"].text(), "=", option_text(option["arg"])));
  }
  std::ranges::sort(all);
  return all;
}

namespace {
// What decides the types of the first columns: what they are of, and the FROM clause. Empty: that cannot be told.
Text source_of_columns(std::string_view query, std::size_t columns) {
  const ast::Tree tree = ast::Tree::parse(query);
  const ast::Node select = tree.statements().at(0).node;
  const ast::Node targets = select["targetList"];
  if (select.has("larg") || targets.size() < columns) return {};
  targets.set_items(targets.items().first(columns));
  for (std::string_view clause : {"whereClause", "havingClause", "groupClause", "sortClause", "limitCount",
                                  "limitOffset", "limitOption", "distinctClause", "lockingClause"})
    select.set(clause, {});
  return ast::print(select);
}
}  // namespace

namespace {
// What gives one row for one; others may give several, which multiplies the group's.
bool calls_only_aggregates(ast::Node node) {
  static constexpr std::string_view known[] = {
      "array_agg", "avg",      "bool_and",   "bool_or", "count",           "date_trunc",
      "every",     "json_agg", "jsonb_agg",  "max",     "json_object_agg", "jsonb_object_agg",
      "min",       "round",    "string_agg", "sum",     "variance",        "stddev"};
  if (node.is("FuncCall")) {
    const List name = node["funcname"].texts();
    if (name.empty() || std::ranges::find(known, name.back()) == std::end(known)) return false;
  }
  for (ast::Node item : node.items())
    if (!calls_only_aggregates(item)) return false;
  for (const auto& [field, value] : node.fields())
    if (!calls_only_aggregates(value)) return false;
  return true;
}

Text name_of(ast::Node target) {
  if (target.has("name")) return Text(target["name"].text());
  const ast::Node value = target["val"];
  return value.is("ColumnRef") && value["fields"].items().back().is("String") ? value["fields"].texts().back() : Text();
}

/// The output column that a member of GROUP BY is; empty: none, or nobody can tell.
Text grouped_as(ast::Node member, ast::Node targets) {
  const ast::Node number = member["ival"];
  if (member.is("A_Const") && number)
    for (std::size_t i = 0; i < targets.size(); ++i)
      if (member["ival"]["ival"].number() == static_cast<int>(i) + 1) return name_of(targets.items()[i]);
  const Text text = ast::print(member);
  for (ast::Node target : targets)
    if (ast::print(target["val"]) == text) return name_of(target);
  return {};
}
}  // namespace

bool gives_each_once(std::string_view query, const List& columns) {
  try {
    const ast::Tree tree = ast::Tree::parse(query);
    const ast::Node select = tree.statements().at(0).node, targets = select["targetList"];
    const ast::Node members = select["groupClause"];
    if (select.has("larg") || members.size() == 0 || !calls_only_aggregates(targets)) return false;
    return std::ranges::all_of(members.items(), [&](ast::Node member) {
      const Text name = grouped_as(member, targets);
      return !name.empty() && std::ranges::count(columns, quote_ident(name)) > 0;
    });
  } catch (const Error&) {  // beyond the grammar
    return false;
  }
}

bool keeps_types(std::string_view before, std::string_view after, std::size_t columns) {
  try {
    const Text source = source_of_columns(before, columns);
    return !source.empty() && source == source_of_columns(after, columns);
  } catch (const Error&) {  // beyond the grammar: then nothing is known of its columns
    return false;
  }
}

}  // namespace quoin
