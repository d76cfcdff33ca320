// Statements about rows, and text that is run: their names are needed, nothing is made unless the text makes it.
#include "core/sql/print.h"
#include "parser/names/names.h"
#include "parser/names/resolver.h"
#include "parser/replay/catalog_question.h"
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
/// The type that an expression has whatever the catalogs hold; empty: that takes a server.
Text shown_type(ast::Node expression) {
  if (expression.is("TypeCast")) return ast::print_type(expression["typeName"]);
  if (!expression.is("A_Const")) return {};
  return expression.has("ival")      ? "integer"
         : expression.has("sval")    ? "text"
         : expression.has("boolval") ? "boolean"
                                     : "";
}

/// Which column of a table each reference means.
class Meant : public Qualify {
 public:
  Meant(const ast::Tree& tree, const Schema& schema) : Qualify(tree), schema_(schema) {}

  void column(ast::Node reference, const Source& source, const Lookup::Column& column, std::size_t from) override {
    Qualify::column(reference, source, column, from);
    if (const Object* object = reference ? schema_.find(column.id) : nullptr) meant_.emplace_back(reference, object);
  }
  GivenColumn given(Text name, ast::Node expression) const {
    const auto found = std::ranges::find(meant_, expression, [](const auto& one) { return one.first; });
    if (found == meant_.end()) return {std::move(name), shown_type(expression)};
    return {std::move(name), text(*found->second, "type"), text(*found->second, "collation")};
  }

 private:
  const Schema& schema_;
  std::vector<std::pair<ast::Node, const Object*>> meant_;

  static Text text(const Object& object, std::string_view name) {
    const FieldBase* field = object.id->kind->fields.find(name);
    const Text* value = field ? std::get_if<Text>(&object.value(*field)) : nullptr;
    return value ? *value : Text();
  }
};
}  // namespace

