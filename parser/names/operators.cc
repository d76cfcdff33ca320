#include "parser/names/operators.h"

#include "core/sql/print.h"

namespace quoin {

namespace {
/// What is known of an operand: its type by pg_type's name; `constant`: untyped text, which takes the other's type.
struct Operand {
  Text type;
  bool constant = false;
  bool fits(std::string_view wanted) const { return constant || type.empty() || type == wanted; }
};

/// pg_type's name of a type as SQL writes it, without modifiers.
Text catalog_name(std::string_view type) {
  static constexpr std::pair<std::string_view, std::string_view> names[] = {{"integer", "int4"},
                                                                            {"bigint", "int8"},
                                                                            {"smallint", "int2"},
                                                                            {"real", "float4"},
                                                                            {"double precision", "float8"},
                                                                            {"boolean", "bool"},
                                                                            {"character", "text"},
                                                                            {"character varying", "text"},
                                                                            {"varchar", "text"},
                                                                            {"bpchar", "text"},
                                                                            {"name", "text"}};
  const bool array = type.ends_with("[]");
  if (array) type.remove_suffix(2);
  Text name(trim(type.substr(0, type.find('('))));
  const auto row = std::ranges::find(names, name, [](const auto& pair) { return pair.first; });
  if (row != std::end(names)) name = row->second;
  name = name_parts(name).back();
  return array ? "_" + name : name;
}

class Operators {
 public:
  Operators(const ast::Tree& tree, const KnownTypes& types, const Lookup& lookup)
      : tree_(tree), types_(types), lookup_(lookup) {}
  std::vector<Id> used;

  void visit(ast::Node node) {
    if (!node) return;
    for (ast::Node item : node.items()) visit(item);
    const auto fields = node.fields();
    for (std::size_t i = 0; i < fields.size(); ++i) visit(node.fields()[i].second);
    if (node.is("A_Expr")) operation(node);
  }

 private:
  const ast::Tree& tree_;
  const KnownTypes& types_;
  const Lookup& lookup_;

  /// A domain has the operators of the type that it is made of.
  Text base_type(const Text& type) const {
    const Id id = lookup_.find(space::type, written(std::string_view(type))).id;
    const Object* object = lookup_.schema().find(id);
    if (!object || id->kind->addressed != &by_qualified_name) return catalog_name(type);
    const FieldBase* base = id->kind->value_type;
    const Text* text = base ? std::get_if<Text>(&object->value(*base)) : nullptr;
    return text && *text != type ? base_type(*text) : catalog_name(type);
  }

  Operand operand(ast::Node node) const {
    if (node.is("TypeCast")) return {base_type(ast::print_type(node["typeName"]))};
    if (node.is("A_ArrayExpr") || !node.items().empty()) {
      const auto items = node.is("A_ArrayExpr") ? node["elements"].items() : node.items();
      return items.empty() ? Operand() : operand(items[0]);
    }
    if (node.is("A_Const")) return {node.has("ival") ? "int4" : node.has("fval") ? "numeric" : "", node.has("sval")};
    for (const auto& [reference, type] : types_.columns)
      if (reference == node && !type.empty()) return {base_type(type)};
    const bool is_value = node.is("ColumnRef") && node["fields"].size() == 1 && !types_.value.empty() &&
                          node["fields"].items()[0].text() == "value";
    return is_value ? Operand{base_type(types_.value)} : Operand();
  }

  /// The extension whose operator it is; nullptr: pg_catalog's, or not to be told.
  const Object* owner(std::string_view name, ast::Node left_node, ast::Node right_node) const {
    std::optional<Operand> left_operand, right_operand;  // asked for where some extension has the name
    for (const Object* extension : lookup_.extensions())
      for (const auto& [l, r] : builtin::operators_of(extension->id->name, name)) {
        if (!left_operand) left_operand = operand(left_node);
        if (!right_operand) right_operand = operand(right_node);
        const Operand &left = *left_operand, &right = *right_operand;
        if ((left.constant && right.constant) || !left.fits(l) || !right.fits(r)) continue;
        if (left.type == l || right.type == r || !builtin::has_operator(name)) return extension;
      }
    return nullptr;
  }

  Id own(const std::vector<Id>& overloads, ast::Node left_node, ast::Node right_node) const {
    if (overloads.empty()) return {};
    const Operand left = operand(left_node), right = operand(right_node);
    for (const Id id : overloads) {
      const auto types = types_of(id->signature);
      const Text l = base_type(Text(types.at(0))), r = base_type(Text(types.at(1)));
      if (left.fits(l) && right.fits(r) && (overloads.size() == 1 || left.type == l || right.type == r)) return id;
    }
    return {};
  }

  /// True if it is an operator object of the schema; then it is needed.
  bool is_own(ast::Node node) {
    const List parts = node["name"].texts();
    if (parts.empty()) return false;
    std::vector<Id> schemas = lookup_.path();
    if (parts.size() > 1) schemas = {lookup_.schema_named(parts[0])};
    for (const Id schema : schemas) {
      const Id found =
          schema ? own(lookup_.schema().holders(space::operator_, schema, parts.back()), node["lexpr"], node["rexpr"])
                 : Id();
      if (!found) continue;
      used.push_back(found);
      if (parts.size() == 1 && schema->name != "public") qualify(node, schema->name, parts[0]);
      return true;
    }
    return false;
  }

  void qualify(ast::Node node, const Text& schema, const Text& name) {
    const std::string_view kind = node["kind"].text();
    const ast::Node parts[] = {tree_.make_text("String", schema), tree_.make_text("String", name)};
    node["name"].set_items(parts);
    if (kind == "AEXPR_LIKE" || kind == "AEXPR_ILIKE") node.set("kind", tree_.make_text("", "AEXPR_OP"));
    if (kind == "AEXPR_IN") in(node, name);
  }

  void operation(ast::Node node) {
    const std::string_view kind = node["kind"].text();
    const bool plain = kind == "AEXPR_OP" || kind == "AEXPR_OP_ANY" || kind == "AEXPR_OP_ALL" || kind == "AEXPR_IN" ||
                       kind == "AEXPR_LIKE" || kind == "AEXPR_ILIKE";
    if (!plain || is_own(node) || node["name"].size() != 1 || !node.has("lexpr")) return;
    const Text name(node["name"].items()[0].text());
    const Object* extension = owner(name, node["lexpr"], node["rexpr"]);
    if (!extension) return;
    used.push_back(extension->id);
    const Text schema = schema_of_extension(*extension);
    if (schema == "public" || schema == "pg_catalog") return;
    qualify(node, schema, name);
  }

  void in(ast::Node node, std::string_view name) {
    node.set("kind", tree_.make_text("", name == "=" ? "AEXPR_OP_ANY" : "AEXPR_OP_ALL"));
    const ast::Node array = tree_.make("A_ArrayExpr");
    array.set("elements", tree_.make_list(node["rexpr"].items()));
    node.set("rexpr", array);
  }
};
}  // namespace

std::vector<Id> qualify_operators(const ast::Tree& tree, ast::Node root, const KnownTypes& types,
                                  const Lookup& lookup) {
  Operators operators(tree, types, lookup);
  operators.visit(root);
  return std::move(operators.used);
}

}  // namespace quoin
