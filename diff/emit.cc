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

Text comment(std::string_view text) {
  List lines = split(text, '\n');
  for (Text& line : lines) line.insert(0, "-- ");
  return join(lines, "\n") + "\n";
}
}  // namespace

Text emit(const Steps& steps) {
  Text all;
  const Step* before = nullptr;
  for (const Step& step : steps) {
    if (before && apart(*before, step)) all += '\n';
    for (const Hazard& hazard : step.hazards) all += comment(concat("WARNING(", hazard.rule, "): ", hazard.text));
    all += concat(step.sql, ";\n");
    before = &step;
  }
  return all;
}

List statements(const Steps& steps) {
  List all;
  for (const Step& step : steps) all.push_back(concat(step.prefix, step.sql, step.tail));
  return all;
}

bool runs_in_transaction(const Steps& steps) {
  std::unordered_set<Id> uncommitted;
  for (const Step& step : steps) {
    if (step.outside_transaction) return false;
    for (Id used : step.needs)
      if (uncommitted.contains(used)) return false;
    if (step.commits_first) uncommitted.insert(step.makes.begin(), step.makes.end());
  }
  return true;
}

List lost(const Steps& up) {
  List sentences;
  for (const Step& step : up)
    for (const Hazard& hazard : step.hazards)
      if (hazard.rule == "data-loss") sentences.push_back(concat("not given back: up ", hazard.text));
  return sentences;
}

}  // namespace quoin
