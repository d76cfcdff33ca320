// Loops of PL/pgSQL. A loop whose rounds are known runs round by round, any other once, as statements that may run.
#include "parser/replay/doubt.h"

namespace quoin {

namespace {
constexpr std::size_t most_rounds = 1000;
using Of = KnownValue::Kind;
}  // namespace

bool Session::spend(std::size_t steps) {
  constexpr std::size_t most = 200'000;
  spent_ += steps;
  if (spent_ <= most) return true;
  constexpr std::string_view note = "what its bodies do is too much to be followed";
  effects_->anything = true;
  if (std::ranges::count(effects_->unknown, note) == 0) effects_->unknown.emplace_back(note);
  return false;
}

void Session::forget_assigned(ast::Node node) {
  if (node.is("PLpgSQL_stmt_assign"))
    known_.forget(Text(known_.variable(static_cast<std::size_t>(node["varno"].number()))));
  if (node.has("refname") && !node.has("default_val")) known_.forget(Text(node["refname"].text()));
  if (node.has("varno") && node.has("name")) known_.forget(Text(node["name"].text()));
  for (ast::Node item : node.items()) forget_assigned(item);
  for (const auto& [name, value] : node.fields()) forget_assigned(value);
}

/// The rows that a FOR or FOREACH loop visits: one column for a variable, any number for a record.
std::optional<KnownRows> Session::rounds_of(ast::Node node) {
  if (node.is("PLpgSQL_stmt_fori")) {
    const auto number = [&](const char* field, std::int64_t otherwise) -> std::optional<std::int64_t> {
      if (!node.has(field)) return otherwise;
      const MaybeValue one = evaluated([&](Evaluation& of) { return of.value(query_of(node[field])); });
      const MaybeValue whole = one && !one->is_null() ? cast(*one, "integer") : std::nullopt;
      return whole ? std::optional(whole->number) : std::nullopt;
    };
    const auto lower = number("lower", 0), upper = number("upper", 0), step = number("step", 1);
    if (!lower || !upper || !step || *step < 1) return std::nullopt;
    KnownRows rounds{{"i"}, {}};
    const bool goes_down = node["reverse"].flag();
    for (std::int64_t i = *lower; goes_down ? i >= *upper : i <= *upper; i += goes_down ? -*step : *step) {
      if (rounds.all.size() > most_rounds) return std::nullopt;
      rounds.all.push_back({{KnownValue::of(Of::number, i)}, false});
    }
    return rounds;
  }
  if (node.is("PLpgSQL_stmt_foreach_a")) {
    const auto values = evaluated([&](Evaluation& one) { return one.list(query_of(node["expr"])); });
    if (!values || node["slice"].number() > 0) return std::nullopt;
    KnownRows rounds{{"element"}, {}};
    for (const KnownValue& value : *values) rounds.all.push_back({{value}, false});
    return rounds;
  }
  if (node.is("PLpgSQL_stmt_fors"))
    return evaluated([&](Evaluation& one) { return one.rows(query_of(node["query"])); });
  const MaybeValue text = evaluated([&](Evaluation& one) { return one.value(query_of(node["query"])); });
  if (!text || text->is_null()) return std::nullopt;
  return evaluated([&](Evaluation& one) { return one.rows(text_of(*text)); });
}

Session::Flow Session::loop(ast::Node node) {
  const std::string_view query = query_of(node["query"]);
  if (node.is("PLpgSQL_stmt_fors")) run_text_within(query);
  const std::optional<KnownRows> rounds = rounds_of(node);
  if (!rounds || rounds->all.size() > most_rounds || !spend(rounds->all.size())) return loop_once(node);
  for (const KnownRows::Row& row : rounds->all) {
    if (row.maybe) continue;
    if (node.is("PLpgSQL_stmt_foreach_a"))
      known_.set(Text(known_.variable(static_cast<std::size_t>(node["varno"].number()))), row.cells[0]);
    else
      set_row(node["var"], *rounds, row);
    const Flow flow = each(node["body"]);
    if (flow == Flow::returns || flow == Flow::fails) return flow;
    if (flow != Flow::on && !is_meant(node)) return flow;
    if (flow == Flow::exits) break;
  }
  // A row that may not exist runs the body as one that may run.
  if (std::ranges::any_of(rounds->all, &KnownRows::Row::maybe)) return loop_once(node);
  forget_assigned(node["var"]);
  return Flow::on;
}

/// Runs a loop whose rounds are not known.
Session::Flow Session::loop_once(ast::Node node) {
  forget_assigned(node);
  {
    const UnknownCondition unknown(*this);
    each(node["body"]);
  }
  forget_assigned(node);
  return Flow::on;
}

/// WHILE, and LOOP, which ends by EXIT alone.
Session::Flow Session::loop_while(ast::Node node) {
  const std::string_view condition = query_of(node["cond"]);
  for (std::size_t round = 0; round <= most_rounds; ++round) {
    const std::optional<bool> met = is_met(condition);
    if (met == false) return Flow::on;
    if (!met || round == most_rounds || frame_.may_have_ended || !spend(1)) break;
    const Flow flow = each(node["body"]);
    if (flow == Flow::returns || flow == Flow::fails) return flow;
    if (flow != Flow::on && !is_meant(node)) return flow;
    if (flow == Flow::exits) return Flow::on;
  }
  return loop_once(node);
}

}  // namespace quoin
