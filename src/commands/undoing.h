// What rollback and redo share: which migrations are undone, who is asked, and the undoing.
#pragma once
#include "commands/command.h"
#include "project/project.h"

namespace quoin {

struct UndoOptions {
  std::optional<Text> to;
  std::optional<int> count, wait;
  bool dry_run = false, yes = false, list = false;
};
using Undoings = std::vector<runner::Undoing>;

/// In the order in which they are to be undone. Throws as runner::choose_undo(), and Error(Code::usage) for a count
/// that undoes nothing.
Undoings choose_undoings(postgres::Connection&, const UndoOptions&, const CommandLine&);
List labels_of(const Undoings&);

struct AskedUndoings {
  Undoings undoings;
  std::vector<runner::Loss> losses;
  Text database;  // for people
};
/// On a connection that is closed before a person is asked and a runner waits for its turn.
AskedUndoings ask_undoings(const Text& url, const UndoOptions&, const CommandLine&);
/// Throws Error(Code::refused) where nobody says yes, or nobody can be asked.
void confirm(const AskedUndoings&, const UndoOptions&, const CommandLine&);

/// What was undone by this call. Throws Error(Code::refused), before anything is, where another runner has changed what
/// there is to undo.
Undoings undo_all(AtWork&, const AskedUndoings&, const UndoOptions&, const CommandLine&);

}  // namespace quoin
