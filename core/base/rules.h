// The rules: every name that a finding or a hazard can have, with its help.
#pragma once
#include <span>
#include <string_view>

#include "core/base/rule_name.h"

namespace quoin {

/// The commands that report a rule.
struct Teller {
  std::string_view who;       // the commands, or what is read: "verify", "diff, migrate", "YAML"
  std::string_view if_meant;  // what to do where the thing is meant; NAME stands for the rule's name
};

/// A rule and its help. `name` is what Finding::rule and Hazard::rule have, what `quoin help NAME` explains and, for
/// losses, what `allow:` takes. Texts are whole sentences in Markdown.
struct Rule {
  RuleName name;
  Teller told_by;
  std::string_view meaning;  // what is wrong, or what will happen
  std::string_view advice;   // what to do about it
};

/// All rules, those of one command together.
std::span<const Rule> rules();
/// Null where there is none of that name.
const Rule* find_rule(std::string_view name);

}  // namespace quoin
