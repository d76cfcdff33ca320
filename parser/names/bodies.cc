// What the bodies of routines mention.
#include "core/base/parallel.h"
#include "parser/names/declared.h"
#include "parser/names/names.h"
#include "parser/names/resolver.h"

namespace quoin {

namespace {
using BodyField = const FieldBase* BodyFields::*;

/// Null where the object has none.
const Text* text_of(const Object& object, BodyField field) {
  const BodyFields* fields = object.id->kind->body;
  return fields ? std::get_if<Text>(&object.value(*(fields->*field))) : nullptr;
}
Text word_of(const Object& object, BodyField field) {
  const Text* text = text_of(object, field);
  return text ? *text : Text();
}

/// The search path that it sets itself; empty: none.
List own_path(const Object& routine) {
  constexpr std::string_view setting = "search_path=";
  const BodyFields* fields = routine.id->kind->body;
  const List* settings = fields ? std::get_if<List>(&routine.value(*fields->settings)) : nullptr;
  List path;
  for (const Text& one : settings ? *settings : List()) {
    if (!one.starts_with(setting)) continue;
    for (const Text& name : split(std::string_view(one).substr(setting.size()), ','))
      if (const Text word(trim(name)); word.size() > 2) path.push_back(word.substr(1, word.size() - 2));
    break;
  }
  return path;
}

/// Bodies are read for the relations and routines in them; which of their names are variables does not matter.
class Body {
 public:
  Body(Object& routine, const Schema& schema) : routine_(routine), lookup_(schema, path_of(routine)) {}

  void read() {
    const Text* body = text_of(routine_, &BodyFields::text);
    const Text language = word_of(routine_, &BodyFields::language);
    if (const Text early = word_of(routine_, &BodyFields::parsed); !early.empty()) {
      parsed_early(early);
    } else if (body && language == "sql") {
      statements(*body);
    } else if (body && language == "plpgsql") {
      blocks(*body);
    }
  }

 private:
  Object& routine_;
  Lookup lookup_;
  std::unordered_set<Text> seen_;  // statements of PL/pgSQL: what is said again mentions nothing more

  /// Its own setting, else what most who make it have.
  static List path_of(const Object& routine) {
    List path = own_path(routine);
    if (!path.empty()) return path;
    const Id schema = schema_of(routine.id);
    return {schema ? schema->name : Text(), "public"};
  }

  enum class Binding { when_made, when_run };

  void walk(const ast::Tree& tree, ast::Node node, Binding binding = Binding::when_run) {
    Qualify names(tree);
    Walk walk(lookup_, names);
    walk.add_variable("*");
    if (node.tag().ends_with("Stmt")) {
      walk.query(node);
    } else {
      walk.expression(node);
    }
    for (Id id : names.used) binding == Binding::when_made ? routine_.need(id) : routine_.want(relation_or_self(id));
    for (Id id : names.maybe) routine_.want(relation_or_self(id));
  }

  static Id relation_or_self(Id id) { return id->kind->is_column() ? id->parent : id; }

  /// BEGIN ATOMIC … END and RETURN …: what they mention must be there when the routine is made.
  void parsed_early(const Text& body) {
    try {
      const ast::Tree tree = ast::Tree::parse(concat("CREATE FUNCTION f() RETURNS void LANGUAGE sql ", body));
      for (const ast::Statement& one : tree.statements()) parts(tree, one.node["sql_body"]);
    } catch (const Error&) {  // beyond the grammar: it mentions nothing then
    }
  }
  void parts(const ast::Tree& tree, ast::Node node) {
    for (ast::Node item : node.items()) parts(tree, item);
    if (node.is("ReturnStmt")) {
      walk(tree, node["returnval"], Binding::when_made);
    } else if (node.tag().ends_with("Stmt")) {
      walk(tree, node, Binding::when_made);
    }
  }

  /// Whether it could be read at all.
  bool statements(std::string_view sql) {
    std::vector<Error> errors;
    const ast::Tree tree = ast::Tree::parse_all(sql, errors);
    for (const ast::Statement& one : tree.statements()) walk(tree, one.node);
    return errors.empty();
  }

