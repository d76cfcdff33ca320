// Everything quoin knows about policies: who sees and writes which rows, where row security is on.
#include "core/model/reading.h"
#include "core/model/space.h"
#include "core/sql/print.h"
#include "kinds/constraint/constraint.h"
#include "kinds/list.h"
#include "kinds/table/table_fields.h"
#include "kinds/users.h"

namespace quoin {
namespace {
constexpr struct : FieldTable {
  Field<Text> using_{*this, "using", "which rows are seen", {.role = Role::expression}};
  Field<Text> check{*this, "check", "which rows may be written", {.role = Role::expression}};
  Field<Text> command{*this,
                      "command",
                      "what it is for: all, select, insert, update or delete",
                      {.fallback = "all", .words = "all|select|insert|update|delete"}};
  Field<bool> restrictive{*this, "restrictive", "narrows what other policies permit"};
  Field<List> roles{
      *this, "roles", "whom it holds for; none: everybody", {.role = Role::role, .counts = Counts::in_any_order}};
} fields;
constexpr std::string_view parents[] = {"table"};

Text role_list(const Object& policy) {
  const auto roles = policy[fields.roles];
  return roles.empty() ? "PUBLIC" : quoted_list(roles);
}

Text conditions(const Object& policy) {
  const auto seen = policy[fields.using_], written = policy[fields.check];
  return concat(seen.empty() ? "" : concat(" USING (", seen, ")"),
                written.empty() ? "" : concat(" WITH CHECK (", written, ")"));
}

/// "for select to app using (…)" as SQL has it; a condition alone is USING's.
Text statement(Id policy, std::string_view shorthand) {
  const std::string_view word = trim(shorthand).substr(0, trim(shorthand).find_first_of(" (\n\t"));
  static constexpr std::string_view clauses[] = {"as", "for", "to", "using", "with"};
  const bool begins = std::ranges::count(clauses, lower(word)) > 0;
  return concat("CREATE POLICY ", address(policy), begins ? " " : " USING (", shorthand, begins ? "" : ")");
}

Text shorthand(const Object& policy, std::span<const Object* const>) {
  const std::string_view seen = policy[fields.using_], written = policy[fields.check];
  for (const std::string_view condition : {seen, written})
    if (condition.find('\n') != condition.npos) return {};
  for (const Text& role : policy[fields.roles])  // words of the grammar, not names, in this place
    if (role == "public" || role == "current_user" || role == "current_role" || role == "session_user") return {};
  Text words;
  if (policy[fields.restrictive]) words += "as restrictive ";
  if (policy[fields.command] != "all") words += concat("for ", policy[fields.command], " ");
  if (!policy[fields.roles].empty()) words += concat("to ", quoted_list(policy[fields.roles]), " ");
  if (words.empty() && written.empty()) return Text(seen);
  if (!seen.empty()) words += concat("using (", seen, ") ");
  if (!written.empty()) words += concat("with check (", written, ")");
  return Text(trim(words));
}

Text upper(std::string_view word) {
  Text all(word);
  for (char& c : all) c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
  return all;
}

Steps create(const Object& policy) {
  return only(
      making(policy, concat("CREATE POLICY ", address(policy.id), policy[fields.restrictive] ? " AS RESTRICTIVE" : "",
                            " FOR ", upper(policy[fields.command]), " TO ", role_list(policy), conditions(policy))));
}

std::vector<Hazard> changes_access(Id policy, std::string_view how) {
  return {{"access", concat(how, " ", path(policy), ": who may see and write which rows changes")}};
}
std::vector<Hazard> hazards_of_drop(const Object& policy, const Object* after) {
  if (!after) return changes_access(policy.id, "drops");
  return policy.differences(*after).any() ? changes_access(policy.id, "makes anew") : std::vector<Hazard>();
}

// Where it decides about rows that were there: new, or made anew around another routine that it calls.
std::vector<Hazard> hazards_of_access(const Delta& policy, const Users& users) {
  const Object* table = users.from.find(policy.id->parent);
  if (!table || !(*table)[table_fields.row_security] || !users.to.find(policy.id->parent)) return {};
  if (!policy.from) return changes_access(policy.id, "creates");
  if (policy.from->differences(*policy.to).any()) return {};
  const auto is_another = [&](Id used) {
    const Object *before = users.from.find(used), *now = users.to.find(used);
    return used->kind->space == space::routine && before && now && before->differences(*now).any();
  };
  const bool around_another = std::ranges::any_of(policy.to->needs, is_another);
  return around_another ? changes_access(policy.id, "makes anew, around another routine,") : std::vector<Hazard>();
}

// ALTER POLICY can set a condition, but not take one away.
Change change(const Delta& delta, const Users&) {
  if (delta.touches(fields.command) || delta.touches(fields.restrictive))
    return Cannot{"what a policy is for cannot change in place"};
  for (const Field<Text>* condition : {&fields.using_, &fields.check})
    if (delta.touches(*condition) && (*delta.to)[*condition].empty())
      return Cannot{concat("its ", condition->name, " cannot be taken away in place")};
  Step step =
      in_place(delta, concat("ALTER POLICY ", address(delta.id), " TO ", role_list(*delta.to), conditions(*delta.to)));
  step.hazards = changes_access(delta.id, "alters");
  return only(std::move(step));
}

Text catalog(int) {
  return concat(R"(
select 3256 as class, p.oid as oid, 0 as sub, 1259 as parent_class, p.polrelid as parent_oid, 0 as parent_sub,
  p.polname as name,
  pg_catalog.pg_get_expr(p.polqual, p.polrelid) as "using",
  pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid) as "check",
  case p.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete' else 'all' end
    as command,
  not p.polpermissive as restrictive,
  (select pg_catalog.array_agg(r.rolname order by r.rolname) from pg_catalog.pg_roles r where r.oid = any (p.polroles))
    as roles
from pg_catalog.pg_policy p join pg_catalog.pg_class c on c.oid = p.polrelid
where )",
                users_table("c"));
}

