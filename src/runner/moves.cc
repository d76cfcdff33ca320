#include "runner/moves.h"

#include <algorithm>

namespace quoin::runner {

namespace {
Text before(const std::map<Text, Text>& names, const Text& name) {
  const auto found = names.find(name);
  return found == names.end() ? name : found->second;
}

Text beside(ast::Node range_var, std::string_view new_name) {
  return quote_qualified(range_var["schemaname"].text(), new_name);
}

/// The path that SELECT set_config('search_path', 'app, public', …) asks for; empty: another statement.
Text path_set_by(ast::Node statement) {
  for (ast::Node target : statement["targetList"]) {
    const ast::Node call = target["val"];
    const auto names = call["funcname"].items(), arguments = call["args"].items();
    if (names.empty() || names.back().text() != "set_config" || arguments.size() < 2) continue;
    if (arguments[0]["sval"].text() == "search_path") return Text(arguments[1]["sval"].text());
  }
  return {};
}
}  // namespace

void Moves::read(ast::Node statement) {
  if (statement.is("RenameStmt")) read_rename(statement);
  if (statement.is("AlterTableStmt")) read_heirs(statement);
  if (statement.is("AlterObjectSchemaStmt") && statement.has("relation")) {
    const ast::Node relation_node = statement["relation"];
    const Text now = quote_qualified(statement["newschema"].text(), relation_node["relname"].text());
    relations_[now] = relation(name_of(relation_node));
  }
  if (statement.is("VariableSetStmt") && statement["name"].text() == "search_path")
    for (ast::Node schema : statement["args"]) look_in(schema["sval"].text());
  if (statement.is("SelectStmt"))
    for (const Text& schema : split(path_set_by(statement), ',')) look_in(unquote_ident(trim(schema)));
}

// A path may be empty, or have an empty place.
void Moves::look_in(std::string_view schema) {
  if (!schema.empty()) path_.push_back(quote_ident(schema));
}

void Moves::read_rename(ast::Node statement) {
  const std::string_view type = statement["renameType"].text();
  const Text now(statement["newname"].text()), part(statement["subname"].text());
  if (type == "OBJECT_SCHEMA") {
    schemas_[quote_ident(now)] = schema(quote_ident(part));
  } else if (type == "OBJECT_COLUMN") {
    const Text table = relation(name_of(statement["relation"]));
    columns_[{table, now}] = column(table, part);
  } else if (statement.has("relation") && part.empty()) {
    relations_[beside(statement["relation"], now)] = relation(name_of(statement["relation"]));
  }
}

void Moves::read_heirs(ast::Node alter_table) {
  const Text altered = relation(name_of(alter_table["relation"]));
  for (const ast::Node command : alter_table["cmds"]) {
    const std::string_view type = command["subtype"].text();
    if (type == "AT_AttachPartition") heirs_.emplace(altered, relation(name_of(command["def"]["name"])));
    if (type == "AT_AddInherit") heirs_.emplace(relation(name_of(command["def"])), altered);
  }
}

Text Moves::schema(const Text& name) const { return before(schemas_, name); }

Text Moves::relation(const Text& name) const {
  Text was = before(relations_, name);
  for (const auto& [now, old] : schemas_)
    if (was.starts_with(now + ".")) return old + was.substr(now.size());
  return was;
}

Text Moves::column(const Text& table, const Text& name) const {
  const auto found = columns_.find({relation(table), name});
  return found == columns_.end() ? name : found->second;
}

List Moves::elsewhere(const Text& relation) const {
  List names;
  if (relation.find('.') == Text::npos)
    for (const Text& schema : path_) names.push_back(concat(schema, ".", relation));
  List reached{relation};
  for (std::size_t next = 0; next < reached.size(); ++next) {
    const auto [first, last] = heirs_.equal_range(reached[next]);
    for (auto heir = first; heir != last; ++heir)
      if (std::ranges::count(reached, heir->second) == 0) reached.push_back(heir->second);
  }
  names.insert(names.end(), reached.begin() + 1, reached.end());
  return names;
}

}  // namespace quoin::runner
