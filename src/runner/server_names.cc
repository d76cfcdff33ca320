#include "runner/server_names.h"

#include <algorithm>

#include "core/sql/ast.h"

namespace quoin::runner {
namespace {

using Deed = ServerName::Deed;

ast::Node option(ast::Node options, std::string_view name) {
  for (const ast::Node one : options)
    if (one["defname"].text() == name) return one["arg"];
  return {};
}

std::optional<ServerThing> thing_of(std::string_view object_type) {
  static constexpr std::pair<std::string_view, ServerThing> all[] = {{"OBJECT_ROLE", ServerThing::role},
                                                                     {"OBJECT_LANGUAGE", ServerThing::language},
                                                                     {"OBJECT_TABLESPACE", ServerThing::tablespace},
                                                                     {"OBJECT_DATABASE", ServerThing::database}};
  for (const auto& [type, thing] : all)
    if (type == object_type) return thing;
  return std::nullopt;
}

class Reader {
 public:
  explicit Reader(const Section& section) : section_(section) {}

  std::vector<ServerName> read() {
    std::vector<Error> unread;
    const ast::Tree tree = ast::Tree::parse_all(section_.text, unread);
    for (const ast::Statement& statement : tree.statements()) {
      place_ = place_of(section_, statement.begin);
      look(statement);
    }
    return std::move(found_);
  }

 private:
  const Section& section_;
  Place place_;
  std::vector<ServerName> found_;

  void add(Deed deed, ServerThing thing, std::string_view name) {
    if (!name.empty()) found_.push_back({deed, thing, Text(name), place_, {}, false, {}});
  }
  void use(ServerThing thing, std::string_view name) { add(Deed::uses, thing, name); }
  void make(ServerThing thing, std::string_view name) { add(Deed::makes, thing, name); }

  void look(const ast::Statement& statement) {
    const ast::Node node = statement.node;
    if (node.is("DropRoleStmt")) return drop_roles(node);
    if (node.is("DropTableSpaceStmt")) return drop(node, ServerThing::tablespace, "tablespacename");
    if (node.is("DropdbStmt")) return drop(node, ServerThing::database, "dbname");
    if (node.is("CreateTableSpaceStmt")) make(ServerThing::tablespace, node["tablespacename"].text());
    look_at_statement(node);
    look_within(node);
    if (node.is("CreateRoleStmt")) make(ServerThing::role, node["role"].text());
    if (node.is("CreatedbStmt")) make(ServerThing::database, node["dbname"].text());
    if (node.is("CreatePLangStmt")) make(ServerThing::language, node["plname"].text());
    static constexpr std::string_view programs[] = {"DoStmt", "CallStmt", "SelectStmt", "CreateFunctionStmt"};
    if (std::ranges::count(programs, node.tag()) > 0)
      found_.push_back(
          {Deed::may_make,
           {},
           {},
           place_,
           {},
           false,
           lower(std::string_view(section_.text).substr(statement.begin, statement.end - statement.begin))});
  }

  void drop(ast::Node node, ServerThing thing, std::string_view field) {
    if (!node["missing_ok"].flag()) use(thing, node[field].text());
    add(Deed::drops, thing, node[field].text());
  }

  void drop_roles(ast::Node node) {
    for (const ast::Node role : node["roles"]) drop_role(role["rolename"].text(), node["missing_ok"].flag());
  }
  void drop_role(std::string_view name, bool may_lack) {
    if (!may_lack) use(ServerThing::role, name);
    add(Deed::drops, ServerThing::role, name);
  }

  void look_at_statement(ast::Node node) {
    if (node.is("CreateExtensionStmt")) return look_at_extension(node);
    if (node.is("GrantRoleStmt"))
      for (const ast::Node role : node["granted_roles"]) use(ServerThing::role, role["priv_name"].text());
    if (node.is("AlterDatabaseStmt") || node.is("AlterDatabaseSetStmt"))
      use(ServerThing::database, node["dbname"].text());
    if (node.is("AlterRoleSetStmt")) use(ServerThing::database, node["database"].text());
    if (node.is("CreateFunctionStmt")) use(ServerThing::language, option(node["options"], "language").text());
    if (node.is("DoStmt")) use(ServerThing::language, option(node["args"], "language").text());
    if (node.is("CreateTransformStmt")) use(ServerThing::language, node["lang"].text());
    if (node.is("VariableSetStmt")) look_at_setting(node);
    look_at_named(node);
  }

  void look_at_setting(ast::Node node) {
    static constexpr std::string_view all[] = {"role", "session_authorization"};
    if (node["kind"].text() != "VAR_SET_VALUE" || std::ranges::count(all, node["name"].text()) == 0) return;
    for (const ast::Node value : node["args"])
      if (value["sval"].text() != "none") use(ServerThing::role, value["sval"].text());
  }

  /// GRANT … ON DATABASE, ALTER … OWNER TO, COMMENT ON ROLE, ALTER ROLE … RENAME TO.
  void look_at_named(ast::Node node) {
    if (node.is("GrantStmt")) {
      if (const auto thing = thing_of(node["objtype"].text()))
        for (const ast::Node object : node["objects"]) use(*thing, object.text());
    } else if (node.is("AlterOwnerStmt")) {
      if (const auto thing = thing_of(node["objectType"].text())) use(*thing, node["object"].text());
    } else if (node.is("CommentStmt")) {
      if (const auto thing = thing_of(node["objtype"].text())) use(*thing, node["object"].text());
    } else if (node.is("RenameStmt")) {
      const auto thing = thing_of(node["renameType"].text());
      if (!thing) return;
      const std::string_view name = node.has("subname") ? node["subname"].text() : node["object"].text();
      use(*thing, name);
      add(Deed::drops, *thing, name);
      make(*thing, node["newname"].text());
    }
  }

  void look_at_extension(ast::Node node) {
    use(ServerThing::extension, node["extname"].text());
    found_.back().version = option(node["options"], "new_version").text();
    found_.back().cascades = bool(option(node["options"], "cascade"));
    make(ServerThing::extension, node["extname"].text());
  }

  /// Roles and tablespaces stand anywhere: in a clause, an option, an element of CREATE SCHEMA.
  void look_within(ast::Node node) {
    if (node["roletype"].text() == "ROLESPEC_CSTRING") use(ServerThing::role, node["rolename"].text());
    if (node["subtype"].text() == "AT_SetTableSpace") use(ServerThing::tablespace, node["name"].text());
    static constexpr std::string_view tablespaces[] = {"tablespacename", "tableSpaceName",      "tableSpace",
                                                       "indexspace",     "orig_tablespacename", "new_tablespacename"};
    for (const auto& [field, value] : node.fields()) {
      if (std::ranges::count(tablespaces, field) > 0 && !node.is("CreateTableSpaceStmt"))
        use(ServerThing::tablespace, value.text());
      look_within(value);
    }
    for (const ast::Node item : node.items()) look_within(item);
  }
};

}  // namespace

std::string_view to_string(ServerThing thing) {
  static constexpr std::string_view names[] = {"role", "extension", "language", "tablespace", "database"};
  return names[static_cast<std::size_t>(thing)];
}

std::vector<ServerName> server_names_in(const Section& section) { return Reader(section).read(); }

}  // namespace quoin::runner
