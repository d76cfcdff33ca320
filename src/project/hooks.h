// What quoin.yaml wants done around a run and around each migration.
#pragma once
#include "project/follow.h"

namespace quoin {

/// Names of all hooks, and what each is for.
std::vector<std::pair<Text, Text>> hook_docs();
/// The variables that a hook's command finds, and what each says.
std::vector<std::pair<Text, Text>> hook_variable_docs();

/// Runs the hooks of the settings. What a before_… hook meets stops what it stands before; what another one meets is
/// remarked. Reads all SQL files at once. `url`: the database's, for commands. Throws Error(Code::input) for a file
/// that is not there, and for a timeout that is no time.
std::shared_ptr<Follower> hooks_of(const Settings&, const Text& url);

}  // namespace quoin
