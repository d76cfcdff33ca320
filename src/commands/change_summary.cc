#include "commands/change_summary.h"

#include "core/base/visible.h"
#include "project/changes.h"
#include "project/project.h"

namespace quoin {
namespace {
/// By what they lie in, in the order of the statements.
Text grouped(const std::vector<ChangeLine>& lines) {
  std::vector<std::pair<Id, List>> groups;
  for (const ChangeLine& line : lines) {
    auto found = std::ranges::find(groups, line.group, [](const auto& entry) { return entry.first; });
    if (found == groups.end()) found = groups.insert(found, {line.group, {}});
    found->second.push_back(line.text);
  }
  Text all;
  for (const auto& [group, texts] : groups) {
    all += concat("- **", group ? quoted_as_code(path(group)) : Text("the database"), "**\n");
    for (const Text& text : texts) all += concat("  - ", text, "\n");
  }
  return all;
}

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

// What is missed stands line by line; a message's own lines begin none of quoin's.
void remark_unproven(const Routes& routes, const Settings& settings) {
  std::string_view before = "unproven: ";
  for (const Text& line : split(routes.why, '\n'))
    remark(settings, concat(std::exchange(before, routes.missed.empty() ? "  " : ""), line));
}

Text change_summary(const Routes& routes) {
  const Steps& up = routes.up.steps;
  return concat("### Schema change: ", counted(up.size(), "statement"), "\n", verdict(routes), "\n",
                grouped(change_lines(routes)), section("To look at twice", hazards(up)),
                section("To look at twice on the way back", hazards(routes.down.steps)),
                section("Notes", notes(routes)));
}

}  // namespace quoin
