// The rules: every name that a finding or a hazard can have, explained.
#pragma once
#include <span>
#include <string_view>

#include "core/base/rule_name.h"

namespace quoin {

/// Who tells of a rule.
struct Teller {
  std::string_view who;       // the commands, or what is read: "verify", "diff, migrate", "YAML"
  std::string_view if_meant;  // what to do where the thing is meant; NAME stands for the rule's name
};

/// `name` is what a Finding or a Hazard carries, what `allow:` takes, and what
/// `quoin help NAME` explains. Texts are Markdown of whole sentences.
struct Rule {
  RuleName name;
  Teller told_by;
  std::string_view meaning;  // what is wrong, or what will happen
  std::string_view advice;   // what to do about it
};

/// All of them: by who tells of them, then as they are met.
std::span<const Rule> rules();
/// Null where there is none of that name.
const Rule* find_rule(std::string_view name);

}  // namespace quoin
