#include "runner/copied_rows.h"

#include <algorithm>

#include "core/sql/print.h"
#include "runner/relation_name.h"

namespace quoin::runner {
namespace {

constexpr std::string_view all_columns = "*";

/// The columns of a query that gives all rows of one table and computes nothing; empty: another query.
List columns_of_whole(ast::Node query) {
  for (const char* clause : {"whereClause", "limitCount", "limitOffset", "groupClause", "havingClause",
                             "distinctClause", "withClause", "lockingClause", "valuesLists"})
    if (query.has(clause)) return {};
  if (query["fromClause"].size() != 1 || !query["fromClause"].items().front().is("RangeVar")) return {};
  List columns;
  for (const ast::Node target : query["targetList"]) {
    const auto parts = target["val"]["fields"].items();
    if (!target["val"].is("ColumnRef") || parts.empty()) return {};
    columns.emplace_back(parts.back().is("A_Star") ? all_columns : parts.back().text());
  }
  return columns;
}

}  // namespace

void CopiedRows::begin_section(const Section& section) {
  end_transaction();
  leave_path();
  in_transaction_ = section.directive("no-transaction") == nullptr;
}

// A bare name may be another table's under another path.
void CopiedRows::leave_path() {
  std::erase_if(made_, [](const auto& one) { return one.first.find('.') == Text::npos; });
}

void CopiedRows::end_transaction() {
  held_.clear();
  past_policies_.clear();
  copies_.clear();
}

void CopiedRows::read(ast::Node statement) {
  if (statement.is("TransactionStmt")) {
    const std::string_view kind = statement["kind"].text();
    in_transaction_ = kind == "TRANS_STMT_BEGIN" || kind == "TRANS_STMT_START";
    return end_transaction();
  }
  const Text table = name_of(statement["relation"]);
  if (statement.is("VariableSetStmt") || statement.is("SelectStmt")) leave_path();
  if (statement.is("DropStmt"))
    for (const ast::Node object : statement["objects"]) made_.erase(name_of(object.texts()));
  if (statement.is("CreateStmt")) read_create(table, statement);
  if (statement.is("CreateTrigStmt") || statement.is("RuleStmt")) may_filter(table);
  if (statement.is("RenameStmt") && statement.has("relation") && statement["subname"].text().empty()) {
    made_.erase(table);
    held_.insert(quote_qualified(statement["relation"]["schemaname"].text(), statement["newname"].text()));
  }
  constexpr int access_exclusive = 8;
  if (statement.is("LockStmt") && statement["mode"].number() == access_exclusive)
    for (const ast::Node locked : statement["relations"]) held_.insert(name_of(locked));
  if (statement.is("AlterTableStmt")) read_alter(table, statement);
  if (statement.is("InsertStmt")) read_insert(table, statement);
  if (statement.is("UpdateStmt") || statement.is("MergeStmt") || statement.is("CopyStmt")) forget(table);
}

void CopiedRows::read_create(const Text& table, ast::Node create) {
  if (create["if_not_exists"].flag() || create["relation"]["relpersistence"].text() == "t") return;
  Made& made = made_[table] = {};
  for (const ast::Node element : create["tableElts"]) {
    if (element.is("ColumnDef")) made.types[Text(element["colname"].text())] = ast::print_type(element["typeName"]);
    if (element.is("TableLikeClause")) made.like.insert(name_of(element["relation"]));
  }
  if (create.has("partbound"))
    for (const ast::Node parent : create["inhRelations"]) made.parent = name_of(parent);
}

void CopiedRows::read_alter(const Text& table, ast::Node alter) {
  for (const ast::Node command : alter["cmds"]) {
    const std::string_view subtype = command["subtype"].text();
    if (subtype == "AT_NoForceRowSecurity") past_policies_.insert(table);
    if (subtype == "AT_ForceRowSecurity") past_policies_.erase(table);
    if (subtype == "AT_AttachPartition") may_filter(table);
  }
}

void CopiedRows::may_filter(Text table) {
  while (filtering_.insert(table).second && made_.contains(table)) table = made_[table].parent;
}

void CopiedRows::forget(const Text& source) {
  std::erase_if(copies_, [&](const auto& one) { return one.second.from == source; });
}

void CopiedRows::read_insert(const Text& into, ast::Node insert) {
  forget(into);
  const ast::Node query = insert["selectStmt"];
  const List columns = columns_of_whole(query);
  const bool takes_all = !columns.empty() && !insert.has("onConflictClause") && !insert.has("withClause");
  if (!takes_all || !in_transaction_ || !is_made(into) || filtering_.contains(into)) return;
  const ast::Node from = query["fromClause"].items().front();
  Copy copy{name_of(from), {}, !from["inh"].flag(), past_policies_.contains(name_of(from))};
  const Made& made = made_[into];
  const auto targets = insert["cols"].items();
  if (targets.size() != columns.size() && columns != List{Text(all_columns)}) return;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const Text target(targets.empty() ? std::string_view(columns[i]) : targets[i]["name"].text());
    const auto typed = made.types.find(target);
    if (typed != made.types.end())
      copy.columns[columns[i]] = typed->second;
    else if (made.like.contains(copy.from) && target == columns[i])
      copy.columns[columns[i]] = {};
    else
      return;
  }
  if (held_.contains(copy.from)) copies_[into] = std::move(copy);
}

std::optional<Text> CopiedRows::source_of(const Text& made) const {
  const auto found = copies_.find(made);
  if (found == copies_.end()) return std::nullopt;
  return found->second.from;
}

std::vector<PossibleLoss> CopiedRows::losses_of(const PossibleLoss& drop) const {
  const auto found =
      std::ranges::find_if(copies_, [&](const auto& one) { return one.second.from == drop.target.name; });
  if (drop.loss.rule != "data-loss" || drop.target.space != Space::relation || found == copies_.end()) return {drop};
  const Copy& copy = found->second;
  std::vector<PossibleLoss> losses;
  const auto add = [&](const Text& what, Target target) {
    losses.push_back({{"data-loss", what, {}}, std::move(target)});
  };
  List names;
  for (const auto& [column, type] : copy.columns) {
    names.push_back(quote_ident(column));
    if (type.empty()) continue;
    add(concat("does not keep whole, as ", type, ", the values of ", copy.from, ".", names.back()),
        {Space::retyped, copy.from, column, type});
  }
  add(concat(drop.loss.what, ", of which not every column is copied"),
      {Space::uncopied, copy.from, {}, join(names, ".")});
  if (!copy.past_policies)
    add(concat(drop.loss.what, ", some of whose rows its policies may hide from the copy"), {Space::hiding, copy.from});
  if (copy.only)
    add(concat(drop.loss.what, ", and rows of its partitions or heirs that are not copied"),
        {Space::parent, copy.from});
  return losses;
}

}  // namespace quoin::runner
