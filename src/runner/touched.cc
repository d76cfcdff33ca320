#include "runner/touched.h"

#include <algorithm>

#include "core/sql/ast.h"
#include "runner/relation_name.h"

namespace quoin::runner {
namespace {

/// The schema of what is made; empty: the search path decides.
Text schema_of(const List& parts) { return parts.size() > 1 ? quote_ident(parts[parts.size() - 2]) : Text(); }

bool rewrites(ast::Node command) {
  static const List always{"AT_AlterColumnType", "AT_SetLogged", "AT_SetUnLogged", "AT_SetAccessMethod",
                           "AT_SetTableSpace"};
  return std::ranges::count(always, Text(command["subtype"].text())) > 0;
}

class RequirementReader {
 public:
  explicit RequirementReader(const Section& section) : section_(section) {}

  std::vector<Requirement> read() {
    std::vector<Error> unread;
    const ast::Tree tree = ast::Tree::parse_all(section_.text, unread);
    for (const ast::Statement& statement : tree.statements()) {
      place_ = place_of(section_, statement.begin);
      look(statement.node);
    }
    return std::move(found_);
  }

 private:
  const Section& section_;
  Place place_;
  std::vector<Requirement> found_;

  void add(Need need, const Text& name, std::string_view doing) {
    const bool is_of_path = need == Need::creating && name.empty();
    const Text shown = concat(doing, name.empty() ? "" : " ", name, is_of_path ? " the search path's schema" : "");
    found_.push_back({need, name, {}, place_, shown});
  }

  void write(ast::Node relation, std::string_view doing) {
    add(Need::writing, name_of(relation), doing);
    found_.back().rights = doing.substr(0, doing.find(' '));
  }

  void look(ast::Node node) {
    look_at_tables(node);
    look_at_rows(node);
    look_at_making(node);
  }

  void look_at_tables(ast::Node node) {
    if (node.is("AlterTableStmt")) {
      add(Need::owner, name_of(node["relation"]), "altering");
      for (const ast::Node command : node["cmds"]) found_.back().rewrites |= rewrites(command);
    } else if (node.is("IndexStmt")) {
      add(Need::owner, name_of(node["relation"]), "indexing");
      found_.back().rewrites = true;
    } else if (node.is("RenameStmt") && node.has("relation")) {
      add(Need::owner, name_of(node["relation"]), "renaming");
    } else if (node.is("AlterObjectSchemaStmt") && node.has("relation")) {
      add(Need::owner, name_of(node["relation"]), "moving");
    } else if (node.is("CreateTrigStmt")) {
      add(Need::trigger, name_of(node["relation"]), "a trigger on");
    } else if (node.is("CreatePolicyStmt") || node.is("AlterPolicyStmt")) {
      add(Need::owner, name_of(node["table"]), "a policy on");
    } else if (node.is("RuleStmt")) {
      add(Need::owner, name_of(node["relation"]), "a rule on");
    } else if (node.is("ClusterStmt") && node.has("relation")) {
      add(Need::owner, name_of(node["relation"]), "clustering");
      found_.back().rewrites = true;
    } else if (node.is("DropStmt")) {
      look_at_drop(node);
    }
  }

  void look_at_drop(ast::Node node) {
    static const List relations{"OBJECT_TABLE", "OBJECT_VIEW",     "OBJECT_MATVIEW",
                                "OBJECT_INDEX", "OBJECT_SEQUENCE", "OBJECT_FOREIGN_TABLE"};
    if (std::ranges::count(relations, Text(node["removeType"].text())) == 0) return;
    for (const ast::Node object : node["objects"]) add(Need::owner, name_of(object.texts()), "dropping");
  }

  void look_at_rows(ast::Node node) {
    if (node.is("InsertStmt")) write(node["relation"], "insert into");
    if (node.is("UpdateStmt")) write(node["relation"], "update");
    if (node.is("DeleteStmt")) write(node["relation"], "delete from");
    if (node.is("TruncateStmt"))
      for (const ast::Node relation : node["relations"]) write(relation, "truncate");
  }

  void look_at_making(ast::Node node) {
    const auto make = [&](const Text& schema, std::string_view doing) { add(Need::creating, schema, doing); };
    const auto in_schema = [](ast::Node relation) {
      return relation.has("schemaname") ? quote_ident(relation["schemaname"].text()) : Text();
    };
    const auto is_temporary = [](ast::Node relation) { return relation["relpersistence"].text() == "t"; };
    if (node.is("CreateStmt") && !is_temporary(node["relation"])) make(in_schema(node["relation"]), "a new table in");
    if (node.is("ViewStmt") && !is_temporary(node["view"])) make(in_schema(node["view"]), "a new view in");
    if (node.is("CreateSeqStmt") && !is_temporary(node["sequence"]))
      make(in_schema(node["sequence"]), "a new sequence in");
    if (node.is("CreateTableAsStmt") && !is_temporary(node["into"]["rel"]))
      make(in_schema(node["into"]["rel"]), "a new table in");
    if (node.is("CreateFunctionStmt")) make(schema_of(node["funcname"].texts()), "a new function in");
    if (node.is("CreateEnumStmt")) make(schema_of(node["typeName"].texts()), "a new type in");
    if (node.is("CreateDomainStmt")) make(schema_of(node["domainname"].texts()), "a new domain in");
    if (node.is("CompositeTypeStmt")) make(in_schema(node["typevar"]), "a new type in");
    if (node.is("CreateSchemaStmt")) add(Need::schemas, {}, "a new schema");
  }
};

}  // namespace

std::vector<Requirement> requirements_of(const Section& section) { return RequirementReader(section).read(); }

}  // namespace quoin::runner
