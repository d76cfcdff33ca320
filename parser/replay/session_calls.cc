// Calls of routines whose bodies make objects, and of set_config.
#include "core/sql/print.h"
#include "parser/names/names.h"
#include "parser/replay/session.h"

namespace quoin {

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

/// What the routine takes: FunctionParameters.
std::vector<Fragment> inputs_of(const Object& routine) {
  std::vector<Fragment> all;
  for (const FieldBase* field : routine.id->kind->fields) {
    const List* items = std::get_if<List>(&routine.value(*field));
    if (!items || field->role != Role::argument) continue;
    for (const Text& item : *items) {
      Fragment one = parse_fragment(field->role, item);
      const std::string_view mode = one.node["mode"].text();
      if (mode != "FUNC_PARAM_OUT" && mode != "FUNC_PARAM_TABLE") all.push_back(std::move(one));
    }
  }
  return all;
}

bool takes(const std::vector<Fragment>& inputs, std::size_t given) {
  std::size_t least = 0;
  for (const Fragment& one : inputs) {
    if (one.node["mode"].text() == "FUNC_PARAM_VARIADIC") return given + 1 >= inputs.size();
    least += one.node.has("defexpr") ? 0 : 1;
  }
  return given >= least && given <= inputs.size();
}

/// The search_path that the routine runs with; nothing: the caller's.
std::optional<List> path_of(const Object& routine) {
  constexpr std::string_view start = "search_path=";
  for (const FieldBase* field : routine.id->kind->fields) {
    const List* items = std::get_if<List>(&routine.value(*field));
    for (const Text& item : items && field->role == Role::parameter ? *items : List()) {
      if (!item.starts_with(start)) continue;
      List path;
      for (const Text& part : split(item.substr(start.size()), ',')) {
        const Text name(trim(part));
        if (name.size() > 1 && name[0] == '\'') path.push_back(name.substr(1, name.size() - 2));
        if (!name.empty() && name[0] != '\'') path.push_back(name_parts(name).back());
      }
      return path;
    }
  }
  return std::nullopt;
}

/// A SELECT with FROM or WHERE may have no row, and so call nothing.
bool is_called_once(ast::Node statement) {
  return statement.is("CallStmt") ||
         (statement.is("SelectStmt") && statement["fromClause"].size() == 0 && !statement.has("whereClause"));
}
}  // namespace

/// SELECT f(…) FROM …: a call for each row, where the rows are known.
bool Session::calls_by_row(ast::Node select) {
  const std::span<const ast::Node> targets = select["targetList"].items();
  if (!select.is("SelectStmt") || select["fromClause"].size() == 0 || targets.size() != 1) return false;
  const ast::Node call = targets[0]["val"];
  const std::vector<Id> routines =
      call.is("FuncCall") ? lookup().routines(written(call["funcname"])) : std::vector<Id>();
  if (routines.size() != 1 || !takes(inputs_of(*schema_.find(routines[0])), call["args"].size())) return false;
  std::vector<ast::Node> wanted;
  for (ast::Node argument : call["args"]) {
    wanted.push_back(tree_->make("ResTarget"));
    wanted.back().set("val", argument);
  }
  const ast::Node copy = tree_->copy(select);
  copy.set("targetList", tree_->make_list(wanted));
  const auto found = evaluated([&](Evaluation& one) { return one.rows(copy); });
  if (!found) return false;
  bool is_known = true;
  for (const KnownRows::Row& row : found->all) {
    const bool is_sure = !row.maybe && std::ranges::all_of(row.cells, &MaybeValue::has_value);
    is_known = is_known && is_sure;
    if (!is_sure) continue;
    List values;
    for (const MaybeValue& cell : row.cells)
      values.push_back(cell->is_null() ? Text("NULL") : quote_literal(text_of(*cell)));
    const ast::Tree tree = ast::Tree::parse(concat("SELECT ", join(values, ", ")));
    std::vector<ast::Node> arguments;
    for (ast::Node target : tree.statements()[0].node["targetList"]) arguments.push_back(target["val"]);
    run_body(routines[0], arguments);
  }
  return is_known;  // else what it does for the other rows is not
}

