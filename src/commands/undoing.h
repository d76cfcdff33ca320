// What rollback and redo share: their options, who is asked, and what is said.
#pragma once
#include "commands/event_log.h"
#include "project/undoing.h"

namespace quoin {

struct UndoOptions {
  UndoRequest request;
  std::optional<Text> allow{};  // rules of losses that need no question: "data-loss,access"
  bool dry_run = false, yes = false, list = false;
  Telling telling{};
};

/// Asks the person. Throws Error(Code::refused) where the answer is no, or nobody can be asked.
void confirm(const UndoPreview&, const UndoOptions&, const CommandLine&);

/// Declares --allow.
void declare_undo_allow(Options&, UndoOptions&);

/// Says of each migration that was undone, or run again, that it was.
std::shared_ptr<Follower> undo_report(const CommandLine&);

}  // namespace quoin
