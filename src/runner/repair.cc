#include "runner/repair.h"

#include "runner/leftover.h"
#include "runner/work.h"

namespace quoin::runner {
namespace {

Text state_of(const MigrationStatus& status) {
  const Entry& entry = *status.entry;
  if (!entry.odd.empty()) return concat("odd: ", entry.odd);
  if (entry.status == Status::applied) return status.state == State::changed ? "applied, as another file" : "applied";
  return concat(entry.forced.empty() ? "" : "applied, and a forced run ", to_string(entry.status), " after ",
                progress_of(entry));
}

Error taken(const Entry& entry) {
  return {Code::refused,
          concat("another runner has changed the row of ", entry.label(), " meanwhile"),
          {},
          "look at quoin status, then say it again"};
}

/// As its row says, and as its file is.
bool is_as_said(const MigrationStatus& status, const Repair& request) {
  const Entry& entry = *status.entry;
  return request.state == ClaimedState::applied && status.state == State::applied && status.baseline == nullptr &&
         status.file->checksum == entry.checksum && entry.error.empty() && entry.forced.empty() &&
         status.failure == nullptr;
}

/// The row, and its line in the log, where there is something to say.
void record(LedgerSession& session, const Entry& entry, const Text& said, const std::function<bool()>& write) {
  session.connection.execute("BEGIN");
  try {
    if (!write_row(session, entry, write)) throw taken(entry);
    if (!said.empty()) session.ledger.log(session.connection, {entry.version, entry.name, "repair", said});
    session.connection.execute("COMMIT");
  } catch (...) {
    roll_back(session.connection);
    throw;
  }
}

bool says_all(const Repair& request) {
  return request.state == ClaimedState::applied || request.state == ClaimedState::as_replaced;
}

/// What is applied as its row says stays where it is in the order of application, in which it would be undone.
bool stays_applied(const MigrationStatus& status, const Repair& request) {
  const bool was = status.entry->was_applied() && status.state != State::pending;
  return was && says_all(request);
}

/// What the statements are counted in.
Script script_underway(const MigrationStatus& status) {
  const bool is_undoing = status.entry != nullptr && status.entry->status == Status::undoing;
  if (!is_undoing && status.file == nullptr)
    throw Error(Code::input, concat("the file of ", status.label(), " is gone, so its statements cannot be counted"),
                {}, "put the file back, or say --applied or --pending");
  const Section section = is_undoing ? down_of(status) : status.file->up;
  return read_script(section, wrapping_of(section));
}

Entry partly_done(const MigrationStatus& status, std::size_t statements) {
  Entry entry = status.entry != nullptr ? *status.entry : entry_of(*status.file);
  if (status.entry != nullptr && entry.status == Status::applied && entry.odd.empty())
    throw Error(Code::input, concat(entry.label(), " is applied as a whole"), {}, "quoin status shows what is not");
  const Script script = script_underway(status);
  if (statements > script.pieces.size())
    throw Error(Code::input,
                concat(entry.label(), " has ", std::to_string(script.pieces.size()), " statements, not ",
                       std::to_string(statements)),
                {}, "count the statements of the section; quoin status says after which one it stopped");
  if (entry.status == Status::applied) entry.status = Status::failed;  // its own is not known
  entry.statements_done = statements;
  entry.done_checksum = checksum_of(script, statements);
  return entry;
}

/// Chunks of a batch that are forgotten.
void tell_chunks(const LedgerSession& session, const Entry& entry, std::size_t statements) {
  const auto bound = bound_of_batch(entry);
  if (bound && statements < entry.begun)
    session.messages.remark(concat("  warning: statement ", std::to_string(entry.begun),
                                   " runs from its first row: ", bound->rows_done(),
                                   " were done with it, and are done again; quoin migrate alone"
                                   " would have gone on behind them"));
}

Text up_to(std::size_t statements) { return concat("said to be done up to statement ", std::to_string(statements)); }

/// For a migration that never ran here, though the database has what it does, and for one whose row was lost.
Text write_without_row(LedgerSession& session, const MigrationStatus& status, const Repair& request) {
  const Text was = status.lost ? "its row was lost; " : "was pending; ";
  Entry entry = entry_of(*status.file);
  if (status.lost && request.state == ClaimedState::pending) {
    entry.version = status.lost->logged->last.version;  // as the log spells it
    const Text said = concat(was, said_to_be_pending);
    record(session, entry, said, [] { return true; });
    return said;
  }
  if (request.state == ClaimedState::pending || request.state == ClaimedState::as_replaced)
    throw Error(Code::input, concat(status.label(), " has no row in the ledger, so there is nothing to mend"), {},
                "quoin migrate runs what is pending; --applied says that the database has it already");
  const bool is_whole = request.state == ClaimedState::applied;
  if (!is_whole) entry = partly_done(status, request.statements);
  const Text said = concat(was, is_whole ? Text(said_to_be_applied) : up_to(request.statements));
  record(session, entry, said, [&] { return add_row(session, entry, status.lost); });
  return said;
}

}  // namespace

Text repair(LedgerSession& session, const MigrationStatus& status, const Repair& request) {
  if (status.entry == nullptr) return write_without_row(session, status, request);
  if (request.state == ClaimedState::applied && status.file == nullptr && status.baseline != nullptr)
    return repair(session, status, {ClaimedState::as_replaced, 0});
  wait_for_worker(session, *status.entry);
  if (is_as_said(status, request)) {  // unless another session takes the row away meanwhile
    record(session, *status.entry, {}, [&] { return session.ledger.correct(session.connection, *status.entry); });
    return {};
  }
  const bool was_done = status.entry->odd.empty() && completion_of_begun(session, *status.entry) == Completion::done;
  if (was_done && !says_all(request))
    session.messages.remark(concat("  note: statement ", std::to_string(status.entry->begun), " was done after all"));
  Entry entry = request.state == ClaimedState::partly ? partly_done(status, request.statements) : *status.entry;
  if (request.state == ClaimedState::partly) tell_chunks(session, *status.entry, request.statements);
  Text said = concat("was ", state_of(status), "; ");
  if (request.state == ClaimedState::applied) {
    entry.status = Status::applied;
    if (status.file != nullptr) take_file(entry, *status.file);
    said += said_to_be_applied;
  } else if (request.state == ClaimedState::as_replaced) {
    entry.status = Status::applied;
    entry.checksum = status.replaced_checksum;
    said += concat("as what ", status.baseline->label(), " replaces, ", said_to_be_applied);
  } else {
    said += request.state == ClaimedState::pending ? Text(said_to_be_pending) : up_to(request.statements);
  }
  entry.error.clear();
  entry.worker.clear();
  if (request.state != ClaimedState::partly) entry.forced.clear();
  entry.begun = 0;
  entry.begun_with.clear();
  record(session, entry, said, [&] {
    if (request.state == ClaimedState::pending) return session.ledger.remove(session.connection, entry);
    return stays_applied(status, request) ? session.ledger.correct(session.connection, entry)
                                          : session.ledger.change(session.connection, entry);
  });
  return said;
}

}  // namespace quoin::runner
