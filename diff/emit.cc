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

List lost(const Steps& up) {
  List sentences;
  for (const Step& step : up)
    for (const Hazard& hazard : step.hazards)
      if (hazard.rule == "data-loss") sentences.push_back(concat("Not given back after the up: ", hazard.text));
  return sentences;
}

}  // namespace quoin
