// Sets of privileges: how they differ, and the words that lead from one to another.
#include "kinds/access/grant.h"

namespace quoin {
namespace {
// What is one of so many is most likely what is left of ALL.
constexpr std::size_t most_of_all = 5;

List with_option(std::span<const Text> privileges) {
  List names;
  for (const Text& one : privileges)
    if (one.ends_with(grantable)) names.emplace_back(privilege_name(one));
  return names;
}

List without(const List& all, const List& some) {
  List rest;
  for (const Text& one : all)
    if (!has(some, one)) rest.push_back(one);
  return rest;
}

bool is_about_maintain(const List& names, const List& all) { return has(names, maintain) && has(all, maintain); }

/// The GRANT, of what is missing, so that the role has `to`; what it grants besides is revoked. A server that lacks
/// MAINTAIN knows ALL.
std::vector<GrantAction> giving(GrantAction grant, const List& to, const List& all) {
  if (grant.privileges.empty()) return {};
  const List not_meant = without(all, to);
  const bool by_all =
      is_about_maintain(grant.privileges, all) && (not_meant.empty() || grant.privileges.size() >= most_of_all);
  if (by_all) grant.privileges = {Text(all_of_them)};
  std::vector<GrantAction> actions{std::move(grant)};
  if (by_all && !not_meant.empty()) actions.push_back({"REVOKE", not_meant});
  return actions;
}
}  // namespace

bool has(std::span<const Text> all, std::string_view one) { return std::ranges::count(all, one) != 0; }

List names_of(std::span<const Text> privileges) {
  List names;
  for (const Text& one : privileges) names.emplace_back(privilege_name(one));
  return names;
}

Difference::Difference(std::span<const Text> from, std::span<const Text> to) {
  const List before = names_of(from), after = names_of(to);
  for (const Text& name : before) {
    if (!has(after, name)) gone.push_back(name);
    if (has(from, name + Text(grantable)) && has(to, name)) option_gone.push_back(name);
  }
  for (const Text& one : to) {
    if (one.ends_with(grantable) && !has(from, one)) granted_with_option.emplace_back(privilege_name(one));
    if (!one.ends_with(grantable) && !has(before, one)) granted.push_back(one);
  }
}

void change_privilege(List& now, const Text& privilege, const PrivilegeChange& change) {
  const Text with_option = concat(privilege, grantable);
  const bool had_option = std::erase(now, with_option) != 0, had = std::erase(now, privilege) != 0;
  if (change.grants) now.push_back(change.option || had_option ? with_option : privilege);
  if (!change.grants && change.option && (had || had_option)) now.push_back(privilege);
}

std::string_view privilege_name(std::string_view privilege) {
  return privilege.ends_with(grantable) ? privilege.substr(0, privilege.size() - grantable.size()) : privilege;
}

bool keeps_less_than_all(std::span<const Text> from, std::span<const Text> to) {
  const bool may_grant = !with_option(to).empty();
  return !to.empty() && !may_grant && has(Difference(from, to).gone, maintain);
}

std::vector<GrantAction> revoking(std::span<const Text> from, std::span<const Text> to, const List& all) {
  const Difference difference(from, to);
  std::vector<GrantAction> actions;
  const bool by_all = is_about_maintain(difference.gone, all) && to.empty();
  if (!difference.gone.empty()) actions.push_back({"REVOKE", by_all ? List{Text(all_of_them)} : difference.gone});
  const bool no_option_is_left = is_about_maintain(difference.option_gone, all) && with_option(to).empty();
  if (!difference.option_gone.empty())
    actions.push_back(
        {"REVOKE GRANT OPTION FOR", no_option_is_left ? List{Text(all_of_them)} : difference.option_gone});
  return actions;
}

std::vector<GrantAction> granting(std::span<const Text> from, std::span<const Text> to, const List& all) {
  const Difference difference(from, to);
  std::vector<GrantAction> actions = giving({"GRANT", difference.granted}, names_of(to), all);
  const List options = with_option(to);
  if (options.size() == to.size()) {
    std::ranges::move(giving({"GRANT", difference.granted_with_option, " WITH GRANT OPTION"}, options, all),
                      std::back_inserter(actions));
  } else if (!difference.granted_with_option.empty()) {
    actions.push_back({"GRANT", difference.granted_with_option, " WITH GRANT OPTION"});
  }
  return actions;
}

Text spelled(std::span<const Text> privileges, Id object) {
  List words;
  for (const Text& privilege : privileges) {
    Text word = upper(privilege_name(privilege));
    if (object->kind->is_column()) word += concat(" (", quote_ident(object->name), ")");
    words.push_back(std::move(word));
  }
  return join(words, ", ");
}

}  // namespace quoin
