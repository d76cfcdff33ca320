#include "runner/access_reader.h"

#include <algorithm>

#include "runner/moves.h"

namespace quoin::runner {
namespace {

Text role_of(ast::Node role) {
  const std::string_view type = role["roletype"].text();
  if (type == "ROLESPEC_PUBLIC") return "everybody";
  return type == "ROLESPEC_CSTRING" ? quote_ident(role["rolename"].text()) : Text("whoever runs it");
}

Text roles_of(ast::Node roles) {
  List names;
  for (const ast::Node role : roles) names.push_back(role_of(role));
  return join(names, ", ");
}

/// SELECT, UPDATE (a, b); none: all.
Text privileges_of(ast::Node grant) {
  List words;
  for (const ast::Node privilege : grant["privileges"]) {
    const List columns = privilege["cols"].texts();
    words.push_back(concat(privilege.has("priv_name") ? upper(privilege["priv_name"].text()) : Text("all rights"),
                           columns.empty() ? Text() : concat(" (", join(columns, ", "), ")")));
  }
  return words.empty() ? Text("all rights") : join(words, ", ");
}

/// The objects that a privilege is on, or whose owner changes, with PostgreSQL's word before their names.
struct Thing {
  Target target;
  std::string_view noun{};
};

/// An object as GRANT and OWNER TO name it.
Thing thing_of(std::string_view type, ast::Node object) {
  if (object.has("relname")) return {{Space::relation, name_of(object)}};
  const bool is_routine = object.has("objname");
  const List names = is_routine ? object["objname"].texts() : object.texts();
  const Text name = names.empty() ? quote_ident(object.text()) : spelled(names);
  if (type == "OBJECT_SCHEMA") return {{Space::schema, name}, "schema "};
  if (type == "OBJECT_DATABASE") return {{Space::database, name}, "database "};
  if (type == "OBJECT_TYPE" || type == "OBJECT_DOMAIN") return {{Space::type, name}, "type "};
  if (is_routine && type != "OBJECT_OPERATOR") return {{Space::routine, name}};
  std::string_view noun = type.substr(std::min(type.find('_') + 1, type.size()));
  return {{Space::unknown, concat(lower(noun), " ", name)}};
}

std::string_view sort_in_schema(std::string_view type) {
  if (type == "OBJECT_TABLE") return "all tables in schema ";
  return type == "OBJECT_SEQUENCE" ? "all sequences in schema " : "all routines in schema ";
}

class AccessReader {
 public:
  explicit AccessReader(std::vector<PossibleLoss>& found) : found_(found) {}

  void read(ast::Node node) {
    struct Reader {
      std::string_view tag;
      void (AccessReader::*read)(ast::Node);
    };
    static constexpr Reader readers[] = {{"GrantStmt", &AccessReader::read_grant},
                                         {"GrantRoleStmt", &AccessReader::read_grant_role},
                                         {"AlterDefaultPrivilegesStmt", &AccessReader::read_defaults},
                                         {"AlterOwnerStmt", &AccessReader::read_owner},
                                         {"ReassignOwnedStmt", &AccessReader::read_reassign},
                                         {"CreateRoleStmt", &AccessReader::read_create_role},
                                         {"AlterRoleStmt", &AccessReader::read_alter_role},
                                         {"DropRoleStmt", &AccessReader::read_drop_role},
                                         {"CreatePolicyStmt", &AccessReader::read_policy},
                                         {"AlterPolicyStmt", &AccessReader::read_policy},
                                         {"AlterTableStmt", &AccessReader::read_alter_table},
                                         {"CreateFunctionStmt", &AccessReader::read_create_function},
                                         {"AlterFunctionStmt", &AccessReader::read_alter_function},
                                         {"ViewStmt", &AccessReader::read_view},
                                         {"DropStmt", &AccessReader::read_drop}};
    for (const Reader& reader : readers)
      if (node.is(reader.tag)) (this->*reader.read)(node);
  }

 private:
  /// Whether a role may do more, or may do less.
  enum class Door { opens, closes };

  void add(Door door, std::string_view what, const Target& target, std::string_view behind = {}) {
    found_.push_back({{"access", concat(what, target.name, behind), {}, door == Door::opens}, target});
  }

  void read_grant(ast::Node node) {
    const bool grants = node["is_grant"].flag();
    const std::string_view type = node["objtype"].text();
    const Text verb = concat(grants                        ? "grants "
                             : node["grant_option"].flag() ? "revokes the right to grant "
                                                           : "revokes ",
                             privileges_of(node), " on ");
    const Text whom = concat(grants ? " to " : " from ", roles_of(node["grantees"]));
    for (const ast::Node object : node["objects"]) {
      if (node["targtype"].text() == "ACL_TARGET_ALL_IN_SCHEMA") {
        add(grants ? Door::opens : Door::closes, concat(verb, sort_in_schema(type)),
            {Space::schema, quote_ident(object.text())}, whom);
      } else {
        const Thing thing = thing_of(type, object);
        add(grants ? Door::opens : Door::closes, concat(verb, thing.noun), thing.target, whom);
      }
    }
  }

