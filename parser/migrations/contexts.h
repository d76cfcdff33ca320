// Liquibase's contexts and labels: which changesets are for the database at hand.
#pragma once
#include "parser/migrations/placeholders.h"

namespace quoin {

/// What Liquibase is told of the changesets to run, as with --contexts and --label-filter. No value: nothing is said.
struct ChangesetFilter {
  std::optional<Text> contexts;      // names with commas between: "prod, eu"
  std::optional<Text> label_filter;  // an expression: "v1 and !slow"
};
/// What liquibase.properties, in the folder or above it, says; Liquibase's variables of the environment go over it.
ChangesetFilter liquibase_filter(const Text& folder, const Environment&);

/// What a changeset says of itself, and each include that leads to it of all it includes; all must allow it.
struct ChangesetLimits {
  List contexts;  // expressions: "prod or (test and !eu)"
  List labels;    // names with commas between
};
/// Why Liquibase would not run such a changeset ("is for context test, and the contexts are prod"); empty: it would.
/// As it does, all run where no contexts are said, but those whose expression has an `@`, and all without labels.
Text reason_to_pass_over(const ChangesetFilter&, const ChangesetLimits&);

}  // namespace quoin