std::optional<std::vector<GivenColumn>> Session::columns_of(ast::Node query) {
  const ast::Node copy = tree_->copy(query);
  Meant names(*tree_, schema_);
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

bool Session::rows(ast::Node node) {
  const std::string_view tag = node.tag();
  if (tag == "SelectStmt" && node.has("intoClause")) {
    read(node, subject_);
    return true;
  }
  if (tag == "SelectStmt" || tag == "InsertStmt" || tag == "UpdateStmt" || tag == "DeleteStmt" || tag == "MergeStmt") {
    calls(node);
    mentions(node);
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

namespace {
/// Every call below a node.
template <class Visit>
void each_call(ast::Node node, Visit visit) {
  if (node.is("FuncCall")) visit(node);
  for (ast::Node item : node.items()) each_call(item, visit);
  for (const auto& [name, value] : node.fields()) each_call(value, visit);
}

Text body_of(const Object& routine) {
  for (const FieldBase* field : routine.id->kind->fields)
    if (const Text* text = std::get_if<Text>(&routine.value(*field)); text && field->role == Role::body) return *text;
  return {};
}
}  // namespace

/// set_config('search_path', …), and calls of routines whose bodies make objects.
void Session::calls(ast::Node node) {
  each_call(node, [&](ast::Node call) {
    const Written name = written(call["funcname"]);
    const std::span<const ast::Node> arguments = call["args"].items();
    if (name.name == "set_config" && arguments.size() == 3 && arguments[0]["sval"].text() == "search_path") {
      search_path_.clear();
      for (const Text& part : split(arguments[1]["sval"].text(), ','))
        search_path_.push_back(name_parts(trim(part)).back());
      lookup_.reset();
    }
    for (Id routine : lookup().routines(name)) run_body(routine, arguments);
  });
}

/// What a routine's body makes and drops when it is called, as far as its text says it. It may call itself.
void Session::run_body(Id routine, std::span<const ast::Node> arguments) {
  const Text body = body_of(*schema_.find(routine));
  if (body.empty() || !running_.insert(routine).second) return;
  const Certainty certainty = std::exchange(certainty_, Certainty::maybe);
  const bool nested = std::exchange(nested_, true);
  const List names = argument_names(*schema_.find(routine));
  KnownValues given;
  for (std::size_t i = 0; i < names.size() && i < arguments.size(); ++i)
    given.set(names[i], known_.text(ast::print(arguments[i])));
  const KnownValues known = std::exchange(known_, std::move(given));
  try {
    const ast::Tree tree = parse_body(body, names);
    plpgsql(tree.root());
  } catch (const Error&) {  // not PL/pgSQL, or more of it than can be read here
    text_within(body);
  }
  known_ = known;
  nested_ = nested;
  certainty_ = certainty;
  running_.erase(routine);
}

void Session::do_block(ast::Node node) {
  std::string_view body;
  for (ast::Node option : node["args"]) {
    if (option["defname"].text() == "as") body = option["arg"].text();
    if (option["defname"].text() != "language" || option["arg"].text() == "plpgsql") continue;
    effects_->anything = true;
    return effects_->unknown.emplace_back(concat("DO in language ", option["arg"].text(), " is not followed")), void();
  }
  try {
    const ast::Tree block = parse_body(body, {});
    const bool outer = std::exchange(nested_, true);
    known_ = {};
    plpgsql(block.root());
    nested_ = outer;
  } catch (const Error&) {
    // libpg_query cannot read every PL/pgSQL that the server can; then nothing is known of the block.
    effects_->anything = true;
    effects_->unknown.emplace_back("the body of DO cannot be read");
  }
}

namespace {
std::string_view query_of(ast::Node expression) {
  return expression.has("PLpgSQL_expr") ? expression["PLpgSQL_expr"]["query"].text() : expression["query"].text();
}

bool holds(ast::Node node, std::string_view tag) {
  if (node.is(tag)) return true;
  for (ast::Node item : node.items())
    if (holds(item, tag)) return true;
  return std::ranges::any_of(node.fields(), [&](const auto& field) { return holds(field.second, tag); });
}
}  // namespace

void Session::plpgsql(ast::Node node) {
  const std::string_view tag = node.tag();
  if (tag == "PLpgSQL_function") known_.declare(node);
  if (tag == "PLpgSQL_stmt_assign") return assign(node);
  for (ast::Node field : node["target"]["fields"]) known_.set(Text(field["name"].text()), std::nullopt);
  if (tag == "PLpgSQL_stmt_execsql") return text_within(query_of(node["sqlstmt"]));
  if (tag == "PLpgSQL_stmt_perform") return text_within(query_of(node["expr"]));
  if (tag == "PLpgSQL_stmt_dynexecute") return execute_text(node["query"]);
  if (tag == "PLpgSQL_stmt_if") return branches(node);
  if (known_loop(node)) return;
  static constexpr std::string_view conditional[] = {
      "PLpgSQL_stmt_case", "PLpgSQL_stmt_while",     "PLpgSQL_stmt_fori",      "PLpgSQL_stmt_fors",
      "PLpgSQL_stmt_loop", "PLpgSQL_stmt_foreach_a", "PLpgSQL_exception_block"};
  const bool in_condition = std::ranges::count(conditional, tag) > 0 || node.has("exceptions");
  const Certainty outer = certainty_;
  if (in_condition) certainty_ = Certainty::maybe;
  for (ast::Node item : node.items()) plpgsql(item);
  for (const auto& [name, value] : node.fields()) plpgsql(value);
  certainty_ = outer;
}

void Session::execute_text(ast::Node query) {
  if (const std::optional<Text> text = known_.text(query_of(query))) return text_within(*text);
  effects_->anything = true;
  Text note = running_.empty() ? "EXECUTE of a text that is made at run time is not followed"
                               : "a routine that is called here runs a text that is made at run time";
  note += ": what it makes, changes or drops is not known";
  if (!std::ranges::count(effects_->unknown, note)) effects_->unknown.push_back(std::move(note));
}

void Session::assign(ast::Node node) {
  const std::string_view text = query_of(node["expr"]);
  const std::size_t sign = std::min(text.find(":="), text.find('='));
  const Text& variable = known_.variable(static_cast<std::size_t>(node["varno"].number()));
  const std::size_t begin = sign == text.npos ? sign : sign + (text[sign] == ':' ? 2 : 1);
  const bool is_sure = certainty_ == Certainty::sure && begin != text.npos;
  known_.set(variable, is_sure ? known_.text(text.substr(begin)) : std::nullopt);
}

/// Of an IF that asks what is there the branch that the server takes, as far as that is known.
void Session::branches(ast::Node node) {
  const Certainty outer = certainty_;
  const auto is_met = [&](ast::Node condition, ast::Node body) {
    const bool all_known = all_known_ && !effects_->anything;
    const std::optional<bool> met =
        answer(query_of(condition), {lookup(), beyond_, maybe_made_, known_, all_known, looked_at_});
    if (!met) certainty_ = Certainty::maybe;  // as are the branches behind it
    if (met != false)
      for (ast::Node one : body) plpgsql(one);
    return met == true;
  };
  bool taken = is_met(node["cond"], node["then_body"]);
  for (ast::Node branch : node["elsif_list"]) taken = taken || is_met(branch["cond"], branch["stmts"]);
  if (!taken)
    for (ast::Node one : node["else_body"]) plpgsql(one);
  certainty_ = outer;
}

/// A loop over texts that are known runs for each of them.
bool Session::known_loop(ast::Node node) {
  const bool is_array = node.is("PLpgSQL_stmt_foreach_a");
  if (!is_array && !node.is("PLpgSQL_stmt_fors")) return false;
  const ast::Node row = node["var"].has("PLpgSQL_row") ? node["var"]["PLpgSQL_row"] : node["var"];
  const std::span<const ast::Node> fields = row["fields"].items();
  const Text variable = is_array             ? known_.variable(static_cast<std::size_t>(node["varno"].number()))
                        : fields.size() == 1 ? Text(fields[0]["name"].text())
                                             : Text();
  const std::optional<List> values = known_.list(query_of(node[is_array ? "expr" : "query"]));
  constexpr std::size_t most = 1000;
  if (variable.empty() || !values || values->size() > most) {
    if (!variable.empty()) known_.set(variable, std::nullopt);
    return false;
  }
  const Certainty outer = certainty_;
  if (holds(node["body"], "PLpgSQL_stmt_exit") || holds(node["body"], "PLpgSQL_stmt_return"))
    certainty_ = Certainty::maybe;
  for (const Text& value : *values) {
    known_.set(variable, value);
    for (ast::Node one : node["body"]) plpgsql(one);
  }
  known_.set(variable, std::nullopt);
  certainty_ = outer;
  return true;
}

/// SQL inside a block. Variables may stand in it for names of columns, so rows are not looked at.
void Session::text_within(std::string_view sql) {
  std::vector<Error> errors;
  const ast::Tree tree = ast::Tree::parse_all(sql, errors);
  const ast::Tree* outer = std::exchange(tree_, &tree);
  for (const ast::Statement& one : tree.statements()) {
    static constexpr std::string_view of_rows[] = {"SelectStmt", "InsertStmt", "UpdateStmt", "DeleteStmt", "CallStmt"};
    calls(one.node);
    if (std::ranges::count(of_rows, one.node.tag()) == 0) statement(one.node);
  }
  finish();
  tree_ = outer;
}

void Session::make_unmodelled(std::string_view in, ast::Node named, std::string_view noun) {
  const Written name = written(named);
  const Id schema = creation_schema(named);
  if (!schema) return;
  const Slot slot{in, schema, name.name, {}};
  if (const Id modelled = in == space::routine ? Id() : schema_.holder(slot)) remove({modelled});
  beyond_.names.insert(slot);
  effects_->unmodelled.push_back(slot);
  if (in == space::relation) beyond_.names.insert({space::type, schema, name.name, {}});
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