  void read_grant_role(ast::Node node) {
    const bool grants = node["is_grant"].flag();
    for (const ast::Node role : node["granted_roles"]) {
      add(grants ? Door::opens : Door::closes, grants ? "grants role " : "revokes role ",
          {Space::role, quote_ident(role["priv_name"].text())},
          concat(grants ? " to " : " from ", roles_of(node["grantee_roles"])));
    }
  }

  void read_defaults(ast::Node node) {
    const ast::Node action = node["action"];
    const bool grants = action["is_grant"].flag();
    const Text what = concat(grants ? "grants " : "revokes ", privileges_of(action), grants ? " to " : " from ",
                             roles_of(action["grantees"]), " on what is made from now on");
    bool in_schemas = false;
    for (const ast::Node option : node["options"]) {
      if (option["defname"].text() != "schemas") continue;
      for (const ast::Node schema : option["arg"]) {
        add(grants ? Door::opens : Door::closes, concat(what, " in schema "),
            {Space::schema, quote_ident(schema.text())});
      }
      in_schemas = true;
    }
    if (in_schemas) return;
    add(grants ? Door::opens : Door::closes, what, {Space::unknown, {}});
  }

  void read_owner(ast::Node node) {
    const Thing thing = node.has("relation") ? Thing{{Space::relation, name_of(node["relation"])}}
                                             : thing_of(node["objectType"].text(), node["object"]);
    add(Door::opens, concat("gives ", thing.noun), thing.target,
        concat(" to another owner: ", role_of(node["newowner"])));
  }

  void read_reassign(ast::Node node) {
    for (const ast::Node role : node["roles"]) {
      const bool has_name = role["roletype"].text() == "ROLESPEC_CSTRING";
      add(Door::opens, "gives all that belongs to ", {has_name ? Space::role : Space::unknown, role_of(role)},
          concat(" to another owner: ", role_of(node["newrole"])));
    }
  }

  /// The words of what it may do: SUPERUSER, NOLOGIN.
  static List words_of(ast::Node options) {
    struct Word {
      std::string_view option, word;
    };
    static constexpr Word all[] = {
        {"superuser", "SUPERUSER"}, {"createrole", "CREATEROLE"},     {"createdb", "CREATEDB"},
        {"bypassrls", "BYPASSRLS"}, {"isreplication", "REPLICATION"}, {"canlogin", "LOGIN"},
        {"inherit", "INHERIT"}};
    List words;
    for (const ast::Node option : options)
      for (const Word& word : all)
        if (option["defname"].text() == word.option)
          words.push_back(concat(option["arg"].flag() ? "" : "NO", word.word));
    return words;
  }

  void read_create_role(ast::Node node) {
    const Text role = quote_ident(node["role"].text());
    List words = words_of(node["options"]);
    std::erase_if(words, [](const Text& word) {
      return word.starts_with("NO") || word == "LOGIN" || word == "INHERIT" || word == "CREATEDB";
    });
    if (!words.empty()) add(Door::opens, "makes role ", {Space::unknown, role}, concat(" with ", join(words, ", ")));
    for (const ast::Node option : node["options"])
      if (option["defname"].text() == "addroleto")
        for (const ast::Node other : option["arg"])
          add(Door::opens, "grants role ", {Space::role, role_of(other)}, concat(" to ", role));
  }

  void read_alter_role(ast::Node node) {
    const Text role = role_of(node["role"]);
    const Space space = node["role"]["roletype"].text() == "ROLESPEC_CSTRING" ? Space::role : Space::unknown;
    if (const List words = words_of(node["options"]); !words.empty())
      add(Door::opens, "changes what role ", {space, role}, concat(" may do: ", join(words, ", ")));
    const bool adds = node["action"].number() >= 0;
    for (const ast::Node option : node["options"])
      if (option["defname"].text() == "rolemembers") {
        add(adds ? Door::opens : Door::closes, adds ? "grants role " : "revokes role ", {space, role},
            concat(adds ? " to " : " from ", roles_of(option["arg"])));
      }
  }

  void read_drop_role(ast::Node node) {
    for (const ast::Node role : node["roles"])
      add(Door::closes, "drops role ", {Space::role, quote_ident(role["rolename"].text())});
  }

  void read_policy(ast::Node node) {
    const bool creates = node.is("CreatePolicyStmt");
    add(creates ? Door::opens : Door::closes,
        concat(creates ? "creates policy " : "alters policy ", quote_ident(node["policy_name"].text()), " of "),
        {Space::relation, name_of(node["table"])});
  }

