// Routines, which are known by the types of their arguments: read once all types are there.
#include "core/sql/ast.h"
#include "core/sql/print.h"
#include "parser/names/lookup.h"
#include "parser/yaml/reader.h"

namespace quoin::yaml {
namespace {
constexpr std::string_view routine_before = "CREATE FUNCTION ", routine_after = " RETURNS void LANGUAGE sql AS ''";

struct Cut {
  std::size_t begin, end;
};
/// The arguments between the parentheses of a routine's key, each without white space around it.
std::vector<Cut> cut_arguments(std::string_view sql, std::size_t open) {
  std::vector<Cut> cuts;
  std::size_t begin = open + 1;
  int depth = 0;
  for (std::size_t i = open; i < sql.size(); ++i) {
    const char c = sql[i];
    if (c == '\'' || c == '"') {
      i = std::min(sql.find(c, i + 1), sql.size());
    } else if (c == '(' || c == '[') {
      ++depth;
    } else if (c == ')' || c == ']') {
      if (--depth == 0) return cuts.push_back({begin, i}), cuts;
    } else if (c == ',' && depth == 1) {
      cuts.push_back({begin, i});
      begin = i + 1;
    }
  }
  return cuts;
}

/// What follows DEFAULT or = in an argument, as written.
Text default_of(std::string_view argument) {
  const Text folded = lower(argument);
  for (std::size_t i = 0; i < argument.size(); ++i) {
    const char c = argument[i];
    if (c == '\'' || c == '"') {
      i = std::min(argument.find(c, i + 1), argument.size());
    } else if (c == '=') {
      return Text(trim(argument.substr(i + 1)));
    } else if (i > 0 && folded.compare(i, 8, "default ") == 0 && argument[i - 1] == ' ') {
      return Text(trim(argument.substr(i + 8)));
    }
  }
  return {};
}

Text mode_of(ast::Node parameter) {
  const std::string_view mode = parameter["mode"].text();
  if (mode == "FUNC_PARAM_OUT") return "OUT ";
  if (mode == "FUNC_PARAM_INOUT") return "INOUT ";
  if (mode == "FUNC_PARAM_VARIADIC") return "VARIADIC ";
  return {};
}

/// The type as a signature says it: canonical, and qualified where it lies in a schema of the model.
Text type_of(ast::Node type_name, const Lookup& lookup) {
  const Text printed = ast::print_type(type_name);
  const List names = type_name["names"].texts();
  if (names.size() != 1) return printed;
  const Found found = lookup.find("type", {{}, names[0]});
  if (found.is_missing() || found.schema.empty()) return printed;
  const Text bare = quote_ident(names[0]);
  return printed.starts_with(bare) ? concat(quote_ident(found.schema), ".", printed) : printed;
}

struct Arguments {
  List all, types;  // as the field holds them; of those that go in, as the signature does
};
Arguments arguments_in(const ast::Tree& create, const Lookup& lookup) {
  List arguments, types;
  const ast::Node statement = create.statements().at(0).node;
  const std::string_view sql = create.text();
  const std::size_t name_size = statement["funcname"].texts().at(0).size();
  const std::vector<Cut> cuts = cut_arguments(sql, sql.find('(', routine_before.size() + name_size));
  for (ast::Node parameter : statement["parameters"]) {
    create.forget_modifiers(parameter["argType"]);
    const ast::Node name = parameter["name"];
    Text fallback;
    if (parameter.has("defexpr") && arguments.size() < cuts.size()) {
      const Cut cut = cuts[arguments.size()];
      fallback = concat(" DEFAULT ", default_of(std::string_view(sql).substr(cut.begin, cut.end - cut.begin)));
    }
    const Text mode = mode_of(parameter), type = type_of(parameter["argType"], lookup);
    arguments.push_back(concat(mode, name ? quote_ident(name.text()) + " " : Text(), type, fallback));
    if (mode != "OUT ") types.push_back(type);
  }
  return {std::move(arguments), std::move(types)};
}
}  // namespace

void DocumentReader::routine(const PendingRoutine& waiting) {
  const Kind* kind = choose(waiting.kinds, waiting.value);
  if (!kind) return;
  if (!kind->is_overloaded()) return read_by_signature(*kind, waiting);
  const Text& text = waiting.key.node->value;
  if (text.find('(') == Text::npos)
    return values_.report(waiting.key, "yaml-key", concat(kind->name, " ", text, " has no list of arguments"),
                          concat("write ", text, "()"));
  try {
    const Text sql = concat(routine_before, text, routine_after);
    const ast::Tree tree = ast::Tree::parse(sql);
    const ast::Node statement = tree.statements().at(0).node;
    const List names = statement["funcname"].texts();
    if (tree.statements().size() != 1 || names.size() != 1)
      return values_.report(waiting.key, "yaml-key", concat("\"", text, "\" is not one name with its arguments"),
                            "the schema is the document's; quote a name that holds a dot");
    const auto [arguments, types] = arguments_in(tree, lookup_for(waiting.parent));
    const Id id = schema_.ids().of(*kind, waiting.parent, names[0], concat("(", join(types, ", "), ")"));
    Object* object = make(id, waiting.key);
    if (!object) return;
    if (const FieldBase* field = arguments_of(*kind)) object->put(*field, arguments);
    fill(*object, {waiting.value.file, waiting.value.node, id});
  } catch (const Error& error) {
    if (error.code != Code::input) throw;
    values_.report_sql(waiting.key, error, concat(routine_before, text), routine_before.size());
  }
}

// Whatever tells it apart is written as DROP takes it.
void DocumentReader::read_by_signature(const Kind& kind, const PendingRoutine& waiting) {
  const bool in_parentheses = kind.is_of_types();
  const Text before = concat("DROP ", kind.noun, in_parentheses ? " (" : " "), after = in_parentheses ? ")" : "";
  const Text& text = waiting.key.node->value;
  try {
    const ast::Tree tree = ast::Tree::parse(concat(before, text, after));
    const ast::Node objects = tree.statements().at(0).node["objects"];
    const Named named = objects.size() == 1 ? kind.addressed->named(objects.items()[0]) : Named{};
    if (tree.statements().size() != 1 || objects.size() != 1 || named.name.size() > 1)
      return values_.report(waiting.key, "yaml-key", concat("\"", text, "\" is not one ", kind.name),
                            "the schema is the document's");
    List types;
    for (const ast::Node type : named.types) {
      if (type.has("names")) tree.forget_modifiers(type);
      types.push_back(type.has("names") ? type_of(type, lookup_for(waiting.parent)) : Text("NONE"));
    }
    const Text signature = types.empty() ? named.signature : concat("(", join(types, ", "), ")");
    const Id id = schema_.ids().of(kind, waiting.parent, named.name.empty() ? Text() : named.name[0], signature);
    if (make(id, waiting.key)) fill(*schema_.find(id), {waiting.value.file, waiting.value.node, id});
  } catch (const Error& error) {
    if (error.code != Code::input) throw;
    values_.report_sql(waiting.key, error, before + text, before.size());
  }
}

}  // namespace quoin::yaml
