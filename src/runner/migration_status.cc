// What there is to say of one migration, by its file and its row.
#include "runner/leftover.h"
#include "runner/plan.h"

namespace quoin::runner {

std::string_view to_string(State state) {
  switch (state) {
    case State::applied:
      return "applied";
    case State::pending:
      return "pending";
    case State::failed:
      return "failed";
    case State::running:
      return "running";
    case State::changed:
      return "changed";
    case State::missing:
      return "missing";
    case State::lost:
      return "lost";
    case State::replaced:
      return "replaced";
  }
  return "";
}

Text MigrationStatus::last_error() const {
  if (entry != nullptr && !entry->odd.empty()) return concat("its row holds what quoin does not write: ", entry->odd);
  if (state == State::failed && !entry->error.empty()) return entry->error;
  return failure != nullptr ? failure->error : Text();
}

Text MigrationStatus::state_in_words() const {
  const Text why = last_error();
  const Text how =
      entry->status == Status::running && state == State::failed ? "stopped" : Text(to_string(entry->status));
  return concat(entry->forced.empty() ? Text() : concat("applied; a forced run (", entry->forced, ") "), how, " after ",
                progress_of(*entry), why.empty() ? "" : ": ", why);
}

bool MigrationStatus::is_unlike_replaced() const {
  return baseline != nullptr && entry != nullptr && !entry->checksum.empty() && entry->checksum != replaced_checksum;
}

bool MigrationStatus::repeats() const { return file != nullptr ? file->repeats() : quoin::repeats(entry->version); }

State MigrationStatus::shown() const { return state == State::pending && failure != nullptr ? State::failed : state; }

}  // namespace quoin::runner
