#include "commands/change_summary.h"

#include "core/base/secret.h"
#include "core/base/visible.h"
#include "project/project.h"
#include "project/step_facts.h"

namespace quoin {
namespace {
// Whatever it holds, on one line: a name cannot leave the quotes.
Text code(std::string_view text) {
  const Text line = visible(masked(Text(text)));
  std::size_t longest = 0, run = 0;
  for (const char c : line) longest = std::max(longest, run = c == '`' ? run + 1 : 0);
  const Text fence(longest + 1, '`');
  const std::string_view space = longest == 0 ? "" : " ";
  return concat(fence, space, line, space, fence);
}

// As what stands below the heading of its table or view has it.
Text in_group(Id id, Id group) {
  return id != group && id->parent == group ? concat(id->kind->name, " ", id->name) : path(id);
}

// "columns id, street; primary key place_pkey": what a statement makes below the first.
Text parts(const Step& step) {
  std::vector<std::pair<std::string_view, List>> kinds;
  for (const Id id : step.makes) {
    if (id->parent != step.makes.front() || id->name.empty()) continue;
    auto found = std::ranges::find(kinds, id->kind->name, [](const auto& entry) { return entry.first; });
    if (found == kinds.end()) found = kinds.insert(found, {id->kind->name, {}});
    found->second.push_back(id->name);
  }
  List all;
  for (const auto& [kind, names] : kinds)
    all.push_back(concat(kind, names.size() == 1 ? " " : "s ", join(names, ", ")));
  return join(all, "; ");
}

// A short statement says it best itself.
Text statement_of(const Step& step) {
  constexpr std::size_t longest = 160;
  const bool is_short = step.sql.find('\n') == Text::npos && step.sql.size() <= longest;
  return is_short ? concat(": ", code(step.sql)) : Text();
}

class Changes {
 public:
  explicit Changes(const Routes& routes) : steps_(routes.up.steps), facts_(facts_of(routes.up, routes.down)) {}

  Text text() const {
    std::vector<std::pair<Id, List>> groups;
    for (std::size_t i = 0; i < steps_.size(); ++i) {
      const Id group = group_of(facts_[i].object);
      auto found = std::ranges::find(groups, group, [](const auto& entry) { return entry.first; });
      if (found == groups.end()) found = groups.insert(found, {group, {}});
      found->second.push_back(line_of(steps_[i], facts_[i], group));
    }
    Text all;
    for (const auto& [group, lines] : groups) {
      all += concat("- **", group ? code(path(group)) : Text("the database"), "**\n");
      for (const Text& line : lines) all += concat("  - ", line, "\n");
    }
    return all;
  }

 private:
  static Text line_of(const Step& step, const StepFacts& facts, Id group) {
    const Id id = facts.object;
    const Text name = id && id != group ? code(in_group(id, group)) + " " : Text();
    if (renames(step)) return concat(name, "renamed, was ", code(path(step.drops[0])));
    const std::string_view what = facts.action;
    if (what.starts_with("dropped")) return concat(name, what);
    const Text inside = what.starts_with("made") ? parts(step) : Text();
    return concat(name, what, inside.empty() ? statement_of(step) : concat(": ", code(inside)));
  }

  const Steps& steps_;
  std::vector<StepFacts> facts_;
};

Text hazards(const Steps& steps) {
  Text all;
  for (const Step& step : steps)
    for (const Hazard& hazard : step.hazards)
      all += concat("- **", hazard.rule, "** ", line_for_people(hazard.text), "\n");
  return all;
}

Text section(std::string_view title, const Text& lines) {
  return lines.empty() ? Text() : concat("\n#### ", title, "\n", lines);
}

Text verdict(const Routes& routes) {
  if (routes.outcome == Outcome::proven) return concat("Proven", line_for_people(verdict_of(routes.basis)), ".\n");
  List reasons = split(routes.why, '\n');
  for (Text& reason : reasons) reason = line_for_people(reason);
  return concat("**Unproven**: ", reasons.size() == 1 ? reasons[0] : join(reasons, "\n  - "), "\n");
}

Text notes(const Routes& routes) {
  Text all;
  for (const Text& note : routes.left_out)
    if (routes.why.find(visible(note)) == Text::npos) all += concat("- ", line_for_people(note), "\n");
  for (const Text& note : routes.notes) all += concat("- ", line_for_people(note), "\n");
  return all;
}
}  // namespace

Text change_summary(const Routes& routes) {
  const Steps& up = routes.up.steps;
  return concat("### Schema change: ", counted(up.size(), "statement"), "\n", verdict(routes), "\n",
                Changes(routes).text(), section("To look at twice", hazards(up)),
                section("To look at twice on the way back", hazards(routes.down.steps)),
                section("Notes", notes(routes)));
}

}  // namespace quoin
