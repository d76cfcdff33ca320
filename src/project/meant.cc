#include "project/meant.h"

#include <set>

#include "core/base/rules.h"

namespace quoin {

namespace {
Text rule_of(const Directive& directive) {
  return Text(trim(directive.argument.substr(0, directive.argument.find(':'))));
}

bool is_verifys(const Text& name) {
  const Rule* rule = find_rule(name);
  return rule != nullptr && rule->told_by.who.find("verify") != std::string_view::npos;
}

/// Where a section's lines end in its file.
int last_line(const Section& section) {
  return section.line + static_cast<int>(std::ranges::count(section.text, '\n'));
}

bool is_in(const Finding& finding, const Section& section) {
  return finding.place.file == section.file && finding.place.line >= section.line &&
         finding.place.line <= last_line(section);
}

class Meant {
 public:
  explicit Meant(Findings& findings) : findings_(findings) {}

  void section(const Section& section) {
    for (const Directive& directive : section.directives) {
      if (directive.name != "nolint") continue;
      const Text rule = rule_of(directive);
      const auto gone =
          std::erase_if(findings_, [&](const Finding& one) { return one.rule.text() == rule && is_in(one, section); });
      if (gone > 0) used_.insert(directive.place);
      if (gone == 0 && (is_verifys(rule) || !find_rule(rule))) unused_.push_back(&directive);
    }
  }
  // Above the first mark it holds for both sections, and one of them may need it.
  void tell_unused() {
    std::set<Place> told;
    for (const Directive* directive : unused_) {
      if (used_.contains(directive->place) || !told.insert(directive->place).second) continue;
      Finding& finding = findings_.emplace_back();
      finding.severity = Severity::warning;
      finding.rule = "unused-nolint";
      finding.place = directive->place;
      const Text rule = rule_of(*directive);
      finding.message =
          find_rule(rule) ? concat("nothing here breaks the rule ", rule) : concat("there is no rule called ", rule);
      finding.hint = find_rule(rule) ? "take the line out" : "`quoin help rules` lists them";
    }
  }

 private:
  Findings& findings_;
  std::set<Place> used_;
  std::vector<const Directive*> unused_;
};
}  // namespace

void leave_out_meant(std::span<const Migration> migrations, Findings& findings) {
  Meant meant(findings);
  for (const Migration& migration : migrations) {
    meant.section(migration.up);
    if (migration.down) meant.section(*migration.down);
  }
  meant.tell_unused();
}

}  // namespace quoin
