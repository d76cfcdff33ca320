#include "kinds/access/default_privileges.h"

#include "core/model/space.h"
#include "kinds/access/grant.h"
#include "kinds/database/opaque.h"

namespace quoin {
namespace {
using Rights = std::map<Text, List>;  // privileges by role, as the names of grants have it

// One row of pg_default_acl: for which sort of objects (its letter there), in which schema (none: in all), made by
// which role (none: the one that replays), and what it gives, "select reader" each.
struct Defaults {
  std::string_view sort, schema, role;
  Rights rights{};

  explicit Defaults(const Object& object) {
    const auto items = object[opaque_fields.gives];
    sort = items[0];
    schema = items[1];
    role = items[2];
    for (Id used : object.needs)  // which may have another name by now
      if (used->kind == &schema_kind && !schema.empty()) schema = used->name;
    for (const Text& item : items.subspan(3)) {
      const std::size_t space = item.find(' ');
      rights[item.substr(space + 1)].push_back(item.substr(0, space));
    }
  }
  bool concerns(Id made) const;
};

std::string_view sort_of(std::string_view noun) {
  if (noun == "TABLE" || noun.ends_with("VIEW")) return "r";
  if (noun == "SEQUENCE") return "S";
  if (noun == "FUNCTION" || noun == "PROCEDURE" || noun == "ROUTINE") return "f";
  if (noun == "TYPE" || noun == "DOMAIN") return "T";
  return noun == "SCHEMA" ? "n" : "";
}

bool Defaults::concerns(Id made) const {
  const Id place = schema_of(made->parent ? made->parent : Id());
  return sort_of(made->kind->noun) == sort && (schema.empty() || (place && place->name == schema));
}

// What everybody may do with a new object of the sort, default privileges apart.
List everybodys(std::string_view sort) {
  if (sort == "f") return {"execute"};
  return sort == "T" ? List{"usage"} : List();
}
List all_of(std::string_view sort) {
  if (sort == "n") return {"create", "usage"};
  if (sort == "S") return {"select", "update", "usage"};
  if (sort == "r") return {"delete", "insert", "references", "select", "trigger", "truncate", "update"};
  return everybodys(sort);
}

List wanted_rights(Id made, const Text& role, const Schema& wanted) {
  const Object* grant = wanted.find(grant_kind, made, role);
  if (!grant) return allowed_at_first(made, role, wanted);
  List names;
  for (const Text& one : (*grant)[grant_fields.privileges]) names.emplace_back(privilege_name(one));
  return names;
}

// Grants to the role come after.
Step before_grants(Id made, const Text& role, Text sql) {
  return {.sql = std::move(sql), .needs = {made}, .frees = {{grant_kind.name, made, role, {}}}};
}
}  // namespace

std::vector<const Object*> default_privileges(const Schema& schema) {
  std::vector<const Object*> all;
  schema.each_child(Id(), [&](const Object& object) {
    if (object.id->kind == &opaque_kind && object.has(opaque_fields.gives)) all.push_back(&object);
  });
  std::ranges::sort(all, {}, [](const Object* object) { return object->id; });
  return all;
}

Steps close_to_others(Id made, const std::vector<const Object*>& there, const Schema& wanted) {
  Rights given;
  bool withheld = false;
  for (const Object* one : there) {
    const Defaults defaults(*one);
    if (!defaults.concerns(made)) continue;
    for (const auto& [role, privileges] : defaults.rights)
      given[role].insert(given[role].end(), privileges.begin(), privileges.end());
    withheld |=
        defaults.schema.empty() && !defaults.rights.contains(Text(everybody)) && !everybodys(defaults.sort).empty();
  }
  Steps steps;
  for (auto& [role, privileges] : given) {
    const List wanted_here = wanted_rights(made, role, wanted);
    std::erase_if(privileges, [&](const Text& one) { return std::ranges::count(wanted_here, one) != 0; });
    std::ranges::sort(privileges);
    privileges.erase(std::unique(privileges.begin(), privileges.end()), privileges.end());
    if (!privileges.empty())
      steps.push_back(before_grants(
          made, role, concat("REVOKE ", spelled(privileges, made), " ON ", on_what(made), " FROM ", grantee(role))));
  }
  const Text all(everybody);
  if (withheld && !wanted.find(grant_kind, made, all))
    steps.push_back(before_grants(
        made, all,
        concat("GRANT ", spelled(wanted_rights(made, all, wanted), made), " ON ", on_what(made), " TO PUBLIC")));
  return steps;
}

namespace {
void grant_to_one(Id made, const std::vector<Defaults>& all_defaults, Reading& reading) {
  Schema& schema = reading.schema();
  for (const Defaults& defaults : all_defaults) {
    if (!defaults.concerns(made)) continue;
    Rights rights = defaults.rights;
    const Text all(everybody);
    if (defaults.schema.empty() && !everybodys(defaults.sort).empty()) rights.try_emplace(all);
    for (auto& [role, privileges] : rights) {
      if (const Object* old = schema.find(grant_kind, made, role))
        for (const Text& before : (*old)[grant_fields.privileges]) privileges.push_back(before);
      std::ranges::sort(privileges);
      privileges.erase(std::unique(privileges.begin(), privileges.end()), privileges.end());
      const Id id = schema.ids().of(grant_kind, made, role);
      if (privileges == allowed_at_first(made, role, schema)) continue;
      Object* grant = schema.find(id) ? reading.change(id) : reading.make(grant_kind, made, role);
      if (grant) grant->put(grant_fields.privileges, privileges);
    }
  }
}
}  // namespace

void grant_by_default(std::span<const Id> made, Reading& reading) {
  std::vector<Id> concerned;
  for (Id id : made)
    if (!sort_of(id->kind->noun).empty() && reading.schema().find(id)) concerned.push_back(id);
  if (concerned.empty()) return;
  std::vector<Defaults> all_defaults;
  for (const Object* one : default_privileges(reading.schema())) {
    Defaults defaults(*one);
    if (defaults.role.empty()) all_defaults.push_back(std::move(defaults));
  }
  for (Id id : concerned) grant_to_one(id, all_defaults, reading);
}

namespace {
struct Place {
  Text sort, schema, role;
};

Text title(std::string_view noun, const Place& place) {
  return concat("default privileges", place.role.empty() ? "" : concat(" for role ", place.role),
                place.schema.empty() ? "" : concat(" in schema ", place.schema), " on ", lower(noun), "s");
}

void apply(ast::Node action, std::string_view noun, const Place& place, Reading& reading) {
  Schema& schema = reading.schema();
  const Id id = schema.ids().of(opaque_kind, Id(), title(noun, place));
  Rights rights;
  if (const Object* old = schema.find(id)) {
    rights = Defaults(*old).rights;
  } else if (place.schema.empty() && !everybodys(place.sort).empty()) {
    rights[Text(everybody)] = everybodys(place.sort);
  }
  List words;
  for (ast::Node privilege : action["privileges"]) words.push_back(lower(privilege["priv_name"].text()));
  for (ast::Node role : action["grantees"]) {
    const bool is_everybody = role["roletype"].text() == "ROLESPEC_PUBLIC";
    List& mine = rights[is_everybody ? Text(everybody) : Text(role["rolename"].text())];
    for (const Text& word : words.empty() ? all_of(place.sort) : words) {
      std::erase(mine, word);
      if (action["is_grant"].flag()) mine.push_back(word);
    }
  }
  List items{place.sort, place.schema, place.role};
  for (const auto& [role, privileges] : rights)
    for (const Text& one : privileges) items.push_back(concat(one, " ", role));
  Object& object = schema.find(id) ? *schema.find(id) : schema.add(id);
  object.put(opaque_fields.what, "default privileges");
  object.put(opaque_fields.gives, std::move(items));
}

List names_in(ast::Node options, std::string_view wanted) {
  List names;
  for (ast::Node option : options)
    if (option["defname"].text() == wanted)
      for (ast::Node item : option["arg"])
        names.emplace_back(item.has("roletype") ? item["rolename"].text() : item.text());
  return names.empty() ? List{Text()} : names;
}
}  // namespace

void rename_in_default_privileges(Schema& schema, const Slot& old, std::string_view name) {
  for (const Object* one : default_privileges(schema)) {
    const auto before = (*one)[opaque_fields.gives];
    List items(before.begin(), before.end());
    const std::size_t own = old.space == space::role ? 2 : 1;
    if (items[own] == old.name) items[own] = name;
    if (old.space == space::role)
      for (Text& item : std::span(items).subspan(3))
        if (const std::size_t at = item.find(' ') + 1; std::string_view(item).substr(at) == old.name)
          item.replace(at, Text::npos, name);
    schema.find(one->id)->put(opaque_fields.gives, std::move(items));
  }
}

void read_default_privileges(ast::Node statement, Reading& reading) {
  const ast::Node action = statement["action"];
  std::string_view noun = action["objtype"].text();
  noun.remove_prefix(std::min(noun.size(), std::string_view("OBJECT_").size()));
  const Text sort(sort_of(noun));
  if (sort.empty()) return;
  for (const Text& schema : names_in(statement["options"], "schemas"))
    for (const Text& role : names_in(statement["options"], "roles")) apply(action, noun, {sort, schema, role}, reading);
}

}  // namespace quoin
