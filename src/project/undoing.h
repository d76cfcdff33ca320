// Undoes the migrations that were applied last.
#pragma once
#include "project/follow.h"

namespace quoin {

enum class Afterwards { nothing, run_again };
/// How far to undo, how long to wait for another runner, and whether what is undone is to run again.
struct UndoRequest {
  runner::Bounds bounds;
  std::optional<int> wait;
  Afterwards afterwards = Afterwards::nothing;
  List allow{};  // rules of losses that need no leave beyond those that preview_undo() has told
};
using Undoings = std::vector<runner::Undoing>;

/// The migrations to undo, in the order of undoing. Throws as runner::choose_undo(), and Error(Code::usage) for a count
/// that undoes nothing; where it is to run again, Error(Code::refused) while one has failed that is not applied, as
/// after a redo that failed: the next would undo one more.
Undoings choose_undoings(postgres::Connection&, const UndoRequest&, const Settings&);
List labels_of(const Undoings&);
/// Files and ledger, of which runner::all_undoable() tells what could be undone. Only reads.
MigrationStatuses statuses_to_undo(const Text& url, std::optional<int> wait, const Settings&);

struct UndoPreview {
  Undoings undoings;
  std::vector<runner::Loss> losses;
  Text database;  // for people
};
/// Finds the migrations to undo and the losses of that, and of running their files `again` afterwards. Its connection
/// is closed when it returns, before a person is asked.
UndoPreview preview_undo(const Text& url, const UndoRequest&, const Settings&,
                         const std::vector<Migration>& again = {});

/// Undoes them, and returns those that this call has undone. Throws Error(Code::refused), before it undoes anything,
/// where another runner has changed what there is to undo.
Undoings undo_all(LockedLedger&, FollowedRun&, const UndoPreview&, const UndoRequest&);

/// Throws Error(Code::refused) where one of them has no file, or one that no run would accept: told before anything is
/// undone.
void require_runnable(const Undoings&, const std::vector<Migration>& files);
/// Runs the files of what was undone, the last undone first.
void run_again(LockedLedger&, FollowedRun&, const Undoings& undone, const std::vector<Migration>& files);

}  // namespace quoin
