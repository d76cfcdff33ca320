// The hooks of quoin.yaml, which run around a run and around each migration.
#pragma once
#include "project/follow.h"

namespace quoin {

/// Names of all hooks, and what each is for.
std::vector<std::pair<Text, Text>> hook_docs();
/// The variables that a hook's command finds, and what each says.
std::vector<std::pair<Text, Text>> hook_variable_docs();

/// The SQL files of all hooks: those that run before what they are about, and those that run after it. Throws as
/// hooks_of() does for a file.
struct HookSections {
  std::vector<Section> before, after;
};
HookSections hook_sections(const Settings&);

/// The follower that runs the hooks. If a before_… hook fails, what it stands before does not begin; a failure of
/// another hook is remarked. Reads all SQL files when the run begins, which fails where one cannot be read. `url`: of
/// the database, for the environment of commands. Throws Error(Code::input) for a timeout that is no time.
std::shared_ptr<Follower> hooks_of(const Settings&, const Text& url);

}  // namespace quoin
