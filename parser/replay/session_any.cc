// Statements that treat all kinds of objects alike: DROP, ALTER … OWNER, GRANT, SET, and ALTER TABLE's frame.
#include "core/model/member.h"
#include "core/model/space.h"
#include "core/sql/print.h"
#include "kinds/access/carried.h"
#include "kinds/database/template.h"
#include "parser/replay/session.h"

namespace quoin {

namespace {
/// Statements about sessions, roles and databases, which hold no object that quoin reads.
constexpr std::string_view ignored[] = {
    "VariableShowStmt",   "DiscardStmt",     "NotifyStmt",        "ListenStmt",           "UnlistenStmt",
    "CheckPointStmt",     "CreateRoleStmt",  "AlterRoleStmt",     "AlterRoleSetStmt",     "DropRoleStmt",
    "GrantRoleStmt",      "CreatedbStmt",    "AlterDatabaseStmt", "AlterDatabaseSetStmt", "DropdbStmt",
    "ConstraintsSetStmt", "LoadStmt",        "AlterSystemStmt",   "CreateTableSpaceStmt", "DeallocateStmt",
    "FetchStmt",          "ClosePortalStmt", "SecLabelStmt",      "ReassignOwnedStmt",
};

/// Object types that quoin does not read, and that lie in none of the objects that it reads.
constexpr std::string_view beyond_schemas[] = {"OBJECT_DATABASE", "OBJECT_ROLE", "OBJECT_TABLESPACE",
                                               "OBJECT_LARGEOBJECT", "OBJECT_PARAMETER_ACL"};

/// "event trigger" of "OBJECT_EVENT_TRIGGER".
Text words_of(std::string_view object_type) {
  Text words = lower(object_type.substr(std::min(object_type.find('_') + 1, object_type.size())));
  std::ranges::replace(words, '_', ' ');
  return words;
}

Text role_name(ast::Node role) {
  const std::string_view type = role["roletype"].text();
  if (type == "ROLESPEC_CURRENT_USER") return "CURRENT_USER";
  if (type == "ROLESPEC_SESSION_USER") return "SESSION_USER";
  return quote_ident(role["rolename"].text());
}
}  // namespace

bool Session::any_kind(ast::Node node) {
  using Handler = void (Session::*)(ast::Node);
  static const std::unordered_map<std::string_view, Handler> handlers{
      {"AlterTableStmt", &Session::alter_statement}, {"DropStmt", &Session::drop_statement},
      {"RenameStmt", &Session::rename_statement},    {"AlterObjectSchemaStmt", &Session::set_schema_statement},
      {"AlterOwnerStmt", &Session::owner_statement}, {"VariableSetStmt", &Session::set_variable},
  };
  if (const auto found = handlers.find(node.tag()); found != handlers.end()) return (this->*found->second)(node), true;
  if (node.is("TransactionStmt")) return transaction(node), true;
  return std::ranges::count(ignored, node.tag()) > 0;
}

Session::Target Session::locate_member(const ObjectType& type, Id relation, const Text& name) {
  const std::string_view in = type.space;
  Target target{{}, in, {{}, name}, relation};
  target.found.id = schema_.holder({in, relation, name, {}});
  if (target.found.id) {
    target.found.state = Found::State::there;
  } else if (lookup().is_unknown(relation) || unmodelled_.names.contains({in, relation, name, {}}) ||
             !modelled_type(type.type)) {
    target.found.state = Found::State::unknown;
  } else if (in == space::column) {
    target.found.state = part(relation, name);
  }
  return target;
}

/// A column or attribute, which may be no object: of a view, of a composite type.
Found::State Session::part(Id whole, const Text& name) {
  const Object* object = schema_.find(whole);
  if (!object || lookup().is_unknown(whole)) return Found::State::unknown;
  for (const FieldBase* field : whole->kind->fields) {
    const List* items = std::get_if<List>(&object->value(*field));
    if (field->role != Role::member || field->counts == Counts::derived || !items) continue;
    const Text wanted = quote_ident(name);
    const bool is_there = std::ranges::any_of(*items, [&](const Text& one) { return member_of(one).name == wanted; });
    return is_there ? Found::State::there : Found::State::missing;
  }
  if (!lookup().knows_columns(whole)) return Found::State::unknown;
  return lookup().column(whole, name) ? Found::State::there : Found::State::missing;
}

/// Names it with the relation or domain that it lies in.
void Session::note_missing(const Target& target) {
  Missing one = lookup().missing(target.in, target.name, target.found);
  one.offset = place_of(one.name);
  if (target.scope) one.name = concat(target.scope->name, ".", one.name);
  note_missing(std::move(one));
}

/// Does not report a type that is missing, since the statement then names no object.
Text Session::signature_asked_for(std::span<const ast::Node> types) {
  const Reports before = std::exchange(reports_, Reports::all);
  const Certainty sure = std::exchange(certainty_, Certainty::maybe);
  Text wanted = signature(types);
  reports_ = before;
  certainty_ = sure;
  return wanted;
}

// A cast between types of pg_catalog may be the server's own.
Session::Target Session::locate_by_types(std::string_view in, std::span<const ast::Node> types) {
  const Text wanted = signature_asked_for(types);
  Target target{{}, in, {{}, wanted}, {}};
  target.found.id = schema_.holder({in, Id(), {}, wanted});
  const bool may_be_builtin = !target.found.id && wanted.find('.') == Text::npos;
  if (may_be_builtin) effects_->unknown.push_back(concat("whether there is a ", in, " ", wanted, " is not known"));
  target.found.state = target.found.id  ? Found::State::there
                       : may_be_builtin ? Found::State::unknown
                                        : Found::State::missing;
  return target;
}

// An object that the schema lacks may be pg_catalog's or an extension's.
Session::Target Session::locate_by_signature(const ObjectType& type, const Named& named) {
  List operands;
  for (const ast::Node one : named.types) {
    const Text alone = one.has("names") ? signature_asked_for({&one, 1}) : Text("(NONE)");
    operands.push_back(alone.substr(1, alone.size() - 2));
  }
  const Text signature = operands.empty() ? named.signature : concat("(", join(operands, ", "), ")");
  Target target{{}, type.space, written(named.name), {}};
  if (type.addressed->told_by == ToldBy::language) {
    target.found.id = schema_.holder({type.space, Id(), target.name.name, signature});
  } else {
    target.found = lookup().find_by_signature(type.space, target.name, signature);
  }
  const Id in = target.name.schema.empty() ? Id() : lookup().schema_named(target.name.schema);
  target.found.state = target.found.id                  ? Found::State::there
                       : in && !lookup().is_unknown(in) ? Found::State::missing
                                                        : Found::State::unknown;
  if (target.found.state == Found::State::unknown)
    effects_->unknown.push_back(
        concat("whether there is ", type.space, " ", target.name.name, " ", signature, " is not known"));
  return target;
}

Session::Target Session::locate_routine(ast::Node node) {
  Target target{{}, space::routine, written(node["objname"]), {}};
  const bool any = node["args_unspecified"].flag();
  if (!any) {
    target.found =
        lookup().find_by_signature(space::routine, target.name, signature_asked_for(node["objargs"].items()));
    if (target.found.id) return target;
  }
  target.found = lookup().find(space::routine, target.name);
  const std::vector<Id> all = lookup().routines(target.name);
  const bool may_make_a_type = lookup().find(space::type, target.name).state == Found::State::there;
  if (all.empty() && may_make_a_type) target.found = {Found::State::unknown, {}, {}};  // of a range, by its bounds
  if (all.empty()) return target;
  target.found.id = any ? all[0] : Id();
  if (any && all.size() > 1)  // the server does not choose one
    for (const Id one : all) note_duplicate(one);
  if (!any) target.found.state = Found::State::missing;
  return target;
}

Session::Target Session::locate(std::string_view type_name, ast::Node object) {
  const ObjectType* type = object_type(type_name);
  if (!type) {
    note_unknown_type(type_name);
    return {{Found::State::unknown, {}, {}}, {}, {}, {}};
  }
  const Named named = type->addressed->named(object);
  if (named.arguments) return locate_routine(named.arguments);
  if (named.name.empty()) return locate_by_types(type->space, named.types);
  if (type->addressed->told_by != ToldBy::name) return locate_by_signature(*type, named);
  if (!named.holder.empty()) {
    const Target holder = locate_name(named.holder_space, named.holder);
    return holder.found.id ? locate_member(*type, holder.found.id, named.name.back()) : holder;
  }
  return type->addressed == &by_name ? locate_top_level(type->space, named.name.back())
                                     : locate_name(type->space, named.name);
}

void Session::note_unknown_type(std::string_view object_type) {
  if (!std::ranges::count(beyond_schemas, object_type))
    effects_->unknown.push_back(
        concat("what is said of an object of type ", words_of(object_type), " is not followed"));
}

Session::Target Session::locate_name(std::string_view in, const List& parts) {
  Target target{{}, in, written(parts), {}};
  target.found = lookup().find(in, target.name);
  if (target.found.id && target.found.id->name != target.name.name) target.found.id = {};  // an extension's
  return target;
}

namespace {
/// True if every database has it, though no statement has made it: the language plpgsql.
bool is_everywhere(std::string_view in, const Text& name, Ids& ids) {
  return std::ranges::any_of(all_kinds(), [&](const Kind* kind) {
    return possible_parents(*kind).empty() && space_of(*kind) == in && in_template(ids.of(*kind, Id(), name));
  });
}
}  // namespace

Session::Target Session::locate_top_level(std::string_view in, const Text& name) {
  Target target{{}, in, {{}, name}, {}};
  target.found.id = schema_.holder({in, Id(), name, {}});
  const bool maybe = unmodelled_.names.contains({in, Id(), name, {}}) || is_everywhere(in, name, schema_.ids());
  target.found.state = target.found.id ? Found::State::there : maybe ? Found::State::unknown : Found::State::missing;
  return target;
}

Id Session::find_object(std::string_view object_type, ast::Node object, Absent absent) {
  const Target target = locate(object_type, object);
  if (target.found.is_missing() && absent == Absent::error) note_missing(target);
  if (target.found.id) effects_->needs.push_back(target.found.id);
  return target.found.id;
}

void Session::drop_statement(ast::Node node) {
  std::vector<Id> ids;
  for (ast::Node object : node["objects"]) {
    const Target target = locate(node["removeType"].text(), object);
    if (target.found.id) {
      ids.push_back(target.found.id);
    } else if (target.found.is_missing() && !node["missing_ok"].flag()) {
      note_missing(target);
    } else if (!target.found.schema.empty()) {
      const Id schema = lookup().schema_named(target.found.schema);
      unmodelled_.names.erase({target.in, schema, target.name.name, {}});
      std::erase(schema_.unmodelled, concat(target.in, " ", quote_qualified(target.found.schema, target.name.name)));
    }
  }
  if (!ids.empty()) drop_all(ids, node["behavior"]);
}

namespace {
/// ALTER TABLE runs its commands in passes: what goes, types, columns, the rest.
int pass(std::string_view subtype) {
  if (subtype == "AT_DropColumn" || subtype == "AT_DropConstraint") return 0;
  if (subtype == "AT_AlterColumnType") return 1;
  return subtype == "AT_AddColumn" ? 2 : 3;
}
}  // namespace

namespace {
bool may_hold_columns(Id relation) {
  return relation->kind->has(opaque) || std::ranges::any_of(all_kinds(), [&](const Kind* kind) {
           return kind->is_column() && may_lie_below(*kind, *relation->kind);
         });
}
}  // namespace

void Session::alter_statement(ast::Node node) {
  const Written name = written(node["relation"]);
  const Found found = lookup().find(space::relation, name);
  if (found.is_missing() && !node["missing_ok"].flag())
    note_missing(space::relation, name, found, node["relation"].location());
  if (!found.id) return;
  std::vector<ast::Node> commands(node["cmds"].begin(), node["cmds"].end());
  // The name is that of a part of another object (an identity's sequence), which only SET LOGGED and UNLOGGED take.
  const auto is_of_a_part = [](ast::Node command) {
    return command["subtype"].text() == "AT_SetLogged" || command["subtype"].text() == "AT_SetUnLogged";
  };
  if (found.id->name != name.name && !std::ranges::all_of(commands, is_of_a_part)) return;
  effects_->needs.push_back(found.id);
  const bool adds_column =
      std::ranges::any_of(commands, [](ast::Node command) { return command["subtype"].text() == "AT_AddColumn"; });
  if (adds_column && node["objtype"].text() != "OBJECT_TYPE" &&
      !may_hold_columns(found.id))  // another has the name that is meant
    return note_missing(space::relation, name, found, node["relation"].location());
  std::ranges::stable_sort(commands, {}, [](ast::Node command) { return pass(command["subtype"].text()); });
  only_ = !node["relation"]["inh"].flag();
  for (ast::Node command : commands) {
    if (!schema_.find(found.id)) break;
    if (command["subtype"].text() == "AT_ChangeOwner") {
      carry(found.id, space::owner,
            concat("ALTER ", address_with_noun(found.id), " OWNER TO ", role_name(command["newowner"])));
    } else {
      read(command, found.id);
    }
  }
  only_ = false;
}

namespace {
/// ALTER … OWNER TO merges the new owner's grants into the owner's own rights (aclnewowner()).
void drop_grants_to_owner(const Object& object, Schema& schema) {
  const Text owner = owner_of(object, schema);
  std::vector<Id> given;
  schema.each_child(object.id, [&](const Object& child) {
    const Kind& kind = *child.id->kind;
    if (kind.holds_anyway && kind.named_after == space::role && child.id->name == owner) given.push_back(child.id);
  });
  for (const Id id : given) schema.remove(id);
}
}  // namespace

void Session::carry(Id id, std::string_view what, Text sql) {
  Object* object = schema_.find(id);
  if (!object) return;
  put_carried(*object, what, std::move(sql));
  if (what == space::owner) drop_grants_to_owner(*object, schema_);
}

void Session::owner_statement(ast::Node node) {
  const std::string_view type = node["objectType"].text();
  const ast::Node object = node.has("relation") ? node["relation"] : node["object"];
  const Id id = find_object(type, object);
  if (id) carry(id, space::owner, concat("ALTER ", address_with_noun(id), " OWNER TO ", role_name(node["newowner"])));
}

namespace {
bool sets_to_off(ast::Node set_statement) {
  return std::ranges::any_of(set_statement["args"].items(), [](ast::Node argument) {
    const std::string_view value = argument["sval"].text();
    return value == "off" || value == "false" || value == "no";
  });
}
}  // namespace

void Session::set_variable(ast::Node node) {
  const std::string_view name = node["name"].text(), kind = node["kind"].text();
  const Lasts lasts = node["is_local"].flag() ? Lasts::transaction : Lasts::session;
  if (kind == "VAR_RESET_ALL" || (name == "search_path" && kind != "VAR_SET_VALUE")) {
    set_path(first_path_, lasts);
  } else if (name == "standard_conforming_strings" && sets_to_off(node)) {
    effects_->unknown.emplace_back("standard_conforming_strings = off is not followed: \\ in '…' is read as itself");
  } else if (name == "check_function_bodies") {
    looks_into_bodies_ = !sets_to_off(node);
  } else if (name == "search_path") {
    List path;
    for (ast::Node argument : node["args"]) path.emplace_back(argument["sval"].text());
    set_path(std::move(path), lasts);
  }
}

void Session::set_path(List path, Lasts lasts) {
  search_path_ = std::move(path);
  if (lasts == Lasts::session) path_after_commit_ = search_path_;
  lookup_.reset();
}

void Session::transaction(ast::Node node) {
  const std::string_view kind = node["kind"].text();
  if (kind == "TRANS_STMT_BEGIN" || kind == "TRANS_STMT_START") path_after_rollback_ = search_path_;
  if (kind == "TRANS_STMT_COMMIT") set_path(path_after_commit_, Lasts::session);
  if (kind == "TRANS_STMT_ROLLBACK") set_path(path_after_rollback_, Lasts::session);
  if (!kind.starts_with("TRANS_STMT_ROLLBACK")) return;
  effects_->anything = true;
  effects_->unknown.emplace_back("ROLLBACK is not followed: what came before it in its transaction counts as done");
}

}  // namespace quoin
