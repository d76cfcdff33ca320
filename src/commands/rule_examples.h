// An example of each rule: what its page shows.
#pragma once
#include <span>

#include "core/base/rule_name.h"

namespace quoin {

/// `run` is the command line, after `quoin`, that tells of it in a folder with these files; empty where it takes a
/// database, a branch or another tool besides. `files`: "@ path" before the text of each; what stands before the first
/// is a sentence.
struct RuleExample {
  RuleName rule;
  std::string_view run, files;
};

/// One or more of every rule.
std::span<const RuleExample> rule_examples();

}  // namespace quoin
