#include "kinds/access/default_rights.h"

#include "kinds/access/grant.h"

namespace quoin {
namespace {
DefaultRights::Rights at_first(Id id) {
  DefaultRights::Rights rights;
  if (id->parent) return rights;
  for (std::size_t sort = 0; sort < sorts().size(); ++sort) {
    rights[{sort, id->name}] = all_privileges(*sorts()[sort], 0);
    if (List all = sorts()[sort]->everybodys(); !all.empty()) rights[{sort, Text(everybody)}] = std::move(all);
  }
  return rights;
}

/// GRANT or REVOKE of one sort and role, without ON … TO: the words before, the privileges, the words after.
struct Action {
  std::size_t sort;
  const Text& role;
  std::string_view verb;
  List privileges;
  std::string_view option{};
};

DefaultRights::Rights both(const DefaultRights::Rights& from, const DefaultRights::Rights& to) {
  DefaultRights::Rights all = from;
  all.insert(to.begin(), to.end());
  return all;
}

List rights_in(const DefaultRights::Rights& side, const std::pair<std::size_t, Text>& key) {
  const auto found = side.find(key);
  return found == side.end() ? List() : found->second;
}

/// What leads from some rights to others, a call of `take` each; what is taken comes first.
template <class Take>
void each_action(const DefaultRights::Rights& from, const DefaultRights::Rights& to, Take take) {
  for (const bool grants : {false, true})
    for (const auto& right : both(from, to)) {
      const auto& key = right.first;
      const Difference difference(rights_in(from, key), rights_in(to, key));
      const auto act = [&](std::string_view verb, const List& privileges, std::string_view option = {}) {
        if (!privileges.empty()) take(Action{key.first, key.second, verb, privileges, option});
      };
      if (grants) {
        act("grant", difference.granted);
        act("grant", difference.granted_with_option, grantable);
      } else {
        act("revoke", difference.gone);
        act("revoke grant option for", difference.option_gone);
      }
    }
}

Text role_word(std::string_view role) { return role == everybody || role == session_role ? Text(role) : grantee(role); }

Text item(const Action& action) {
  List names;
  for (const Text& one : action.privileges) names.emplace_back(privilege_name(one));
  return concat(action.verb, " ", join(names, ", "), " on ", lower(sorts()[action.sort]->nouns),
                action.verb == "grant" ? " to " : " from ", role_word(action.role), action.option);
}

Text statement(const GrantAction& action, const std::pair<std::size_t, Text>& of) {
  List names;
  for (const Text& one : action.privileges) names.push_back(upper(one));
  return concat(action.verb, " ", join(names, ", "), " ON ", sorts()[of.first]->nouns,
                action.grants() ? " TO " : " FROM ", grantee(of.second), action.option);
}
}  // namespace

DefaultRights::DefaultRights(Id id, std::span<const Text> items) : id_(id), rights_(at_first(id)) {
  for (const Text& one : items) {
    const ast::Tree tree = ast::Tree::parse(concat("ALTER DEFAULT PRIVILEGES ", one));
    for (const ast::Statement& statement : tree.statements()) apply(statement.node["action"], 0);
  }
}

std::span<const Text> DefaultRights::of(std::size_t sort, const Text& role) const {
  const auto found = rights_.find({sort, role});
  return found == rights_.end() ? std::span<const Text>() : std::span<const Text>(found->second);
}

void DefaultRights::apply(ast::Node action, int major) {
  const auto sort =
      std::ranges::find(sorts(), action["objtype"].text(), [](const Sort* one) { return one->object_type; });
  if (sort == sorts().end()) return;
  List words;
  for (ast::Node privilege : action["privileges"]) words.push_back(lower(privilege["priv_name"].text()));
  if (words.empty()) words = all_privileges(**sort, major);
  for (ast::Node role : action["grantees"]) {
    List& now = rights_[{static_cast<std::size_t>(sort - sorts().begin()), role_of_grant(role)}];
    for (const Text& word : words) change_privilege(now, word, PrivilegeChange(action));
    std::ranges::sort(now);
  }
}

void DefaultRights::settle(int major) {
  const Rights first = at_first(id_);
  for (auto& [key, now] : rights_) {
    const List known = all_privileges(*sorts()[key.first], major), before = rights_in(first, key);
    std::erase_if(now, [&](const Text& one) { return !has(known, privilege_name(one)); });
    for (const Text& one : before)
      if (!has(known, one)) now.push_back(one);
    std::ranges::sort(now);
  }
}

void DefaultRights::rename_role(const Text& from, const Text& to) {
  Rights now;
  for (auto& [key, privileges] : rights_)
    now.emplace(std::pair(key.first, key.second == from ? to : key.second), std::move(privileges));
  rights_ = std::move(now);
}

List DefaultRights::items() const {
  List all;
  each_action(at_first(id_), rights_, [&](const Action& action) { all.push_back(item(action)); });
  std::ranges::sort(all);
  return all;
}

List DefaultRights::statements(const DefaultRights& from) const {
  const Text frame =
      concat("ALTER DEFAULT PRIVILEGES", id_->name == session_role ? Text() : " FOR ROLE " + grantee(id_->name),
             id_->parent ? " IN SCHEMA " + quote_ident(id_->parent->name) : Text(), " ");
  List taken, given;
  for (const auto& right : both(from.rights_, rights_)) {
    const auto& key = right.first;
    const List all = all_privileges(*sorts()[key.first], 0), before = rights_in(from.rights_, key),
               after = rights_in(rights_, key);
    const bool anew = keeps_less_than_all(before, after);
    for (const GrantAction& action : revoking(before, anew ? List() : after, all))
      taken.push_back(frame + statement(action, key));
    for (const GrantAction& action : granting(anew ? List() : before, after, all))
      given.push_back(frame + statement(action, key));
  }
  std::ranges::move(given, std::back_inserter(taken));
  return taken;
}

}  // namespace quoin