void Session::calls(ast::Node node) {
  if (calls_by_row(node)) return;
  const Certainty certainty = certainty_;
  if (!is_called_once(node)) certainty_ = Certainty::maybe;
  each_call(node, [&](ast::Node call) {
    const Written name = written(call["funcname"]);
    const std::span<const ast::Node> arguments = call["args"].items();
    if (name.name == "set_config" && arguments.size() == 3) set_config(arguments);
    std::vector<Id> routines = lookup().routines(name);
    if (routines.empty()) return;
    std::erase_if(routines, [&](Id one) { return !takes(inputs_of(*schema_.find(one)), arguments.size()); });
    const Certainty of_call = std::exchange(certainty_, routines.size() > 1 ? Certainty::maybe : certainty_);
    for (Id routine : routines) run_body(routine, arguments);
    certainty_ = of_call;
  });
  certainty_ = certainty;
}

void Session::set_config(std::span<const ast::Node> arguments) {
  const auto value = [&](ast::Node node) { return evaluated([&](Evaluation& one) { return one.value(node); }); };
  const MaybeValue name = value(arguments[0]), path = value(arguments[1]), local = value(arguments[2]);
  if (!name || lower(text_of(*name)) != "search_path") return;
  if (!path) return effects_->unknown.emplace_back("the search_path that is set here is not known"), void();
  List all;
  for (const Text& part : split(text_of(*path), ','))
    if (!trim(part).empty()) all.push_back(name_parts(trim(part)).back());
  set_path(std::move(all), local && local->number != 0 ? Lasts::transaction : Lasts::session);
}

void Session::bind(const std::vector<Fragment>& inputs, std::span<const ast::Node> arguments, KnownValues& given) {
  const auto set = [&](std::size_t number, ast::Node node) {
    const ast::Node input = inputs[number].node;
    const Text type = ast::print_type(input["argType"]);
    const bool is_list = type.ends_with("[]") || input["mode"].text() == "FUNC_PARAM_VARIADIC";
    const Text names[] = {Text(input["name"].text()), concat("$", std::to_string(number + 1))};
    const auto list = is_list ? evaluated([&](Evaluation& one) { return one.list(node); }) : std::nullopt;
    MaybeValue value = is_list ? std::nullopt : evaluated([&](Evaluation& one) { return one.value(node); });
    if (value) value = cast(*value, type);
    for (const Text& name : names) is_list ? given.set_list(name, list) : given.set(name, value);
  };
  std::vector<ast::Node> said(inputs.size());
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string_view name = arguments[i].is("NamedArgExpr") ? arguments[i]["name"].text() : std::string_view();
    const auto named =
        std::ranges::find_if(inputs, [&](const Fragment& one) { return one.node["name"].text() == name; });
    if (name.empty() && i < inputs.size()) said[i] = arguments[i];
    if (!name.empty() && named != inputs.end())
      said[static_cast<std::size_t>(named - inputs.begin())] = arguments[i]["arg"];
  }
  for (std::size_t i = 0; i < inputs.size(); ++i)
    if (said[i] || inputs[i].node.has("defexpr")) set(i, said[i] ? said[i] : inputs[i].node["defexpr"]);
}

/// Runs a routine's body; a routine that calls itself is run once.
void Session::run_body(Id routine, std::span<const ast::Node> arguments) {
  const Object& object = *schema_.find(routine);
  const Text body = body_of(object);
  if (body.empty() || !running_.insert(routine).second) return;
  const bool nested = std::exchange(nested_, true);
  KnownValues given;
  bind(inputs_of(object), arguments, given);
  const KnownValues known = std::exchange(known_, std::move(given));
  const List path = search_path_;
  if (const auto own = path_of(object)) set_path(*own, Lasts::session);
  const List names = argument_names(object);
  const bool has_path = path != search_path_;
  run_block(body, names);
  if (has_path) set_path(path, Lasts::session);
  known_ = known;
  nested_ = nested;
  running_.erase(routine);
}

/// Runs a body as PL/pgSQL; where it does not parse as that, as statements of SQL.
void Session::run_block(const Text& body, const List& arguments) {
  const Frame outer = std::exchange(frame_, Frame());
  const Certainty certainty = certainty_;
  try {
    const ast::Tree tree = parse_body(body, arguments);
    each(tree.root());
  } catch (const Error&) {  // not PL/pgSQL, or more of it than can be read here
    certainty_ = Certainty::maybe;
    run_text_within(body);
  }
  certainty_ = certainty;
  frame_ = outer;
}

}  // namespace quoin
