#include "kinds/routine/routine_reader.h"

#include "core/model/reading.h"
#include "core/sql/print.h"
#include "kinds/constraint/constraint.h"
#include "kinds/database/extension_dependency.h"
#include "kinds/list.h"
#include "kinds/routine/routine.h"
#include "kinds/view/query.h"

namespace quoin {

namespace {
constexpr const RoutineFields& fields = routine_fields;

Text type_text(ast::Node type, Reading& reading) {
  return concat(type["setof"].flag() ? "SETOF " : "", reading.type(type));
}

std::string_view mode_word(std::string_view mode) {
  if (mode == "FUNC_PARAM_OUT") return "OUT ";
  if (mode == "FUNC_PARAM_INOUT") return "INOUT ";
  return mode == "FUNC_PARAM_VARIADIC" ? "VARIADIC " : "";
}

struct Parameters {
  List arguments, table;
  std::vector<ast::Node> inputs;  // their types
};

Parameters parameters_of(ast::Node statement, Reading& reading) {
  Parameters all;
  for (ast::Node parameter : statement["parameters"]) {
    const std::string_view mode = parameter["mode"].text(), name = parameter["name"].text();
    const Text typed = concat(name.empty() ? Text() : quote_ident(name) + " ", reading.type(parameter["argType"]));
    if (mode == "FUNC_PARAM_TABLE") {
      all.table.push_back(typed);
      continue;
    }
    if (mode != "FUNC_PARAM_OUT") all.inputs.push_back(parameter["argType"]);
    const ast::Node value = parameter["defexpr"];
    all.arguments.push_back(concat(mode_word(mode), typed, value ? concat(" DEFAULT ", ast::print(value)) : Text()));
  }
  return all;
}

Text setting_value(ast::Node argument) {
  if (argument.has("ival")) return quote_literal(std::to_string(argument["ival"].number()));
  if (argument.has("fval")) return quote_literal(argument["fval"].text());
  if (argument.has("boolval")) return argument["boolval"].flag() ? "'true'" : "'false'";
  return quote_literal(argument["sval"].text());
}

void read_setting(ast::Node set, Object& routine, Reading& reading) {
  const std::string_view kind = set["kind"].text();
  const Text name = lower(set["name"].text());
  const auto old = routine[fields.set];
  List settings(old.begin(), old.end());
  if (kind == "VAR_RESET_ALL") settings.clear();
  std::erase_if(settings, [&](const Text& setting) { return setting.starts_with(name + "="); });
  if (kind == "VAR_SET_CURRENT")
    reading.unknown(routine.id, concat("SET ", name, " FROM CURRENT depends on the session that runs it"));
  List values;
  for (ast::Node argument : set["args"]) values.push_back(setting_value(argument));
  if (kind == "VAR_SET_VALUE" || kind.empty()) settings.push_back(concat(name, "=", join(values, ", ")));
  routine.put(fields.set, std::move(settings));
}

void read_body(ast::Node body, Object& routine) {
  const List parts = body.texts();
  if (parts.size() == 2) routine.put(fields.library, parts[0]);
  if (!parts.empty()) routine.put(fields.body, parts.back());
}

void read_option(ast::Node option, Object& routine, Reading& reading) {
  const std::string_view name = option["defname"].text();
  const ast::Node argument = option["arg"];
  if (name == "as") read_body(argument, routine);
  if (name == "language") routine.put(fields.language, lower(argument.text()));
  if (name == "volatility") routine.put(fields.volatility, lower(argument.text()));
  if (name == "parallel") routine.put(fields.parallel, lower(argument.text()));
  if (name == "strict") routine.put(fields.strict, argument.flag());
  if (name == "security") routine.put(fields.security_definer, argument.flag());
  if (name == "leakproof") routine.put(fields.leakproof, argument.flag());
  if (name == "window") routine.put(fields.window, argument.flag());
  if (name == "cost") routine.put(fields.cost, option_text(argument));
  if (name == "rows") routine.put(fields.rows, option_text(argument));
  if (name == "support") routine.put(fields.support, join(argument.texts(), "."));
  if (name == "set") read_setting(argument, routine, reading);
  List types;
  if (name == "transform")
    for (ast::Node type : argument) types.push_back(reading.type(type));
  if (!types.empty()) routine.put(fields.transform, std::move(types));
}

List input_names(ast::Node statement) {
  List names;
  for (ast::Node parameter : statement["parameters"])
    if (const auto mode = parameter["mode"].text(); mode != "FUNC_PARAM_OUT" && mode != "FUNC_PARAM_TABLE")
      names.emplace_back(parameter["name"].text());
  return names;
}

// The server shows $1 by the argument's name, where it has one.
Text by_names(std::string_view expression, const List& names) {
  Text text;
  char quote = 0;
  for (std::size_t i = 0; i < expression.size(); ++i) {
    const char c = expression[i];
    if (quote ? c == quote : c == '\'' || c == '"') quote = quote ? char{0} : c;
    const std::size_t end = std::min(expression.find_first_not_of("0123456789", i + 1), expression.size());
    const Text digits(expression.substr(i + 1, end - i - 1));
    const std::size_t number = !quote && c == '$' && !digits.empty() && digits.size() < 4 ? std::stoul(digits) : 0;
    if (number == 0 || number > names.size() || names[number - 1].empty()) {
      text += c;
      continue;
    }
    text += quote_ident(names[number - 1]);
    i = end - 1;
  }
  return text;
}

// `RETURN expression`, or the statements of BEGIN ATOMIC (a list in a list).
Text sql_body_text(ast::Node body, const List& inputs) {
  if (body.is("ReturnStmt")) {
    const Text value = by_names(ast::print(body["returnval"]), inputs);
    return concat("RETURN ", body["returnval"].is("A_Expr") ? in_parentheses(value) : value);  // as the server shows it
  }
  Text text = "BEGIN ATOMIC\n";
  for (ast::Node block : body)
    for (ast::Node statement : block) text += concat(" ", ast::print(statement), ";\n");
  return text + "END";
}

// What the server takes where nothing is said is not kept as a choice.
void drop_usual_estimates(Object& routine) {
  const std::string_view usual =
      routine[fields.language] == "c" || routine[fields.language] == "internal" ? "1" : "100";
  if (routine[fields.cost] == usual) routine.put(fields.cost, Value());
  if (routine[fields.rows] == "1000") routine.put(fields.rows, Value());
}
}  // namespace

namespace {
/// The last part of a type's name without its modifiers, since the schema may be written or not.
Text bare_type(std::string_view type) {
  Text bare;
  for (char c : type.substr(0, type.find('(')))
    if (c != '"' && c != ' ') bare += c;
  const std::size_t dot = bare.rfind('.');
  return bare.substr(dot == Text::npos ? 0 : dot + 1);
}

bool is_same_column(const Text& a, const Text& b) {
  const std::size_t end = std::min(a.find(' '), a.size());
  return b.starts_with(a.substr(0, end)) && bare_type(a.substr(end)) == bare_type(b.substr(std::min(end, b.size())));
}

/// The server does not replace a routine by one that gives something else.
bool can_replace(const Object& there, const Text& returns, const Parameters& now) {
  if (!returns.empty() && there.has(fields.returns)) {
    const bool was_set = there[fields.returns].starts_with("SETOF "), is_set = returns.starts_with("SETOF ");
    if (was_set != is_set || bare_type(there[fields.returns]) != bare_type(returns)) return false;
  }
  const auto before = there[fields.returns_table];
  if (before.size() != now.table.size()) return false;
  return std::ranges::equal(before, now.table, is_same_column);
}
}  // namespace

void read_create_routine(ast::Node statement, Reading& reading) {
  const ast::Node name = statement["funcname"];
  const Id schema = reading.creation_schema(name);
  if (!schema) return;
  const Kind& kind = statement["is_procedure"].flag() ? procedure_kind : function_kind;
  Parameters parameters = parameters_of(statement, reading);
  const ast::Node type = statement["returnType"];
  const Text returns = type ? type_text(type, reading) : Text();
  const Text signature = reading.signature(parameters.inputs);
  const Object* there = reading.schema().find(kind, schema, name.texts().back(), signature);
  const bool replaces = statement["replace"].flag() && (!there || can_replace(*there, returns, parameters));
  Object* routine =
      reading.make(kind, schema, {name.texts().back(), signature}, replaces ? Existing::replace : Existing::error);
  if (!routine) return;
  untie(routine->id, reading);
  routine->put(fields.arguments, std::move(parameters.arguments));
  routine->put(fields.returns_table, std::move(parameters.table));
  if (type) routine->put(fields.returns, returns);
  for (ast::Node option : statement["options"]) read_option(option, *routine, reading);
  if (const ast::Node body = statement["sql_body"]) {
    routine->put(fields.sql_body, sql_body_text(body, input_names(statement)));
    List names;
    for (ast::Node parameter : statement["parameters"]) names.emplace_back(parameter["name"].text());
    reading.body(body, names);
  }
  if (routine->has(fields.sql_body) && !routine->has(fields.language)) routine->put(fields.language, "sql");
  drop_usual_estimates(*routine);
}

void read_alter_routine(ast::Node statement, Reading& reading) {
  const Id id = reading.find_object(statement["objtype"].text(), statement["func"]);
  Object* routine = id ? reading.change(id) : nullptr;
  if (!routine) return;
  for (ast::Node action : statement["actions"]) read_option(action, *routine, reading);
  drop_usual_estimates(*routine);
}

}  // namespace quoin
