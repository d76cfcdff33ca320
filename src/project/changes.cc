#include "project/changes.h"

#include <unordered_set>

#include "core/base/secret.h"
#include "core/base/visible.h"
#include "project/step_facts.h"

namespace quoin {

Text quoted_as_code(std::string_view text) {
  const Text line = visible(masked(Text(text)));
  std::size_t longest = 0, run = 0;
  for (const char c : line) longest = std::max(longest, run = c == '`' ? run + 1 : 0);
  const Text fence(longest + 1, '`');
  const std::string_view space = longest == 0 ? "" : " ";
  return concat(fence, space, line, space, fence);
}

namespace {
// As what stands below the heading of its table or view has it.
Text in_group(Id id, Id group) {
  if (id == group || id->parent != group) return path(id);
  return id->name.empty() ? Text(id->kind->name) : concat(id->kind->name, " ", id->name);
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
  return is_short ? concat(": ", quoted_as_code(step.sql)) : Text();
}

Text text_of(const Step& step, const StepFacts& facts, Id group) {
  const Id id = facts.object;
  const Text name = id && id != group ? quoted_as_code(in_group(id, group)) + " " : Text();
  if (renames(step)) return concat(name, "renamed, was ", quoted_as_code(path(step.drops[0])));
  const std::string_view what = facts.action;
  if (what.starts_with("dropped")) return concat(name, what);
  const Text inside = what.starts_with("made") ? parts(step) : Text();
  return concat(name, what, inside.empty() ? statement_of(step) : concat(": ", quoted_as_code(inside)));
}
struct Certain {
  const std::unordered_set<Id>& differing;
  bool all;
};
// What is dropped and made anew for the sake of what no server has decided is no difference either.
bool is_certain(const Step& step, const Certain& certain) {
  const auto differs = [&](Id id) { return certain.differing.contains(id); };
  const Id subject = subject_of(step);
  return certain.all || renames(step) || !subject || differs(subject) || std::ranges::any_of(step.makes, differs) ||
         std::ranges::any_of(step.drops, differs);
}
}  // namespace

std::vector<ChangeLine> change_lines(const Routes& routes) {
  const Steps& steps = routes.up.steps;
  const std::vector<StepFacts> facts = facts_of(routes.up, routes.down);
  const std::unordered_set<Id> differing(routes.up.differing.begin(), routes.up.differing.end());
  const Certain certain{differing, routes.up.undecided.empty()};
  std::vector<ChangeLine> all;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const Id group = group_of(facts[i].object);
    all.push_back({group, facts[i].object, text_of(steps[i], facts[i], group), is_certain(steps[i], certain)});
  }
  return all;
}

}  // namespace quoin
