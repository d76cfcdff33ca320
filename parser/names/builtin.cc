#include <unordered_map>
#include <unordered_set>

#include "core/base/text.h"
#include "parser/names/builtin_names.h"

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

using Operators = std::vector<std::pair<std::string_view, Operands>>;

Operators operators_in(std::string_view text) {
  Operators all;
  std::string_view parts[3];
  for (std::size_t begin = 0, part = 0; begin < text.size(); part = (part + 1) % 3) {
    const std::size_t end = std::min(text.find(' ', begin), text.size());
    parts[part] = text.substr(begin, end - begin);
    if (part == 2) all.emplace_back(parts[0], Operands(parts[1], parts[2]));
    begin = end + 1;
  }
  return all;
}

struct Extension {
  Names types, routines, relations, operator_classes;
  Operators operators;
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
      map[e.name] = {names_in(e.types), names_in(e.routines), names_in(e.relations), names_in(e.operator_classes),
                     operators_in(e.operators)};
    return map;
  }();
  return all;
}
}  // namespace

bool has(What what, std::string_view name) {
  static const Names types = names_in(type_names), routines = names_in(routine_names),
                     support = names_in(support_names);
  switch (what) {
    case What::type:
      return types.contains(name) || (name.starts_with('_') && types.contains(name.substr(1))) ||
             name.starts_with("pg_");
    case What::routine:
      // Input and output functions of types, and what a cast spelled as a call means: text('a'), date('…').
      return routines.contains(name) || support.contains(name) || types.contains(name);
    case What::relation:
      return name.starts_with("pg_");
    case What::operator_class:
      break;
  }
  return false;
}

std::optional<List> columns_of(std::string_view routine) {
  static const auto all = [] {
    std::unordered_map<std::string_view, std::string_view> map;
    for (const std::string_view one : names_in(routine_columns)) {
      const std::size_t colon = one.find(':');
      map.emplace(one.substr(0, colon), one.substr(colon + 1));
    }
    return map;
  }();
  const auto found = all.find(routine);
  if (found == all.end()) return List();
  return found->second.find('?') == Text::npos ? std::optional(split(found->second, ',')) : std::nullopt;
}

bool has_operator(std::string_view name) {
  static const Names all = names_in(operator_names);
  return all.contains(name);
}

std::vector<Operands> operators_of(std::string_view extension, std::string_view name) {
  std::vector<Operands> all;
  const auto found = extensions().find(extension);
  if (found == extensions().end()) return all;
  for (const auto& [one, operands] : found->second.operators)
    if (one == name) all.push_back(operands);
  return all;
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
