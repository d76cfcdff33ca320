// Statements about rows, and statements that no kind reads: they need the objects that they name.
#include "core/sql/print.h"
#include "kinds/column/null.h"
#include "parser/names/column_types.h"
#include "parser/names/names.h"
#include "parser/names/resolver.h"
#include "parser/replay/about_rows.h"
#include "parser/replay/result_type.h"
#include "parser/replay/session.h"

namespace quoin {

void Session::mentions(ast::Node node) {
  Qualify names(*tree_);
  Walk walk(lookup(), names);
  if (node.has("relname")) {
    walk.relation(node);
  } else {
    walk.query(node);
  }
  effects_->needs.insert(effects_->needs.end(), names.used.begin(), names.used.end());
  for (Missing& one : names.absent) note_missing(std::move(one));
}

namespace {
/// The column of a table that each reference means.
class ReferencedColumns : public Qualify {
 public:
  ReferencedColumns(const ast::Tree& tree, const Schema& schema) : Qualify(tree), schema_(schema) {}

  void column(ast::Node reference, const Source& source, const Lookup::Column& column, std::size_t from) override {
    Qualify::column(reference, source, column, from);
    if (const Object* object = reference ? schema_.find(column.id) : nullptr) meant_.emplace_back(reference, object);
  }
  GivenColumn given(Text name, ast::Node expression) const {
    const auto found = std::ranges::find(meant_, expression, [](const auto& one) { return one.first; });
    if (found == meant_.end())
      return {std::move(name), result_type(expression, [&](ast::Node one) { return type_of(one); })};
    return {std::move(name), type_of(*found->second), collation_of(*found->second)};
  }

 private:
  const Schema& schema_;
  std::vector<std::pair<ast::Node, const Object*>> meant_;

