// Runs PL/pgSQL as far as its effects are known.
#include "parser/names/names.h"
#include "parser/replay/doubt.h"
#include "parser/replay/known_dates.h"

namespace quoin {

void Session::do_block(ast::Node node) {
  std::string_view body;
  for (ast::Node option : node["args"]) {
    if (option["defname"].text() == "as") body = option["arg"].text();
    if (option["defname"].text() != "language" || option["arg"].text() == "plpgsql") continue;
    effects_->anything = true;
    return effects_->unknown.emplace_back(concat("DO in language ", option["arg"].text(), " is not followed")), void();
  }
  const bool outer = std::exchange(nested_, true);
  const Certainty certainty = certainty_;
  frame_ = {};
  known_ = {};
  try {
    const ast::Tree block = parse_body(body, {});
    each(block.root());
  } catch (const Error&) {
    // libpg_query cannot read every PL/pgSQL that the server can; then nothing is known of the block.
    effects_->anything = true;
    effects_->unknown.emplace_back("the body of DO cannot be read");
  }
  certainty_ = certainty;
  nested_ = outer;
}

QuestionContext Session::question_context() {
  return {lookup(), unmodelled_, maybe_made_, known_, all_known_ && !effects_->anything, looked_at_};
}

namespace {
constexpr int error_level = 21;  // elog.h

bool raises(ast::Node statements) {
  const std::span<const ast::Node> all = statements.items();
  const ast::Node last = all.empty() ? ast::Node() : all.back();
  return last.is("PLpgSQL_stmt_raise") && last["elog_level"].number() == error_level;
}
}  // namespace

Session::Flow Session::jump(Flow flow) {
  if (frame_.unknown_conditions == 0) return flow;
  frame_.may_have_ended = true;
  return Flow::on;
}

Session::Flow Session::each(ast::Node statements) {
  for (ast::Node one : statements)
    if (const Flow flow = plpgsql(one); flow != Flow::on) return flow;
  return Flow::on;
}

Session::Flow Session::plpgsql(ast::Node node) {
  using Handler = Flow (Session::*)(ast::Node);
  static const std::unordered_map<std::string_view, Handler> handlers{
      {"PLpgSQL_stmt_assign", &Session::assign},       {"PLpgSQL_stmt_execsql", &Session::run_sql},
      {"PLpgSQL_stmt_perform", &Session::run_sql},     {"PLpgSQL_stmt_call", &Session::run_sql},
      {"PLpgSQL_stmt_dynexecute", &Session::run_text}, {"PLpgSQL_stmt_if", &Session::branches},
      {"PLpgSQL_stmt_case", &Session::branches},       {"PLpgSQL_stmt_fori", &Session::loop},
      {"PLpgSQL_stmt_fors", &Session::loop},           {"PLpgSQL_stmt_dynfors", &Session::loop},
      {"PLpgSQL_stmt_foreach_a", &Session::loop},      {"PLpgSQL_stmt_while", &Session::loop_while},
      {"PLpgSQL_stmt_loop", &Session::loop_while},     {"PLpgSQL_stmt_block", &Session::block},
      {"PLpgSQL_stmt_exit", &Session::leave},          {"PLpgSQL_stmt_return", &Session::leave},
      {"PLpgSQL_stmt_raise", &Session::leave}};
  if (const auto found = handlers.find(node.tag()); found != handlers.end()) return (this->*found->second)(node);
  if (node.is("PLpgSQL_function")) {
    known_.declare(node);
    for (const KnownValues::Begin& begin : known_.begins()) put_value(begin.variable, begin.expression);
    return plpgsql(node["action"]);
  }
  forget_assigned(node);
  for (ast::Node item : node.items())
    if (const Flow flow = plpgsql(item); flow != Flow::on) return flow;
  for (const auto& [name, value] : node.fields())
    if (const Flow flow = plpgsql(value); flow != Flow::on) return flow;
  return Flow::on;
}

void Session::put_value(const Text& variable, std::string_view expression) {
  const MaybeValue known = evaluated([&](Evaluation& one) { return one.value(expression); });
  if (known) return known_.set(variable, known);
  if (const auto list = evaluated([&](Evaluation& one) { return one.list(expression); }))
    return known_.set_list(variable, *list);
  known_.set(variable, std::nullopt);
}

Session::Flow Session::assign(ast::Node node) {
  const std::string_view text = query_of(node["expr"]);
  const std::size_t sign = std::min(text.find(":="), text.find('='));
  const Text variable = known_.variable(static_cast<std::size_t>(node["varno"].number()));
  if (sign == text.npos) return known_.forget(variable), Flow::on;
  const std::string_view expression = text.substr(sign + (text[sign] == ':' ? 2 : 1));
  // An assignment to an element of an array.
  if (text.substr(0, sign).find('[') != text.npos) return known_.forget(variable), Flow::on;
  if (expression.find('(') != expression.npos) run_text_within(concat("SELECT ", expression));
  put_value(variable, expression);
  return Flow::on;
}

/// A block with EXCEPTION runs whole, or in part and then a handler.
Session::Flow Session::block(ast::Node node) {
  if (!node.has("exceptions")) {
    const Flow flow = each(node["body"]);
    return flow == Flow::exits && is_meant(node) ? Flow::on : flow;
  }
  const Certainty outer = std::exchange(certainty_, Certainty::maybe);
  const KnownValues before = known_;
  const Flow flow = each(node["body"]);
  forget_assigned(node["body"]);
  {
    const UnknownCondition unknown(*this);
    plpgsql(node["exceptions"]);
  }
  known_.keep_common(before);
  if (!frame_.may_have_ended) certainty_ = outer;
  return flow == Flow::fails || (flow == Flow::exits && is_meant(node)) ? Flow::on : flow;
}

Session::Flow Session::leave(ast::Node node) {
  if (node.is("PLpgSQL_stmt_raise")) return node["elog_level"].number() == error_level ? jump(Flow::fails) : Flow::on;
  if (node.is("PLpgSQL_stmt_return")) {
    const std::string_view text = query_of(node["expr"]);
    if (text.find('(') != text.npos) run_text_within(concat("SELECT ", text));
    return jump(Flow::returns);
  }
  const std::optional<bool> met = is_met(query_of(node["cond"]));
  if (met == false) return Flow::on;
  leaving_ = Text(node["label"].text());
  if (!met) {
    const UnknownCondition unknown(*this);
    return jump(Flow::exits);
  }
  return jump(node["is_exit"].flag() ? Flow::exits : Flow::continues);
}

/// Runs the routines that a condition calls, and gives its value; an empty condition holds.
std::optional<bool> Session::is_met(std::string_view condition) {
  if (condition.empty()) return true;
  if (condition.find('(') != condition.npos) run_text_within(concat("SELECT ", condition));
  return answer(condition, question_context());
}

/// True if EXIT or CONTINUE means this loop or block.
bool Session::is_meant(ast::Node labelled) {
  const bool is_loop = !labelled.is("PLpgSQL_stmt_block");
  if (leaving_.empty() ? !is_loop : leaving_ != labelled["label"].text()) return false;
  leaving_.clear();
  return true;
}

/// Runs the branch that the server takes, as far as that is known; else each that it may take.
Session::Flow Session::branches(ast::Node node) {
  std::vector<std::pair<std::string_view, ast::Node>> all;
  if (node.is("PLpgSQL_stmt_case")) {
    if (node.has("t_expr"))
      put_value(Text(known_.variable(static_cast<std::size_t>(node["t_varno"].number()))), query_of(node["t_expr"]));
    for (ast::Node when : node["case_when_list"]) all.emplace_back(query_of(when["expr"]), when["stmts"]);
  } else {
    all.emplace_back(query_of(node["cond"]), node["then_body"]);
    for (ast::Node branch : node["elsif_list"]) all.emplace_back(query_of(branch["cond"]), branch["stmts"]);
  }
  all.emplace_back("", node[node.is("PLpgSQL_stmt_case") ? "else_stmts" : "else_body"]);
  const KnownValues before = known_;
  std::optional<KnownValues> after;
  for (const auto& [condition, body] : all) {
    const std::optional<bool> met = is_met(condition);
    if (met == false) continue;
    if (met == true && !after) return each(body);
    if (!met && raises(body)) continue;  // a migration that succeeds does not take this branch
    const UnknownCondition unknown(*this);
    each(body);
    if (after) known_.keep_common(*after);
    after = std::exchange(known_, before);
    if (met == true) break;
  }
  if (after) known_ = *after;
  return Flow::on;
}

/// SQL inside of a block, with what it puts into variables.
Session::Flow Session::run_sql(ast::Node node) {
  const std::string_view sql = query_of(node.has("sqlstmt") ? node["sqlstmt"] : node["expr"]);
  run_text_within(sql);
  if (node.is("PLpgSQL_stmt_call")) return Flow::on;
  const auto found = evaluated([&](Evaluation& one) { return one.rows(sql); });
  put_first_row(node["target"], found);
  return Flow::on;
}

/// Puts the first row into variables.
void Session::put_first_row(ast::Node target, const std::optional<KnownRows>& found) {
  const bool has_maybe = found && std::ranges::any_of(found->all, &KnownRows::Row::maybe);
  const bool has_one = found && !has_maybe && !found->all.empty();
  known_.set("found", found && !has_maybe ? MaybeValue(KnownValue::of(has_one)) : std::nullopt);
  if (!target) return;
  forget_assigned(target);
  const bool has_none = found && found->all.empty();
  if (has_one && found->all.size() == 1) set_row(target, *found, found->all[0]);
  const ast::Node row = target.has("PLpgSQL_row") ? target["PLpgSQL_row"] : target;
  if (has_none)
    for (ast::Node field : row["fields"]) known_.set(Text(field["name"].text()), KnownValue());
}

void Session::set_row(ast::Node target, const KnownRows& rows, const KnownRows::Row& row) {
  const ast::Node record = target.has("PLpgSQL_rec") ? target["PLpgSQL_rec"] : target;
  const ast::Node list = target.has("PLpgSQL_row") ? target["PLpgSQL_row"] : target;
  const ast::Node variable = target.has("PLpgSQL_var") ? target["PLpgSQL_var"] : target;
  if (const std::span<const ast::Node> fields = list["fields"].items(); !fields.empty()) {
    for (std::size_t i = 0; i < fields.size() && i < row.cells.size(); ++i)
      known_.set(Text(fields[i]["name"].text()), row.cells[i]);
  } else if (target.is("PLpgSQL_var") || target.has("PLpgSQL_var")) {
    if (!row.cells.empty()) known_.set(Text(variable["refname"].text()), row.cells[0]);
  } else {
    for (std::size_t i = 0; i < rows.columns.size() && i < row.cells.size(); ++i)
      known_.set(concat(record["refname"].text(), ".", rows.columns[i]), row.cells[i]);
  }
}

Session::Flow Session::run_text(ast::Node node) {
  const MaybeValue text = evaluated([&](Evaluation& one) { return one.value(query_of(node["query"])); });
  std::optional<KnownRows> found;
  if (text && !text->is_null()) {
    const Text sql = text_of(*text);
    if (has_asked_the_time_) note_time_dependence();
    run_text_within(sql);
    if (node.has("target")) found = evaluated([&](Evaluation& one) { return one.rows(sql); });
  } else {
    note_unknown_text(query_of(node["query"]));
  }
  if (node.has("target")) put_first_row(node["target"], found);
  return Flow::on;
}

void Session::note_unknown_text(std::string_view expression) {
  effects_->anything = true;
  constexpr std::size_t most = 80;
  Text shown;
  for (const Text& word : split(expression, '\n'))
    if (shown.size() < most && !trim(word).empty()) shown += concat(shown.empty() ? "" : " ", trim(word));
  if (shown.size() > most) {
    std::size_t end = most;
    while ((static_cast<unsigned char>(shown[end]) & 0xC0U) == 0x80U) --end;
    shown = concat(shown.substr(0, end), "…");
  }
  const Text what = running_.empty() ? Text("EXECUTE of a text that is made at run time is not followed")
                                     : concat("a routine that is called here, ", path(*running_.begin()),
                                              ", runs a text that is made at run time");
  Text note = concat(what, ": what it makes, changes or drops is not known: ", shown);
  if (!std::ranges::count(effects_->unknown, note)) effects_->unknown.push_back(std::move(note));
}

void Session::note_time_dependence() {
  const Text note = concat("what is named here by the time of the run is named as on ",
                           text_of(dates::date(dates::now())), " (UTC): on another day it has another name");
  if (std::ranges::none_of(effects_->told, [&](const auto& one) { return one.second == note; }))
    effects_->told.emplace_back(effects_->begin, note);
}

namespace {
void collect_relations(ast::Node node, std::vector<ast::Node>& relations, std::unordered_set<std::string_view>& with) {
  if (node.has("relname")) return relations.push_back(node);
  if (node.has("ctename")) with.insert(node["ctename"].text());
  for (const ast::Node item : node.items()) collect_relations(item, relations, with);
  for (const auto& field : node.fields()) collect_relations(field.second, relations, with);
}
}  // namespace

/// What rows are read from and written to. Behind a text that is not known anything may be there.
void Session::relations_within(ast::Node statement) {
  if (!running_.empty() || effects_->anything || certainty_ == Certainty::maybe) return;
  std::vector<ast::Node> relations;
  std::unordered_set<std::string_view> with;
  collect_relations(statement, relations, with);
  for (const ast::Node one : relations)
    if (one.has("schemaname") || !with.contains(one["relname"].text())) find(space::relation, one);
}

/// Runs SQL within a block. Variables may stand in it for names of columns, so of rows only their relations are looked
/// at.
void Session::run_text_within(std::string_view sql) {
  constexpr std::size_t most = 50'000;
  if (++run_within_ > most) {
    effects_->anything = true;
    if (run_within_ == most + 1) effects_->unknown.emplace_back("what its bodies run is too much to be followed");
    return;
  }
  std::vector<Error> errors;
  const ast::Tree tree = ast::Tree::parse_all(sql, errors);
  const ast::Tree* outer = std::exchange(tree_, &tree);
  for (const ast::Statement& one : tree.statements()) {
    static constexpr std::string_view of_rows[] = {"SelectStmt", "InsertStmt", "UpdateStmt",
                                                   "DeleteStmt", "MergeStmt",  "CallStmt"};
    calls(one.node);
    if (std::ranges::count(of_rows, one.node.tag()) == 0)
      statement(one.node);
    else
      relations_within(one.node);
  }
  finish();
  tree_ = outer;
}

}  // namespace quoin
