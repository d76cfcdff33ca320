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

constexpr Sort all_sorts[] = {{"TABLES", "OBJECT_TABLE", of_tables, nothing},
                              {"SEQUENCES", "OBJECT_SEQUENCE", of_sequences, nothing},
                              {"FUNCTIONS", "OBJECT_FUNCTION", of_functions, of_functions},
                              {"TYPES", "OBJECT_TYPE", use_alone, use_alone},
                              {"SCHEMAS", "OBJECT_SCHEMA", of_schemas, nothing},
                              {"LARGE OBJECTS", "OBJECT_LARGEOBJECT", of_large_objects, nothing},
                              {"", "", use_alone, use_alone},
                              {"", "", use_alone, nothing}};
constexpr const Sort &tables = all_sorts[0], &sequences = all_sorts[1], &functions = all_sorts[2],
                     &types = all_sorts[3], &schemas = all_sorts[4], &languages = all_sorts[6],
                     &foreign_servers = all_sorts[7];

/// The objects of a noun.
struct Grantable {
  std::string_view noun, granted_on;  // the kind's; GRANT's
  const Sort& sort;
};
constexpr Grantable all_nouns[] = {{"TABLE", "TABLE", tables},
                                   {"FOREIGN TABLE", "TABLE", tables},
                                   {"VIEW", "TABLE", tables},
                                   {"MATERIALIZED VIEW", "TABLE", tables},
                                   {"SEQUENCE", "SEQUENCE", sequences},
                                   {"FUNCTION", "FUNCTION", functions},
                                   {"AGGREGATE", "FUNCTION", functions},
                                   {"PROCEDURE", "PROCEDURE", functions},
                                   {"TYPE", "TYPE", types},
                                   {"DOMAIN", "TYPE", types},
                                   {"SCHEMA", "SCHEMA", schemas},
                                   {"LANGUAGE", "LANGUAGE", languages},
                                   {"FOREIGN DATA WRAPPER", "FOREIGN DATA WRAPPER", foreign_servers},
                                   {"SERVER", "FOREIGN SERVER", foreign_servers}};

const Grantable* find_grantable(const Kind& kind) {
  const auto found = std::ranges::find(all_nouns, kind.noun, &Grantable::noun);
  return found == std::end(all_nouns) ? nullptr : &*found;
}

}  // namespace

std::span<const Sort> sorts() { return all_sorts; }

std::optional<std::size_t> sort_of(const Kind& made) {
  const Grantable* found = find_grantable(made);
  if (!found || found->sort.nouns.empty()) return std::nullopt;
  return static_cast<std::size_t>(&found->sort - all_sorts);
}

List all_privileges(const Sort& sort, int major) {
  List all = sort.all();
  if (sort.all == of_tables && (major == 0 || major >= 17)) all.emplace_back(maintain);
  std::ranges::sort(all);
  return all;
}

List all_privileges(const Kind& of_object, int major) {
  if (of_object.is_column()) return of_columns();
  const Grantable* found = find_grantable(of_object);
  return found ? all_privileges(found->sort, major) : List();
}

List everybodys_privileges(const Kind& of_object) {
  const Grantable* found = find_grantable(of_object);
  return found ? found->sort.everybodys() : List();
}

// GRANT takes an aggregate for a function, by the types of all its arguments.
Text on_what(Id object) {
  if (object->kind->is_column()) return concat("TABLE ", qualified(object->parent));
  const Grantable* found = find_grantable(*object->kind);
  if (!found) throw Error(Code::internal, concat("nothing is granted on objects of the kind ", object->kind->name));
  const std::string_view word = found->granted_on;
  if (word == "FUNCTION") return concat(word, " ", qualified(object), object->signature);
  return concat(word, " ", address(object));
}

}  // namespace quoin
