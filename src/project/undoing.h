// What was applied last, undone.
#pragma once
#include "project/follow.h"

namespace quoin {

/// How far, and how long another runner is waited for.
struct UndoRequest {
  runner::Bounds bounds;
  std::optional<int> wait;
};
using Undoings = std::vector<runner::Undoing>;

/// The migrations to undo, in the order of undoing. Throws as runner::choose_undo(), and Error(Code::usage) for a count
/// that undoes nothing.
Undoings choose_undoings(postgres::Connection&, const UndoRequest&, const Settings&);
List labels_of(const Undoings&);
/// Files and ledger, of which runner::all_undoable() tells what could be undone. Only reads.
MigrationStatuses statuses_to_undo(const Text& url, std::optional<int> wait, const Settings&);

struct AskedUndoings {
  Undoings undoings;
  std::vector<runner::Loss> losses;
  Text database;  // for people
};
/// Finds the migrations to undo and what that loses; closes its connection before a person is asked and a runner waits
/// for its turn.
AskedUndoings ask_undoings(const Text& url, const UndoRequest&, const Settings&);

/// Undoes them, and returns what this call has undone. Throws Error(Code::refused), before it undoes anything, where
/// another runner has changed what there is to undo.
Undoings undo_all(AtWork&, FollowedRun&, const AskedUndoings&, const UndoRequest&);

/// Throws Error(Code::refused) where one of them has no file, or one that no run would accept: told before anything is
/// undone.
void require_runnable(const Undoings&, const std::vector<Migration>& files);
/// Runs the files of what was undone, the last undone first.
void run_again(AtWork&, FollowedRun&, const Undoings& undone, const std::vector<Migration>& files);

}  // namespace quoin