List role_names(ast::Node roles) {
  List names;
  for (ast::Node role : roles) {
    const std::string_view type = role["roletype"].text();
    if (type == "ROLESPEC_CSTRING") names.emplace_back(role["rolename"].text());
    if (type == "ROLESPEC_CURRENT_USER" || type == "ROLESPEC_CURRENT_ROLE") names.emplace_back("current_user");
    if (type == "ROLESPEC_SESSION_USER") names.emplace_back("session_user");
  }
  std::ranges::sort(names);
  return names;
}

void put_conditions(ast::Node statement, Object& policy, Reading& reading) {
  if (statement.has("roles")) policy.put(fields.roles, role_names(statement["roles"]));
  if (statement.has("qual")) policy.put(fields.using_, reading.printed(statement["qual"]));
  if (statement.has("with_check")) policy.put(fields.check, reading.printed(statement["with_check"]));
}

void read_create(ast::Node statement, Reading& reading) {
  const Id table = reading.find("relation", statement["table"]);
  if (!table) return;
  Object* policy = reading.make(policy_kind, table, Text(statement["policy_name"].text()));
  if (!policy) return;
  policy->put(fields.command, Text(statement["cmd_name"].text()));
  policy->put(fields.restrictive, !statement["permissive"].flag());
  put_conditions(statement, *policy, reading);
}

void read_alter(ast::Node statement, Reading& reading) {
  const Id table = reading.find("relation", statement["table"]);
  if (!table) return;
  const Id id = reading.schema().ids().of(policy_kind, table, Text(statement["policy_name"].text()));
  if (Object* policy = reading.change(id)) put_conditions(statement, *policy, reading);
}

void derive(Object& policy, Schema&) {
  policy.put(fields.using_, settled(policy[fields.using_]));
  policy.put(fields.check, settled(policy[fields.check]));
}

constexpr StatementReader readers[] = {{"CreatePolicyStmt", "", read_create, Lock::access_exclusive},
                                       {"AlterPolicyStmt", "", read_alter, Lock::access_exclusive}};
}  // namespace

constexpr Kind policy_kind{.name = "policy",
                           .key = "policies",
                           .weight = 230,
                           .fields = fields,
                           .traits = replaceable | dropped_with_parent,
                           .noun = "POLICY",
                           .object_type = "OBJECT_POLICY",
                           .addressed = &by_relation,
                           .parents = parents,
                           .sql = {.create = create, .change = change},
                           .cost = {.of_drop = hazards_of_drop, .of_access = hazards_of_access},
                           .reading = {.catalog = catalog, .readers = readers, .derive = derive},
                           .yaml = {.statement = statement, .shorthand = shorthand}};
}  // namespace quoin