  void read_alter_table(ast::Node node) {
    const Target relation{Space::relation, name_of(node["relation"])};
    for (const ast::Node command : node["cmds"]) {
      const std::string_view subtype = command["subtype"].text();
      if (subtype == "AT_DisableRowSecurity") add(Door::closes, "disables row security of ", relation);
      if (subtype == "AT_EnableRowSecurity") add(Door::closes, "enables row security of ", relation);
      if (subtype == "AT_ForceRowSecurity" || subtype == "AT_NoForceRowSecurity")
        add(Door::closes, "changes whether row security binds the owner of ", relation);
      if (subtype == "AT_ChangeOwner")
        add(Door::opens, "gives ", relation, concat(" to another owner: ", role_of(command["newowner"])));
      if (subtype == "AT_SetRelOptions" || subtype == "AT_ResetRelOptions")
        for (const ast::Node option : command["def"]) read_view_option(option, relation);
    }
  }

  static constexpr std::string_view no_barrier = "lets functions of its users see rows before its conditions: ";

  static bool is_off(ast::Node value) {
    static constexpr std::string_view words[] = {"false", "off", "no", "0"};
    const List names = value["names"].texts();  // a word that is no keyword reads as a type's name
    const Text said = lower(names.empty() ? value.text() : std::string_view(names.back()));
    return value && (std::ranges::count(words, said) > 0 || (value.is("Integer") && value.number() == 0));
  }

  void read_view_option(ast::Node option, const Target& view) {
    const std::string_view name = option["defname"].text();
    if (name == "security_invoker") add(Door::opens, "changes with whose rights it reads: ", view);
    if (name == "security_barrier") add(Door::opens, no_barrier, {Space::option, view.name, {}, "security_barrier"});
  }

  static bool is_definer(ast::Node options) {
    return std::ranges::any_of(options.items(), [](ast::Node option) {
      return option["defname"].text() == "security" && option["arg"].flag();
    });
  }

  void read_create_function(ast::Node node) {
    const Text name = spelled(node["funcname"].texts());
    const bool definer = is_definer(node["options"]);
    if (definer)
      add(Door::opens,
          "makes a routine that runs with its owner's rights (SECURITY DEFINER): ", {Space::unknown, name});
    if (!node["replace"].flag()) return;
    if (!definer) add(Door::opens, "makes a routine run with its caller's rights: ", {Space::definer, name});
    add(Door::opens, "replaces a routine that policies call: ", {Space::guard, name});
  }

  void read_alter_function(ast::Node node) {
    const Text name = spelled(node["func"]["objname"].texts());
    for (const ast::Node action : node["actions"]) {
      if (action["defname"].text() == "security")
        add(Door::closes, "changes with whose privileges it runs: ", {Space::routine, name});
      if (action["defname"].text() == "set")
        add(Door::opens,
            "changes the settings of a routine that runs with its owner's rights: ", {Space::definer, name});
    }
  }

  /// CREATE OR REPLACE takes away the options that it does not say.
  void read_view(ast::Node node) {
    const auto takes_away = [&](std::string_view name) {
      return node["replace"].flag() && std::ranges::none_of(node["options"].items(), [&](ast::Node option) {
               return option["defname"].text() == name && !is_off(option["arg"]);
             });
    };
    const Text view = name_of(node["view"]);
    if (takes_away("security_invoker"))
      add(Door::opens, "makes a view read with its owner's rights: ", {Space::option, view, {}, "security_invoker"});
    if (takes_away("security_barrier")) add(Door::opens, no_barrier, {Space::option, view, {}, "security_barrier"});
  }

  void read_drop(ast::Node node) {
    const std::string_view type = node["removeType"].text();
    const bool cascades = node["behavior"].text() == "DROP_CASCADE";
    for (const ast::Node object : node["objects"]) {
      const List names = object.texts();
      if (type == "OBJECT_POLICY" && names.size() > 1)
        add(Door::closes, concat("drops policy ", quote_ident(names.back()), " of "),
            {Space::relation, spelled(List(names.begin(), names.end() - 1))});
      if (cascades && object.has("objname"))
        add(Door::closes, "drops the policies that call ", {Space::guard, spelled(object["objname"].texts())});
    }
  }

  std::vector<PossibleLoss>& found_;
};

}  // namespace

Text spelled(const List& names) {
  Text text;
  for (const Text& name : names) text += concat(text.empty() ? "" : ".", quote_ident(name));
  return text;
}

void read_access(ast::Node statement, std::vector<PossibleLoss>& found) { AccessReader(found).read(statement); }

}  // namespace quoin::runner
