// Compares files and ledger: which migrations a run would touch.
#pragma once
#include <optional>
#include <vector>

#include "parser/migrations/migration.h"
#include "runner/execute.h"
#include "runner/ledger.h"

namespace quoin::runner {

enum class State {
  applied,
  pending,
  failed,    // some of its statements are done, or undone
  running,   // another runner is at work on it; set by tell_running(), `compare` calls it failed
  changed,   // applied, and the file has changed since
  missing,   // applied, and there is no file
  lost,      // no row, though the log says that it was applied; set by mark_lost(), `compare` calls it pending
  replaced,  // applied, and a baseline of the folder stands for it, which this database cannot take for what it ran
};
std::string_view to_string(State);

/// One version, with its file and its row if they exist. The pointers lead into what `compare` was given.
struct MigrationStatus {
  State state = State::pending;
  const Migration* file = nullptr;
  const Entry* entry = nullptr;
  const Failure* failure = nullptr;     // of its last run or rollback, which left nothing; `compare` leaves it null
  std::optional<LostRow> lost{};        // of State::lost; `compare` leaves it empty
  bool out_of_order = false;            // pending, though a later one is applied
  const Migration* baseline = nullptr;  // that stands for its row, where not all that it stands for ran here as it was
  Text replaced_checksum{};             // of the file for which the baseline has the row

  /// Its state in words: how much of it is done and why no more, where it is applied in part: "failed after 2
  /// statements, statement 3 begun: division by zero".
  Text state_in_words() const;
  /// The last error: of its row, of a run that stopped in it, of a run that left nothing; empty: none.
  Text last_error() const;
  bool repeats() const;
  /// True if a baseline stands for it, and for another file than the one that ran.
  bool is_unlike_replaced() const;
  /// The state to show: failed also where its last run left nothing, though the next one runs it again.
  State shown() const;
  const Text& version() const { return file != nullptr ? file->version : entry->version; }
  Text label() const { return file != nullptr ? file->label() : entry->label(); }
};
/// All versions in order: by version, or in the order that the files' tool gives.
std::vector<MigrationStatus> compare(const std::vector<Migration>&, const std::vector<Entry>&);

/// The migration of that version or label, or of another name that its tool has for it, as a tag or a changeset's id.
/// Throws Error(Code::input) that names the nearest, or where several have the name.
const MigrationStatus& named(const std::vector<MigrationStatus>&, const Text& name);

/// The down that a rollback runs: the file's or the ledger's. Throws Error(Code::refused) where there is none.
Section down_of(const MigrationStatus&);

/// The applied migrations, the last one first, each with its down, if that is known.
std::vector<std::pair<const MigrationStatus*, std::optional<Section>>> all_undoable(
    const std::vector<MigrationStatus>&);

enum class Optional { run, skip };
enum class Late { refuse, run };
/// How far a run or a rollback goes.
struct Bounds {
  std::optional<Text> to;  // a version or label: up to and including it; of a rollback: down to it, which stays
  std::optional<int> count;
  Optional optional = Optional::run;
  Late late = Late::refuse;
};

/// The migrations that migrate runs, in order. Throws Error(Code::refused) for a changed file, one that is out of
/// order, one that depends on a migration that is not applied, one that is empty, and an unfinished rollback;
/// Error(Code::input) for an unknown `to`. Reads all scripts, so that a file that no run could accept stops the run
/// before it begins.
std::vector<MigrationStatus> choose_pending(const std::vector<MigrationStatus>&, const Bounds&);

/// The migrations that a rollback undoes, the last applied first; without bounds only that. Throws Error(Code::refused)
/// where a down is not known.
std::vector<Undoing> choose_undo(const std::vector<MigrationStatus>&, const Bounds&);

}  // namespace quoin::runner
