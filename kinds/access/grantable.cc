#include "kinds/access/grantable.h"

namespace quoin {
namespace {
List nothing() { return {}; }
List of_tables() { return {"delete", "insert", "references", "select", "trigger", "truncate", "update"}; }
List of_columns() { return {"insert", "references", "select", "update"}; }
List of_sequences() { return {"select", "update", "usage"}; }
List of_functions() { return {"execute"}; }
List use_alone() { return {"usage"}; }
List of_schemas() { return {"create", "usage"}; }
List of_large_objects() { return {"select", "update"}; }
}  // namespace

constexpr Sort sort_of_tables{"TABLES", "OBJECT_TABLE", of_tables, nothing};
constexpr Sort sort_of_sequences{"SEQUENCES", "OBJECT_SEQUENCE", of_sequences, nothing};
constexpr Sort sort_of_functions{"FUNCTIONS", "OBJECT_FUNCTION", of_functions, of_functions};
constexpr Sort sort_of_types{"TYPES", "OBJECT_TYPE", use_alone, use_alone};
constexpr Sort sort_of_schemas{"SCHEMAS", "OBJECT_SCHEMA", of_schemas, nothing};
constexpr Sort sort_of_large_objects{"LARGE OBJECTS", "OBJECT_LARGEOBJECT", of_large_objects, nothing};
constexpr Sort sort_of_columns{"", "", of_columns, nothing};
constexpr Sort sort_of_languages{"", "", use_alone, use_alone};
constexpr Sort sort_of_foreign_servers{"", "", use_alone, nothing};

std::span<const Sort* const> sorts() {
  static constexpr const Sort* all[] = {&sort_of_tables, &sort_of_sequences, &sort_of_functions,
                                        &sort_of_types,  &sort_of_schemas,   &sort_of_large_objects};
  return all;
}

Text access_lists_of(const AccessColumns& a) {
  const auto column = [](std::string_view name) { return concat("o.", name); };
  return concat("select ", a.number, ", o.oid, 0, ", column(a.owner), ", ", column(a.acl), ", pg_catalog.acldefault('",
                a.letter, "', ", column(a.owner), ") from pg_catalog.", a.catalog, " o where ", column(a.acl),
                " is not null and o.oid >= 16384");
}

std::optional<std::size_t> sort_of(const Kind& made) {
  if (!made.rights) return std::nullopt;
  const auto found = std::ranges::find(sorts(), made.rights->sort);
  return found == sorts().end() ? std::nullopt : std::optional(static_cast<std::size_t>(found - sorts().begin()));
}

List all_privileges(const Sort& sort, int major) {
  List all = sort.all();
  if (&sort == &sort_of_tables && (major == 0 || major >= 17)) all.emplace_back(maintain);
  std::ranges::sort(all);
  return all;
}

List all_privileges(const Kind& of_object, int major) {
  return of_object.rights ? all_privileges(*of_object.rights->sort, major) : List();
}

List everybodys_privileges(const Kind& of_object) {
  return of_object.rights ? of_object.rights->sort->everybodys() : List();
}

// GRANT takes an aggregate for a function, by the types of all its arguments.
Text on_what(Id object) {
  const Rights* rights = object->kind->rights;
  if (!rights) throw Error(Code::internal, concat("nothing is granted on objects of the kind ", object->kind->name));
  const std::string_view word = rights->granted_on;
  if (object->kind->is_column()) return concat(word, " ", qualified(object->parent));
  if (word == "FUNCTION") return concat(word, " ", qualified(object), object->signature);
  return concat(word, " ", address(object));
}

}  // namespace quoin
