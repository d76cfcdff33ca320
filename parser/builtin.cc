#include <unordered_map>
#include <unordered_set>

#include "base/text.h"
#include "parser/builtin_names.h"

namespace quoin::builtin {

namespace {
using Names = std::unordered_set<std::string_view>;

Names names_in(std::string_view text) {
  Names names;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find(' ', begin), text.size());
    if (end > begin) names.insert(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return names;
}

struct Extension {
  Names types, routines, relations, operator_classes;
  const Names& of(What what) const {
    switch (what) {
      case What::type:
        return types;
      case What::routine:
        return routines;
      case What::relation:
        return relations;
      case What::operator_class:
        break;
    }
    return operator_classes;
  }
};

const std::unordered_map<std::string_view, Extension>& extensions() {
  static const auto all = [] {
    std::unordered_map<std::string_view, Extension> map;
    for (const ExtensionNames& e : std::span(extension_names, extension_count))
      map[e.name] = {names_in(e.types), names_in(e.routines), names_in(e.relations), names_in(e.operator_classes)};
    return map;
  }();
  return all;
}
}  // namespace

bool has(What what, std::string_view name) {
  static const Names types = names_in(type_names), routines = names_in(routine_names);
  switch (what) {
    case What::type:
      return types.contains(name) || (name.starts_with('_') && types.contains(name.substr(1))) ||
             name.starts_with("pg_");
    case What::routine:
      // Input and output functions of types, and what a cast spelled as a call means: text('a'), date('…').
      return routines.contains(name) || types.contains(name);
    case What::relation:
      return name.starts_with("pg_");
    case What::operator_class:
      break;
  }
  return false;
}

bool known_extension(std::string_view extension) {
  // What a procedural language brings, no statement names.
  return extension == "plpgsql" || extensions().contains(extension);
}

bool extension_has(std::string_view extension, What what, std::string_view name) {
  const auto found = extensions().find(extension);
  return found != extensions().end() && found->second.of(what).contains(name);
}

std::string_view extension_with(What what, std::string_view name) {
  for (const ExtensionNames& e : std::span(extension_names, extension_count))
    if (extension_has(e.name, what, name)) return e.name;
  return {};
}

}  // namespace quoin::builtin
