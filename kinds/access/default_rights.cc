#include "kinds/access/default_rights.h"

#include "kinds/access/grant.h"

namespace quoin {
namespace {
List nothing() { return {}; }
List of_tables() { return {"delete", "insert", "references", "select", "trigger", "truncate", "update"}; }
List of_sequences() { return {"select", "update", "usage"}; }
List of_functions() { return {"execute"}; }
List of_types() { return {"usage"}; }
List of_schemas() { return {"create", "usage"}; }
List of_large_objects() { return {"select", "update"}; }

constexpr Sort all_sorts[] = {{"TABLES", "OBJECT_TABLE", of_tables, nothing},
                              {"SEQUENCES", "OBJECT_SEQUENCE", of_sequences, nothing},
                              {"FUNCTIONS", "OBJECT_FUNCTION", of_functions, of_functions},
                              {"TYPES", "OBJECT_TYPE", of_types, of_types},
                              {"SCHEMAS", "OBJECT_SCHEMA", of_schemas, nothing},
                              {"LARGE OBJECTS", "OBJECT_LARGEOBJECT", of_large_objects, nothing}};

std::string_view nouns_of(std::string_view noun) {
  if (noun.ends_with("TABLE") || noun.ends_with("VIEW")) return "TABLES";
  if (noun == "SEQUENCE") return "SEQUENCES";
  if (noun == "FUNCTION" || noun == "PROCEDURE" || noun == "AGGREGATE") return "FUNCTIONS";
  if (noun == "TYPE" || noun == "DOMAIN") return "TYPES";
  return noun == "SCHEMA" ? "SCHEMAS" : "";
}

// 17 and later have MAINTAIN besides, which an owner has too.
List owners(const Sort& sort) {
  List all = sort.all();
  if (sort.all == of_tables) all.emplace_back("maintain");
  std::ranges::sort(all);
  return all;
}

DefaultRights::Rights at_first(Id id) {
  DefaultRights::Rights rights;
  if (id->parent) return rights;
  for (std::size_t sort = 0; sort < std::size(all_sorts); ++sort) {
    rights[{sort, id->name}] = owners(all_sorts[sort]);
    if (List all = all_sorts[sort].everybodys(); !all.empty()) rights[{sort, Text(everybody)}] = std::move(all);
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

/// What leads from some rights to others, a call of `take` each; what is taken comes first.
template <class Take>
void each_action(const DefaultRights::Rights& from, const DefaultRights::Rights& to, Take take) {
  DefaultRights::Rights all = from;
  all.insert(to.begin(), to.end());
  const auto rights = [](const DefaultRights::Rights& side, const auto& key) {
    const auto found = side.find(key);
    return found == side.end() ? List() : found->second;
  };
  for (const bool grants : {false, true})
    for (const auto& right : all) {
      const auto& key = right.first;
      const Difference difference(rights(from, key), rights(to, key));
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

Text role_word(std::string_view role) {
  return role == everybody || role == session_role ? Text(role) : quote_ident(role);
}

Text item(const Action& action) {
  List names;
  for (const Text& one : action.privileges) names.emplace_back(privilege_name(one));
  return concat(action.verb, " ", join(names, ", "), " on ", lower(all_sorts[action.sort].nouns),
                action.verb == "grant" ? " to " : " from ", role_word(action.role), action.option);
}

Text statement(const Action& action) {
  List names;
  for (const Text& one : action.privileges) names.push_back(upper(privilege_name(one)));
  return concat(upper(action.verb), " ", join(names, ", "), " ON ", all_sorts[action.sort].nouns,
                action.verb == "grant" ? " TO " : " FROM ", grantee(action.role), upper(action.option));
}
}  // namespace

std::span<const Sort> sorts() { return all_sorts; }

std::optional<std::size_t> sort_of(const Kind& made) {
  const auto found = std::ranges::find(all_sorts, nouns_of(made.noun), &Sort::nouns);
  if (found == std::end(all_sorts)) return std::nullopt;
  return static_cast<std::size_t>(found - std::begin(all_sorts));
}

DefaultRights::DefaultRights(Id id, std::span<const Text> items) : id_(id), rights_(at_first(id)) {
  for (const Text& one : items) {
    const ast::Tree tree = ast::Tree::parse(concat("ALTER DEFAULT PRIVILEGES ", one));
    for (const ast::Statement& statement : tree.statements()) apply(statement.node["action"]);
  }
}

std::span<const Text> DefaultRights::of(std::size_t sort, const Text& role) const {
  const auto found = rights_.find({sort, role});
  return found == rights_.end() ? std::span<const Text>() : std::span<const Text>(found->second);
}

void DefaultRights::apply(ast::Node action) {
  const auto sort = std::ranges::find(all_sorts, action["objtype"].text(), &Sort::object_type);
  if (sort == std::end(all_sorts)) return;
  List words;
  for (ast::Node privilege : action["privileges"]) words.push_back(lower(privilege["priv_name"].text()));
  if (words.empty()) words = sort->all();
  for (ast::Node role : action["grantees"]) {
    List& now = rights_[{static_cast<std::size_t>(sort - std::begin(all_sorts)), role_of_grant(role)}];
    for (const Text& word : words) change_privilege(now, word, PrivilegeChange(action));
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
      concat("ALTER DEFAULT PRIVILEGES", id_->name == session_role ? Text() : " FOR ROLE " + quote_ident(id_->name),
             id_->parent ? " IN SCHEMA " + quote_ident(id_->parent->name) : Text(), " ");
  List all;
  each_action(from.rights_, rights_, [&](const Action& action) { all.push_back(frame + statement(action)); });
  return all;
}

}  // namespace quoin
