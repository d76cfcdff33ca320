// The migrations of a branch beside those of the branch that it is to be merged into.
#pragma once
#include "parser/migrations/migration.h"
#include "project/settings.h"

namespace quoin {

/// What the folder, as it is now, does to `base`, a name that git knows, and the other way round. Rules: late (a new
/// migration sorts before one that base has), same-version, both-make, both-change, and what verify says of the folder
/// once both are in it, where it says it of neither alone. Files of base are called as git does:
/// "main:migrations/x.sql". Throws Error(Code::input) where the folder lies in no repository, or git knows no such
/// commit.
Findings conflicts_with(const Text& base, const Text& folder, const Settings&);

}  // namespace quoin