  /// Empty for a column with a collation of its own, which expressions over it inherit.
  Text type_of(ast::Node reference) const {
    const auto found = std::ranges::find(meant_, reference, [](const auto& one) { return one.first; });
    return found == meant_.end() || !collation_of(*found->second).empty() ? Text() : type_of(*found->second);
  }
  Text type_of(const Object& column) const { return quoin::type_of(column.id, schema_); }
  static Text collation_of(const Object& column) {
    for (const FieldBase* field : column.id->kind->fields)
      if (const Text* text = std::get_if<Text>(&column.value(*field)); text && field->role == Role::collation)
        return *text;
    return {};
  }
};
}  // namespace

std::optional<std::vector<GivenColumn>> Session::columns_of(ast::Node query) {
  const ast::Node copy = tree_->copy(query);
  ReferencedColumns names(*tree_, schema_);
  const auto columns = Walk(lookup(), names, *tree_).query(copy);
  effects_->needs.insert(effects_->needs.end(), names.used.begin(), names.used.end());
  for (Missing& one : names.absent) note_missing(std::move(one));
  const std::span<const ast::Node> targets = copy["targetList"].items();  // none of a set operation, which decides anew
  if (!columns || columns->size() != targets.size()) return std::nullopt;
  std::vector<GivenColumn> given;
  given.reserve(columns->size());
  for (std::size_t i = 0; i < targets.size(); ++i) given.push_back(names.given((*columns)[i].name, targets[i]["val"]));
  return given;
}

void Session::body(ast::Node node, const List& arguments) {
  Qualify names(*tree_);
  Walk walk(lookup(), names);
  for (const Text& argument : arguments) walk.add_variable(argument);
  walk.expression(tree_->copy(node));
  effects_->needs.insert(effects_->needs.end(), names.used.begin(), names.used.end());
  for (Missing& one : names.absent) note_missing(std::move(one));
}

namespace {
/// A query in place of a value, which is null where it finds no row; an aggregate finds one always.
bool may_find_nothing(ast::Node value) {
  while (value.is("TypeCast")) value = value["arg"];
  const ast::Node query = value["subselect"];
  if (!value.is("SubLink") || value["subLinkType"].text() != "EXPR_SUBLINK" || query["fromClause"].size() == 0)
    return false;
  return std::ranges::none_of(query["targetList"].items(), [](ast::Node one) { return one["val"].is("FuncCall"); });
}
}  // namespace

/// Whether rows are there only a server knows.
void Session::note_values_from_rows(ast::Node insert) {
  const Id table = lookup().find(space::relation, written(insert["relation"])).id;
  const ast::Node query = insert["selectStmt"];
  if (!table || nested_ || query["fromClause"].size() > 0) return;
  const auto look = [&](std::size_t number, ast::Node value) {
    if (number >= insert["cols"].size() || !may_find_nothing(value)) return;
    const auto column = lookup().column(table, Text(insert["cols"].items()[number]["name"].text()));
    if (!column || !column->id || !refuses_null(column->id, schema_)) return;
    const int at = value.is("SubLink") ? value.location() : -1;
    effects_->told.emplace_back(at < 0 ? effects_->begin : static_cast<std::size_t>(at),
                                concat(about_rows, ": it gives null then, which ", path(column->id),
                                       " refuses; what rows there are only a server knows"));
  };
  for (std::size_t i = 0; i < query["targetList"].size(); ++i) look(i, query["targetList"].items()[i]["val"]);
  for (ast::Node row : query["valuesLists"])
    for (std::size_t i = 0; i < row.size(); ++i) look(i, row.items()[i]);
}

bool Session::rows(ast::Node node) {
  const std::string_view tag = node.tag();
  if (tag == "SelectStmt" && node.has("intoClause")) {
    read(node, subject_);
    return true;
  }
  if (tag == "SelectStmt" || tag == "InsertStmt" || tag == "UpdateStmt" || tag == "DeleteStmt" || tag == "MergeStmt") {
    calls(node);
    mentions(node);
    if (tag == "InsertStmt") note_values_from_rows(node);
    return true;
  }
  if (tag == "ExplainStmt" || tag == "DeclareCursorStmt" || tag == "PrepareStmt") return statement(node["query"]), true;
  if (tag == "CallStmt") return body(node["funccall"], {}), calls(node), true;
  if (tag == "ExecuteStmt") return calls(node), true;
  if (tag == "DoStmt") return do_block(node), true;
  if (tag == "CopyStmt") {
    mentions(node.has("relation") ? node["relation"] : node["query"]);
    return true;
  }
  if (tag == "TruncateStmt" || tag == "LockStmt") {
    for (ast::Node relation : node["relations"]) mentions(relation);
    return true;
  }
  if (tag == "VacuumStmt") {
    for (ast::Node one : node["rels"]) mentions(one["relation"]);
    return true;
  }
  if (tag == "ReindexStmt") {
    if (node.has("relation")) mentions(node["relation"]);
    return true;
  }
  return false;
}

void Session::make_unmodelled(std::string_view in, ast::Node named, std::string_view noun) {
  const Written name = written(named);
  const Id schema = creation_schema(named);
  if (!schema) return;
  const Slot slot{in, schema, name.name, {}};
  if (const Id modelled = in == space::routine ? Id() : schema_.holder(slot)) remove({modelled});
  unmodelled_.names.insert(slot);
  effects_->unmodelled.push_back(slot);
  if (in == space::relation) unmodelled_.names.insert({space::type, schema, name.name, {}});
  if (schema->name == temporary_schema) return;
  const Text what = concat(noun, " ", quote_qualified(schema->name, name.name));
  schema_.unmodelled.push_back(what);
  effects_->unknown.push_back(concat(what, " is of a kind that is not modelled yet"));
}

void Session::unmodelled(ast::Node node) {
  const std::string_view tag = node.tag(), subtype = subtype_of(node);
  if (node["relation"].has("relname")) mentions(node["relation"]);
  effects_->unknown.push_back(
      concat(tag, subtype.empty() ? "" : " ", subtype, " is not followed yet: what it makes or changes is not known"));
}

}  // namespace quoin
