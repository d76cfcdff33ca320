// Everything quoin knows about grants: what a role may do with an object, where that is not what a new object allows.
// They are compared by their effect: who has granted something does not count, and what an owner may do anyway is no
// grant.
#include "kinds/access/grant.h"

#include "core/model/space.h"
#include "kinds/access/carried.h"
#include "kinds/database/template.h"
#include "kinds/table/table_fields.h"
#include "kinds/users.h"

namespace quoin {
namespace {
constexpr auto& fields = grant_fields;
std::span<const std::string_view> what_has_rights() {
  static const std::vector<std::string_view> all = [] {
    std::vector<std::string_view> names;
    for (const Kind* kind : all_kinds())
      if (kind->rights) names.push_back(kind->name);
    return names;
  }();
  return all;
}

bool is_owner(std::string_view role, const Object& object, const Schema& schema) {
  const Text owner = owner_of(object, schema);
  return role_called(owner) == role || (role == session_role && (owner.empty() || owner == schema.made_by));
}

bool is_of_column(Id object) { return object->kind->is_column(); }

// What everybody may do with a new object of the kind.
List allowed_to_everybody(Id object) {
  if (in_template(object)) return {"usage"};
  return everybodys_privileges(*object->kind);
}

// A role that may grant it to others may have done so.
std::string_view cascade(std::span<const Text> from) {
  const bool may_have_granted = std::ranges::any_of(from, [](const Text& one) { return one.ends_with(grantable); });
  return may_have_granted ? " CASCADE" : "";
}

Text sql_of(const GrantAction& action, const Object& grant, std::span<const Text> from) {
  const Id object = grant.id->parent;
  return concat(action.verb, " ", spelled(action.privileges, object), " ON ", on_what(object),
                action.grants() ? " TO " : " FROM ", grantee(grant.id->name),
                action.grants() ? action.option : cascade(from));
}

// Only who has granted something, or whoever may grant it with the owner's rights, takes it back; REVOKE by the owner
// leaves what others have granted.
void revoke(const Object& grant, const Text& what, List& all) {
  for (const Text& grantor : grant[fields.grantors]) {
    all.push_back(concat("SET ROLE ", quote_ident(grantor)));
    all.push_back(what);
    all.emplace_back("RESET ROLE");
  }
  all.push_back(what);
}

List revokes(const Object& grant, std::span<const Text> from, std::span<const Text> to) {
  List all;
  for (const GrantAction& action : revoking(from, to, all_privileges(*grant.id->parent->kind, 0))) {
    const Text what = sql_of(action, grant, from);
    if (action.verb == "REVOKE") {
      revoke(grant, what, all);
    } else {
      all.push_back(what);
    }
  }
  return all;
}

List grants(const Object& grant, std::span<const Text> from, std::span<const Text> to) {
  List all;
  for (const GrantAction& action : granting(from, to, all_privileges(*grant.id->parent->kind, 0)))
    all.push_back(sql_of(action, grant, {}));
  return all;
}

List statements(const Object& grant, std::span<const Text> from, std::span<const Text> to) {
  List all = revokes(grant, from, to);
  std::ranges::move(grants(grant, from, to), std::back_inserter(all));
  return all;
}

Text whom(Id grant) { return grant->name == everybody ? "everybody" : concat("role ", grantee(grant->name)); }

List in_words(Id grant, const List& rights, const List& options) {
  List all;
  if (!rights.empty()) all.push_back(spelled(rights, grant->parent));
  for (const Text& one : options) all.push_back(concat("the right to grant ", upper(one)));
  return all;
}

std::vector<Hazard> hazards(Id grant, std::span<const Text> from, std::span<const Text> to) {
  const Difference difference(from, to);
  const List gone = in_words(grant, difference.gone, difference.option_gone);
  if (gone.empty()) return {};
  return {{"access", concat("takes ", join(gone, ", "), " on ", path(grant->parent), " from ", whom(grant))}};
}

std::vector<Hazard> hazards_of_giving(Id grant, std::span<const Text> from, std::span<const Text> to) {
  const Difference difference(from, to);
  List given = difference.granted;
  for (const Text& one : difference.granted_with_option)
    if (!has(names_of(from), one)) given.push_back(one);
  const List words = in_words(grant, given, difference.granted_with_option);
  if (words.empty()) return {};
  return {{"access", concat("gives ", join(words, ", "), " on ", path(grant->parent), " to ", whom(grant))}};
}

// On what was there before.
std::vector<Hazard> hazards_of_access(const Delta& grant, const Users& users) {
  if (!users.from.find(grant.id->parent) || !users.has_rows_before()) return {};
  const auto before = grant.from ? (*grant.from)[fields.privileges] : (*grant.to)[fields.initial];
  return hazards_of_giving(grant.id, before, (*grant.to)[fields.privileges]);
}

// A REVOKE on a table takes the same from its columns, so that grants on these come after all that is said of the
// table.
void after_the_table(Id grant, Step& step) {
  if (is_of_column(grant->parent)) step.takes.push_back({grant->kind->name, grant->parent->parent, grant->name, {}});
}

// In 14 and older everybody may create in a new schema public too, which only the server itself tells.
List at_most_at_first(const Object& grant) {
  const auto known = grant[fields.initial];
  List initial(known.begin(), known.end());
  if (grant.id->name == everybody && in_template(grant.id->parent) && !has(initial, "create"))
    initial.emplace_back("create");
  return initial;
}

/// What has the owner who gives: the table of a column.
Id of_owner(Id grant) { return is_of_column(grant->parent) ? grant->parent->parent : grant->parent; }

Steps create(const Object& grant) {
  Steps steps;
  const auto after = grant[fields.privileges];
  const bool anew = keeps_less_than_all(grant[fields.initial], after);
  List all = revokes(grant, at_most_at_first(grant), anew ? std::span<const Text>() : after);
  std::ranges::move(grants(grant, anew ? std::span<const Text>() : grant[fields.initial], after),
                    std::back_inserter(all));
  for (Text& sql : all) {
    steps.push_back(making(grant, std::move(sql)));
    after_the_table(grant.id, steps.back());
    // An owner's own rights can only be taken away once it is the owner.
    steps.back().takes.push_back({space::owner, of_owner(grant.id), {}, {}});
  }
  if (!steps.empty()) steps.front().hazards = hazards(grant.id, grant[fields.initial], grant[fields.privileges]);
  return steps;
}

Steps drop(const Object& grant) {
  return dropping_by(grant, statements(grant, grant[fields.privileges], grant[fields.initial]));
}
std::vector<Hazard> hazards_of_drop(const Object& grant, const Object* after) {
  const auto now = after ? (*after)[fields.privileges] : grant[fields.initial];
  std::vector<Hazard> all = hazards(grant.id, grant[fields.privileges], now);
  if (!after) std::ranges::move(hazards_of_giving(grant.id, grant[fields.privileges], now), std::back_inserter(all));
  return all;
}

// What ALL has given is taken back by ALL where no server says what that was.
List changing(const Delta& delta, const Users& users) {
  const auto before = (*delta.from)[fields.privileges], after = (*delta.to)[fields.privileges];
  if (users.from.major != 0 || users.to.major != 0 || !keeps_less_than_all(before, after))
    return statements(*delta.from, before, after);
  List all = statements(*delta.from, before, {});
  std::ranges::move(statements(*delta.to, {}, after), std::back_inserter(all));
  return all;
}

// Its own statements, one after the other. What others have by way of this role, or on columns of this table, goes
// with what is revoked and comes again.
Change change(const Delta& delta, const Users& users) {
  const auto before = (*delta.from)[fields.privileges], after = (*delta.to)[fields.privileges];
  const bool anew = std::ranges::any_of(delta.from->needs, [&](Id used) {
    return used->kind == &grant_kind && !std::ranges::count(delta.to->needs, used);
  });
  Steps steps;
  List all = changing(delta, users);
  if (anew) {
    const List again = statements(*delta.to, {}, after);
    all.insert(all.end(), again.begin(), again.end());
  }
  const bool takes_away = Difference(before, after).takes_away();
  for (Text& sql : all) {
    Step step = takes_away ? rebuilding(delta, std::move(sql)) : in_place(delta, std::move(sql));
    step.releases.clear();
    if (takes_away) step.frees = slots_of(*delta.from);
    after_the_table(delta.id, step);
    step.takes.push_back({space::owner, of_owner(delta.id), {}, {}});
    steps.push_back(std::move(step));
  }
  if (!steps.empty()) steps.front().hazards = hazards(delta.id, before, after);
  return steps;
}

// What it needs besides what it is granted on is another grant, which may have taken it along.
Follow on_rebuild(const Delta& delta, const Rebuilt& beneath, const Users&) {
  const Object &grant = *delta.to, &rebuilt = beneath.object;
  if (rebuilt.id->kind != &grant_kind) return Unaffected{};
  Steps steps;
  for (Text& sql : statements(grant, {}, grant[fields.privileges])) {
    steps.push_back(making(grant, std::move(sql)));
    steps.back().takes.push_back({rebuilt.id->kind->name, rebuilt.id->parent, rebuilt.id->name, {}});
    steps.back().takes_names_of = nullptr;
  }
  return steps;
}

// YAML may say ALL, which is what the server makes of it.
void spell_out_all(Object& grant, int major) {
  const List all = all_privileges(*grant.id->parent->kind, major);
  List said(grant[fields.privileges].begin(), grant[fields.privileges].end());
  for (const Text& suffix : {Text(), Text(grantable)})
    if (std::erase(said, concat(all_of_them, suffix)) > 0)
      for (const Text& one : all) said.push_back(concat(one, suffix));
  std::erase_if(said, [&](const Text& one) { return std::ranges::count(said, concat(one, grantable)) > 0; });
  std::ranges::sort(said);
  said.erase(std::unique(said.begin(), said.end()), said.end());
  grant.put(fields.privileges, std::move(said));
}

bool says_all(const Object& grant) {
  return std::ranges::any_of(grant[fields.privileges], [](const Text& one) {
    return one == all_of_them || one == concat(all_of_them, grantable);
  });
}

void derive(Object& grant, Schema& schema) {
  const Id object = grant.id->parent;
  if (says_all(grant)) spell_out_all(grant, schema.major);
  if (!grant.has(fields.initial)) grant.put(fields.initial, allowed_at_first(object, grant.id->name, schema));
  // An owner may grant everything to others, said or not.
  if (grant.has(fields.initial) && grant.id->name != everybody)
    grant.put(fields.privileges, names_of(grant[fields.privileges]));
  const auto need = [&](Id of, std::string_view role) {
    if (const Object* other = schema.find(grant_kind, of, Text(role))) grant.need(other->id);
  };
  for (const Text& grantor : grant[fields.grantors]) need(object, grantor);
  if (is_of_column(object)) need(object->parent, grant.id->name);
  if (!is_table(*object->kind)) return;
  schema.each_child(object, [&](const Object& column) {
    if (!column.id->kind->is_column()) return;
    Object* below = schema.find(schema.ids().find(grant_kind, column.id, grant.id->name));
    if (!below) return;
    below->need(grant.id);
    schema.changed(below->id);
  });
}

// The session's role on one side is the owner by its name on the other.
bool is_said_of_other_name(const Object& grant, const Schema& there) {
  return there.any_child(grant.id->parent, [&](const Object& other) {
    const bool one_is_session = (other.id->name == session_role) != (grant.id->name == session_role);
    return other.id->kind == &grant_kind && one_is_session && other.has(fields.initial) &&
           other.differences(grant).none();
  });
}

// An owner may do everything, said or not. What is taken from an owner is taken from no other.
bool holds_anyway(const Object& grant, const Schema& there) {
  const Object* object = there.find(of_owner(grant.id));
  if (!object || grant.id->name == everybody) return false;
  const bool is_owners = grant.has(fields.initial), owns = is_owner(grant.id->name, *object, there);
  if (is_owners && owns && statements(grant, grant[fields.initial], grant[fields.privileges]).empty()) return true;
  return is_owners != owns || (is_owners && is_said_of_other_name(grant, there));
}

List words(Id grant, const FieldBase&) {
  List all = all_privileges(*grant->parent->kind, 0);
  all.emplace_back(all_of_them);
  for (std::size_t i = 0, count = all.size(); i < count; ++i) all.push_back(all[i] + Text(grantable));
  return all;
}

constexpr StatementReader readers[] = {{"GrantStmt", "", read_grant}};
}  // namespace

Text role_called(std::string_view role) { return role == session_role ? quote_ident(role) : Text(role); }

Text role_called_sql(std::string_view column) {
  return concat("case ", column, " when '", session_role, "' then '", role_called(session_role), "' else ", column,
                "::pg_catalog.text end");
}

Text role_of_grant(ast::Node role_spec) {
  const std::string_view type = role_spec["roletype"].text();
  if (type == "ROLESPEC_PUBLIC") return Text(everybody);
  return type == "ROLESPEC_CSTRING" ? role_called(role_spec["rolename"].text()) : Text(session_role);
}

Text grantee(std::string_view role) {
  if (role == everybody) return "PUBLIC";
  if (role == session_role) return "CURRENT_USER";
  return role == role_called(session_role) ? Text(role) : quote_ident(role);
}

List allowed_at_first(Id object, std::string_view role, const Schema& schema) {
  if (role == everybody) return allowed_to_everybody(object);
  const Object* there = is_of_column(object) ? nullptr : schema.find(object);
  return there && is_owner(role, *there, schema) ? all_privileges(*object->kind, schema.major) : List();
}

constexpr Kind grant_kind{.name = "grant",
                          .key = "grants",
                          .weight = 241,
                          .fields = fields,
                          .traits = replaceable | dropped_with_parent,
                          .addressed = &by_relation,
                          .willing_parents = what_has_rights,
                          .named_after = space::role,
                          .matter = Matter::grant,
                          .holds_anyway = holds_anyway,
                          .sql = {.create = create, .drop = drop, .change = change, .on_rebuild = on_rebuild},
                          .cost = {.of_drop = hazards_of_drop, .of_access = hazards_of_access},
                          .reading = {.catalog = grant_catalog, .readers = readers, .derive = derive},
                          .yaml = {.words = words}};
}  // namespace quoin
