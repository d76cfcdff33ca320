#include "runner/temporary.h"

namespace quoin::runner {
namespace {

constexpr std::string_view own_schema = "pg_temp.";

std::string_view bare(std::string_view name) {
  return name.starts_with(own_schema) ? name.substr(own_schema.size()) : name;
}

/// The RangeVar of the table that a statement makes.
ast::Node made_by(ast::Node statement) {
  if (statement.is("CreateTableAsStmt")) return statement["into"]["rel"];
  return statement.is("SelectStmt") ? statement["intoClause"]["rel"] : statement["relation"];
}

}  // namespace

bool TemporaryTables::is_one_made_by(ast::Node statement) {
  if (!statement.is("CreateStmt") && !statement.is("CreateTableAsStmt") && !statement.is("SelectStmt")) return false;
  const ast::Node table = made_by(statement);
  return table["relpersistence"].text() == "t" || table["schemaname"].text() == "pg_temp";
}

bool TemporaryTables::has(std::string_view name) const {
  return names_.contains(bare(name)) && (come_first_ || name.starts_with(own_schema));
}

bool TemporaryTables::read(ast::Node statement, std::string_view sql) {
  if (is_one_made_by(statement)) names_.insert(quote_ident(made_by(statement)["relname"].text()));
  if (statement.is("DiscardStmt")) names_.clear();
  if (lower(sql).find("search_path") != Text::npos && lower(sql).find("pg_temp") != Text::npos) come_first_ = false;
  if (statement.is("DropStmt"))
    for (const ast::Node object : statement["objects"])
      if (const Text name = name_of(object.texts()); has(name)) names_.erase(Text(bare(name)));
  if (!statement.is("RenameStmt") || statement["renameType"].text() == "OBJECT_COLUMN") return false;
  if (!statement.has("relation") || !has(name_of(statement["relation"]))) return false;
  names_.erase(quote_ident(statement["relation"]["relname"].text()));
  names_.insert(quote_ident(statement["newname"].text()));
  return true;
}

}  // namespace quoin::runner
