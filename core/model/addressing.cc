#include "core/model/addressing.h"

#include "core/model/kind.h"
#include "core/model/name.h"
#include "core/model/space.h"

namespace quoin {

List parts_of(ast::Node node) {
  if (node.has("names")) return node["names"].texts();
  if (!node.has("relname")) return node.items().empty() ? List{Text(node.text())} : node.texts();
  const Text relation(node["relname"].text());
  return node.has("schemaname") ? List{Text(node["schemaname"].text()), relation} : List{relation};
}

namespace {
Text plain(Id id) { return quote_ident(id->name); }
Text with_arguments(Id id) { return qualified(id) + id->signature; }
Text with_inputs(Id id) { return id->signature == "()" ? qualified(id) + "(*)" : with_arguments(id); }
Text on_relation(Id id) { return concat(quote_ident(id->name), " ON ", qualified(id->parent)); }
Text on_domain(Id id) { return concat(quote_ident(id->name), " ON DOMAIN ", qualified(id->parent)); }
Text of_relation(Id id) { return concat(qualified(id->parent), ".", quote_ident(id->name)); }

Text between_types(Id id) {
  const auto types = types_of(id->signature);
  return concat("(", types.at(0), " AS ", types.at(1), ")");
}

Named named(ast::Node object) { return {.name = parts_of(object)}; }

Named named_with_arguments(ast::Node object) {
  return object.has("objname") ? Named{.arguments = object} : named(object);
}

Text with_operands(Id id) {
  const Id schema = id->parent;
  return concat(schema ? quote_ident(schema->name) + "." : Text(), title(id));
}
Text with_method(Id id) { return concat(qualified(id), " USING ", types_of(id->signature).at(0)); }
Text for_language(Id id) { return concat("FOR ", types_of(id->signature).at(0), " LANGUAGE ", quote_ident(id->name)); }

Named named_by_types(ast::Node object) { return {.types = {object.begin(), object.end()}}; }

Named named_with_operands(ast::Node object) {
  const ast::Node types = object["objargs"];
  return {.name = object["objname"].texts(), .types = {types.begin(), types.end()}};
}

Named named_with_method(ast::Node object) {
  List parts = object.texts();
  const Text method = quote_ident(parts.front());
  parts.erase(parts.begin());
  return {.name = std::move(parts), .signature = concat("(", method, ")")};
}

Named named_for_language(ast::Node object) {
  const auto items = object.items();
  return {.name = {Text(items.back().text())}, .types = {items.front()}};
}

Named named_in_relation(ast::Node object) {
  List holder = parts_of(object);
  const Text own = holder.back();
  holder.pop_back();
  return {.name = {own}, .holder = std::move(holder), .holder_space = space::relation};
}

Named named_in_domain(ast::Node object) {
  const auto items = object.items();
  return {.name = {Text(items.back().text())}, .holder = parts_of(items.front()), .holder_space = space::type};
}
}  // namespace

const Addressing by_name{plain, named};
const Addressing by_qualified_name{qualified, named};
const Addressing by_arguments{with_arguments, named_with_arguments, ToldBy::inputs};
const Addressing by_inputs{with_inputs, named_with_arguments, ToldBy::inputs};
const Addressing by_relation{on_relation, named_in_relation};
const Addressing by_domain{on_domain, named_in_domain};
const Addressing by_column{of_relation, named_in_relation};
const Addressing by_types{between_types, named_by_types, ToldBy::types};
const Addressing by_operands{with_operands, named_with_operands, ToldBy::operands};
const Addressing by_method{with_method, named_with_method, ToldBy::method};
const Addressing by_language{for_language, named_for_language, ToldBy::language};
const Addressing by_parent{nullptr, nullptr};

}  // namespace quoin
