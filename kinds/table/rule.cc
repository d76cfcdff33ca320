// Everything quoin knows about rules that rewrite what is done to a table or view. The rule of a view that makes it one
// (_RETURN) is the view's.
#include "core/model/reading.h"
#include "core/sql/print.h"
#include "kinds/constraint/constraint.h"
#include "kinds/list.h"

namespace quoin {
namespace {
Text set_enabled(const Object& from, const Object& to);

constexpr struct : FieldTable {
  Field<List> actions{*this, "actions", "what is done; none: nothing", {.role = Role::query}};
  Field<Text> event{*this,
                    "event",
                    "insert, update, delete or select",
                    {.presence = Presence::filled, .words = "insert|update|delete|select"}};
  Field<Text> where{*this, "where", "for which rows, by OLD and NEW", {.role = Role::expression}};
  Field<bool> instead{*this, "instead", "in place of what was asked for"};
  Field<Text> enabled{*this,
                      "enabled",
                      "origin, disabled, replica or always",
                      {.fallback = "origin", .alter = set_enabled, .words = "origin|disabled|replica|always"}};
} fields;

Text set_enabled(const Object&, const Object& to) {
  const std::string_view state = to[fields.enabled];
  return concat("ALTER TABLE ", qualified(to.id->parent),
                state == "disabled"  ? " DISABLE"
                : state == "replica" ? " ENABLE REPLICA"
                : state == "always"  ? " ENABLE ALWAYS"
                                     : " ENABLE",
                " RULE ", quote_ident(to.id->name));
}

/// What follows the name of the table.
Text clauses(const Object& o, Words word) {
  const auto actions = o[fields.actions];
  Text sql = o.has(fields.where) ? concat(word(" WHERE "), o[fields.where]) : Text();
  sql += word(o[fields.instead] ? " DO INSTEAD " : " DO ALSO ");
  if (actions.empty()) return sql + word("NOTHING");
  return sql + (actions.size() == 1 ? actions.front() : concat("(\n", join(actions, ";\n"), "\n)"));
}

constexpr std::string_view create_rule = "CREATE RULE ";
/// The whole statement, as the catalog query gives it in place of actions, until derive() has read it; empty elsewhere.
std::string_view whole(const Object& o) {
  const auto actions = o[fields.actions];
  if (actions.empty() || !actions.front().starts_with(create_rule)) return {};
  const std::string_view all = actions.front();
  return all.substr(0, all.find_last_not_of(';') + 1);
}

Text definition(const Object& o, std::string_view verb) {
  if (const auto all = whole(o); !all.empty()) return concat(verb, "RULE ", all.substr(create_rule.size()));
  return concat(verb, "RULE ", quote_ident(o.id->name), " AS ON ", upper(o[fields.event]), " TO ",
                qualified(o.id->parent), clauses(o, upper));
}

Steps create(const Object& o) {
  Steps steps = only(making(o, definition(o, "CREATE ")));
  if (o.has(fields.enabled)) steps.push_back({.sql = set_enabled(o, o), .makes = {o.id}, .needs = o.needs});
  return steps;
}

Change change(const Delta& delta, const Users&) {
  return only(in_place(delta, definition(*delta.to, "CREATE OR REPLACE ")));
}

void put_definition(ast::Node statement, Object& o) {
  o.put(fields.event, lower(statement["event"].text().substr(Text("CMD_").size())));
  o.put(fields.instead, statement["instead"].flag());
  if (const ast::Node where = statement["whereClause"]) o.put(fields.where, ast::print(where));
  List actions;
  for (ast::Node action : statement["actions"]) actions.push_back(ast::print_pretty(action));
  o.put(fields.actions, std::move(actions));
}

// pg_rewrite's own trees are no text, and pg_get_ruledef() shows a rule as a whole.
void derive(Object& o, Schema&) {
  if (!whole(o).empty()) try {
      const ast::Tree tree = ast::Tree::parse(whole(o));
      put_definition(tree.statements().at(0).node, o);
    } catch (const Error& error) {  // newer than the grammar: stays as a whole
      if (error.code != Code::input) throw;
    }
  if (o.has(fields.where)) o.put(fields.where, settled(without_parentheses(o[fields.where])));
  if (!whole(o).empty()) return;
  List actions;
  for (const Text& action : o[fields.actions]) actions.push_back(settled_query(action));
  o.put(fields.actions, std::move(actions));
}

Text catalog(int) {
  return R"(
select 2618 as class, r.oid as oid, 0 as sub, 1259 as parent_class, r.ev_class as parent_oid, 0 as parent_sub,
  r.rulename as name, array[pg_catalog.pg_get_ruledef(r.oid)] as actions,
  case r.ev_type when '1' then 'select' when '2' then 'update' when '3' then 'insert' when '4' then 'delete' end
    as event,
  case r.ev_enabled when 'D' then 'disabled' when 'R' then 'replica' when 'A' then 'always' end as enabled
from pg_catalog.pg_rewrite r
where r.rulename <> '_RETURN' and r.oid >= 16384)";
}

void read_create(ast::Node statement, Reading& reading) {
  const Id relation = reading.find(space::relation, statement["relation"]);
  if (!relation) return;
  if (statement["event"].text() == "CMD_SELECT")
    return reading.unknown(relation, "a rule that makes it a view; write CREATE VIEW");
  const Existing existing = statement["replace"].flag() ? Existing::replace : Existing::error;
  Object* rule = reading.make(rule_kind, relation, Text(statement["rulename"].text()), existing);
  if (rule) put_definition(statement, *rule);
}

void read_enabled(ast::Node command, Reading& reading) {
  const Id id = reading.schema().ids().of(rule_kind, reading.subject(), Text(command["name"].text()));
  Object* rule = reading.change(id);
  if (!rule) return;
  const std::string_view what = command["subtype"].text();
  rule->put(fields.enabled, what == "AT_EnableAlwaysRule"    ? "always"
                            : what == "AT_EnableReplicaRule" ? "replica"
                            : what == "AT_DisableRule"       ? "disabled"
                                                             : "origin");
}

/// "on update where … do instead …": the table's name goes behind the event.
Text statement(Id id, std::string_view shorthand) {
  const std::string_view text = trim(shorthand);
  const std::size_t event = std::min(text.find_first_not_of(" \n\t", text.find_first_of(" \n\t")), text.size());
  const std::size_t rest = std::min(text.find_first_of(" \n\t", event), text.size());
  return concat("CREATE RULE ", quote_ident(id->name), " AS ", text.substr(0, rest), " TO ", qualified(id->parent),
                text.substr(rest));
}
Text shorthand(const Object& o, std::span<const Object* const>) {
  if (o.has(fields.enabled) || !whole(o).empty() || o[fields.actions].size() > 1) return {};
  Text text = concat("on ", o[fields.event], clauses(o, lower));
  return text.find('\n') == Text::npos ? text : Text();
}

constexpr StatementReader readers[] = {{"RuleStmt", "", read_create, Lock::access_exclusive},
                                       {"AlterTableCmd", "AT_EnableRule", read_enabled},
                                       {"AlterTableCmd", "AT_EnableAlwaysRule", read_enabled},
                                       {"AlterTableCmd", "AT_EnableReplicaRule", read_enabled},
                                       {"AlterTableCmd", "AT_DisableRule", read_enabled}};
constexpr std::string_view parents[] = {"table", "view"};
}  // namespace

constexpr Kind rule_kind{.name = "rule",
                         .key = "rules",
                         .weight = 225,
                         .fields = fields,
                         .traits = replaceable | dropped_with_parent,
                         .noun = "RULE",
                         .object_type = "OBJECT_RULE",
                         .addressed = &by_relation,
                         .parents = parents,
                         .sql = {.create = create, .change = change},
                         .reading = {.catalog = catalog, .readers = readers, .derive = derive},
                         .yaml = {.statement = statement, .shorthand = shorthand}};
}  // namespace quoin
