#include "core/base/comment.h"
#include "core/sql/ast.h"
#include "diff/diff.h"

namespace quoin {

namespace {
Id about(const Step& step) { return group_of(subject_of(step)); }

bool short_and_plain(const Step& step) { return step.hazards.empty() && step.sql.find('\n') == Text::npos; }

// Short statements on one object stand together.
bool apart(const Step& before, const Step& after) {
  return !short_and_plain(before) || !short_and_plain(after) || about(before) != about(after) || !about(after);
}

// As a reader of files gives it back (without carriage returns). A comment on the last line would hide the semicolon.
Text ended(const Text& sql) {
  const std::string_view last_line = std::string_view(sql).substr(sql.rfind('\n') + 1);
  return concat(ast::without_carriage_returns(sql), last_line.find("--") == Text::npos ? ";\n" : "\n;\n");
}

// Several statements that drop one object stand together, since a person reads them as one drop.
bool of_one_drop(const Step& before, const Step& after) {
  return !before.drops.empty() && !after.drops.empty() && before.drops.front() == after.drops.front() &&
         before.makes.empty() && after.makes.empty();
}

Text text_of(std::span<const Step> steps) {
  Text all;
  const auto goes_on = [&](std::size_t i) { return i > 0 && i < steps.size() && of_one_drop(steps[i - 1], steps[i]); };
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const bool is_of_several = goes_on(i - 1) || goes_on(i + 1);
    if (i > 0 && !goes_on(i) && (is_of_several || apart(steps[i - 1], steps[i]))) all += '\n';
    for (const Hazard& hazard : steps[i].hazards) all += warning(hazard.rule, hazard.text);
    all += ended(steps[i].sql);
  }
  return all;
}
}  // namespace

Id subject_of(const Step& step) {
  for (const auto* ids : {&step.makes, &step.drops, &step.needs})
    if (!ids->empty()) return ids->front();
  return Id();
}

Text emit(const Steps& steps) {
  Text all;
  const std::vector<Segment> parts = segments(steps);
  for (const Segment& part : parts) {
    // One statement is a transaction by itself.
    const bool bracketed = parts.size() > 1 && part.in_transaction && part.steps.size() > 1;
    if (!all.empty()) all += '\n';
    all += bracketed ? concat("BEGIN;\n\n", text_of(part.steps), "\nCOMMIT;\n") : text_of(part.steps);
  }
  return all;
}

List statements(const Steps& steps) {
  List all;
  for (const Step& step : steps) all.push_back(concat(step.prefix, step.sql, step.tail));
  return all;
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
