#include "core/base/comment.h"
#include "core/sql/ast.h"
#include "diff/diff.h"
#include "diff/draft.h"

namespace quoin {

namespace {
Id about(const Step& step) {
  for (const auto* ids : {&step.makes, &step.drops, &step.needs})
    if (!ids->empty()) return group_of(ids->front());
  return Id();
}

bool short_and_plain(const Step& step) { return step.hazards.empty() && step.sql.find('\n') == Text::npos; }

// Short statements on one object stand together.
bool apart(const Step& before, const Step& after) {
  return !short_and_plain(before) || !short_and_plain(after) || about(before) != about(after) || !about(after);
}

// As a reader of files gives it back, and ended where a comment at its end would hide the sign.
Text ended(const Text& sql) {
  const std::string_view last_line = std::string_view(sql).substr(sql.rfind('\n') + 1);
  return concat(ast::without_carriage_returns(sql), last_line.find("--") == Text::npos ? ";\n" : "\n;\n");
}
}  // namespace

Text emit(const Steps& steps) {
  Text all;
  const Step* before = nullptr;
  for (const Step& step : steps) {
    if (before && apart(*before, step)) all += '\n';
    for (const Hazard& hazard : step.hazards) all += warning(hazard.rule, hazard.text);
    all += ended(step.sql);
    before = &step;
  }
  return all;
}

List statements(const Steps& steps) {
  List all;
  for (const Step& step : steps) all.push_back(concat(step.prefix, step.sql, step.tail));
  return all;
}

// What is retyped may hold the new constant in its rows.
bool runs_in_transaction(const Steps& steps) {
  struct Uncommitted {
    Id of;
    std::string_view constant;
  };
  std::vector<Uncommitted> uncommitted;
  for (const Step& step : steps) {
    if (step.outside_transaction) return false;
    for (const auto& [of, constant] : uncommitted) {
      const bool retypes = !step.drops.empty() && !step.makes.empty() && std::ranges::count(step.needs, of);
      if (retypes || step.sql.find(constant) != Text::npos) return false;
    }
    if (!step.commits_first.empty()) uncommitted.push_back({step.makes.front(), step.commits_first});
  }
  return true;
}

Text lost(const Steps& up) {
  Text comments;
  for (const Step& step : up)
    for (const Hazard& hazard : step.hazards)
      if (hazard.rule == "data-loss")
        comments += comment(comment_sign::sql, "Not given back after the up", hazard.text);
  return comments;
}

}  // namespace quoin
