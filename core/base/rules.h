// The rules: every name that a finding or a hazard can have, explained.
#pragma once
#include <span>
#include <string_view>

namespace quoin {

/// `name` is what a Finding or a Hazard carries, what `-- quoin: nolint NAME` and `allow:` take, and what
/// `quoin help NAME` explains. Texts are Markdown of whole sentences.
struct Rule {
  std::string_view name;
  std::string_view told_by;  // the commands, or what is read: "verify", "diff, migrate", "YAML"
  std::string_view meaning;  // what is wrong, or what will happen
  std::string_view advice;   // what to do about it
};

/// All of them: by who tells of them, then as they are met.
std::span<const Rule> rules();
/// Null where there is none of that name.
const Rule* find_rule(std::string_view name);

}  // namespace quoin