  void expression(std::string_view sql) {
    try {
      const ast::Tree tree = ast::Tree::parse_expression(sql);
      walk(tree, tree.root());
    } catch (const Error&) {  // a body may hold what only its own language can read: it mentions nothing then
    }
  }

  void blocks(const Text& body) {
    declared(declarations(body));
    try {
      const ast::Tree tree = parse_body(body, argument_names(routine_));
      texts(tree.root());
    } catch (const Error&) {  // as above
    }
  }

  /// The server looks for the types of variables as soon as the routine is made.
  void declared(const Declarations& found) {
    for (const Text& type : found.types) try {
        const ast::Tree tree = ast::Tree::parse_type(type);
        Qualify names(tree);
        Walk(lookup_, names).type(tree.root());
        for (Id id : names.used) routine_.want(id);
      } catch (const Error&) {  // as above
      }
    for (const Text& relation : found.relations) want(lookup_.find(space::relation, written_name(relation)).id);
    for (const Text& column : found.columns) {
      List parts = name_parts(column);
      const Text last = parts.back();
      parts.pop_back();
      const Id relation = lookup_.find(space::relation, {parts.size() > 1 ? parts[0] : Text(), parts.back()}).id;
      want(relation);
      if (relation) want(lookup_.schema().holder({space::column, relation, last, {}}));
    }
  }
  void want(Id id) {
    if (id) routine_.want(id);
  }
  static Written written_name(const Text& name) { return written(std::string_view(name)); }

  void texts(ast::Node node) {
    constexpr std::int64_t as_expression = 2;  // RAW_PARSE_PLPGSQL_EXPR
    if (const std::string_view query = node["query"].text(); !query.empty() && seen_.emplace(query).second) {
      const std::size_t assigned = query.find(":=");
      if (assigned != std::string_view::npos) {
        expression(query.substr(assigned + 2));
      } else if (node["parseMode"].number() == as_expression || !statements(query)) {
        expression(query);
      }
    }
    for (ast::Node item : node.items()) texts(item);
    for (const auto& [name, value] : node.fields()) texts(value);
  }
};
}  // namespace

List argument_names(const Object& routine) {
  List names;
  for (const FieldBase* field : routine.id->kind->fields) {
    const List* items = std::get_if<List>(&routine.value(*field));
    if (!items || (field->role != Role::argument && field->role != Role::member)) continue;
    for (const Text& item : *items) try {
        const Fragment one = parse_fragment(field->role, item);
        const Text name(one.node[field->role == Role::argument ? "name" : "colname"].text());
        if (!name.empty()) names.push_back(name);
      } catch (const Error&) {  // then the body does without it
      }
  }
  return names;
}

std::vector<Missing> missing_in_body(const Object& routine, const Lookup& session) {
  const Text* body = text_of(routine, &BodyFields::text);
  const bool takes_any = routine.id->signature.find("any") != Text::npos;  // then the server waits for the types
  if (!body || takes_any || word_of(routine, &BodyFields::language) != "sql") return {};
  List path = own_path(routine);
  const std::optional<Lookup> own = path.empty() ? std::nullopt : std::optional<Lookup>(std::in_place, session, path);
  std::vector<Error> errors;
  const ast::Tree tree = ast::Tree::parse_all(*body, errors);
  std::vector<Missing> absent;
  for (const ast::Statement& one : tree.statements()) {
    static constexpr std::string_view of_rows[] = {"SelectStmt", "InsertStmt", "UpdateStmt", "DeleteStmt"};
    if (std::ranges::count(of_rows, one.node.tag()) == 0) continue;
    Qualify names(tree);
    Walk walk(own ? *own : session, names);
    for (const Text& argument : argument_names(routine)) walk.add_variable(argument);
    walk.query(one.node);
    std::ranges::move(names.absent, std::back_inserter(absent));
  }
  return absent;
}

void read_bodies(Schema& schema) {
  std::vector<Object*> routines;
  schema.each([&](Object& object) {
    if (text_of(object, &BodyFields::text) || !word_of(object, &BodyFields::parsed).empty())
      routines.push_back(&object);
  });
  schema.build_indexes();
  in_parallel(routines.size(), [&](std::size_t i) { Body(*routines[i], schema).read(); });
  for (const Object* routine : routines) schema.changed(routine->id);
}

}  // namespace quoin
