// What rollback and redo share: which migrations are undone, who is asked, and the undoing.
#pragma once
#include "commands/event_log.h"

namespace quoin {

struct UndoOptions {
  std::optional<Text> to;
  std::optional<int> count, wait;
  bool dry_run = false, yes = false, list = false;
  Telling telling{};
};
using Undoings = std::vector<runner::Undoing>;

/// The migrations to undo, in the order of undoing. Throws as runner::choose_undo(), and Error(Code::usage) for a count
/// that undoes nothing.
Undoings choose_undoings(postgres::Connection&, const UndoOptions&, const Settings&);
List labels_of(const Undoings&);

struct AskedUndoings {
  Undoings undoings;
  std::vector<runner::Loss> losses;
  Text database;  // for people
};
/// Finds the migrations to undo and what that loses; closes its connection before a person is asked and a runner waits
/// for its turn.
AskedUndoings ask_undoings(const Text& url, const UndoOptions&, const CommandLine&);
/// Asks the person. Throws Error(Code::refused) where the answer is no, or nobody can be asked.
void confirm(const AskedUndoings&, const UndoOptions&, const CommandLine&);

/// Undoes them, and returns what this call has undone. Throws Error(Code::refused), before it undoes anything, where
/// another runner has changed what there is to undo.
Undoings undo_all(AtWork&, FollowedRun&, const AskedUndoings&, const UndoOptions&);

/// Says of each migration that was undone, or run again, that it was.
std::shared_ptr<Follower> undo_report(const CommandLine&);

}  // namespace quoin
