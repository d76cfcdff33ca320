// A failed run: records in the ledger, and adds to the error, what is left of it.
#include <algorithm>

#include "runner/leftover.h"
#include "runner/lock.h"
#include "runner/steps.h"
#include "runner/watch.h"

namespace quoin::runner {
namespace {

using postgres::Connection;

void add_detail(Error& error, const Text& line) { error.detail += concat(error.detail.empty() ? "" : "\n", line); }

/// The row as it was before the forced run.
void leave_applied(Entry& entry) {
  entry.status = Status::applied;
  entry.forced.clear();
  entry.error.clear();
}

/// A rollback that has undone nothing leaves the row as it was, with all that it tells of the Up.
Entry after_failure(const Work& work, const Error& error) {
  const bool is_nothing = work.entry.statements_done == 0 && work.entry.begun == 0;
  if (is_nothing && work.was) {
    Entry before = *work.was;
    before.revision = work.entry.revision;
    before.worker.clear();
    return before;
  }
  Entry next = work.entry;
  next.status = work.direction == Direction::down ? Status::undoing : Status::failed;
  next.error = error.what();
  next.worker.clear();
  if (is_nothing && !next.forced.empty()) leave_applied(next);
  return next;
}

/// With the rows that the server names.
Text logged(const Error& error) {
  return concat(error.what(), error.server_detail.empty() ? "" : "\n", error.server_detail);
}

/// Writes down a failure that was seen. What ran alone and leaves something behind is looked after by the next run.
void record_failure(LedgerSession& session, const Work& work, Error& error) {
  Connection& connection = session.connection;
  connection.execute(concat("BEGIN READ WRITE; ", as_session_user));
  if (!work.script.transactional && work.is_recorded) {
    const Entry next = after_failure(work, error);
    if (!write_row(session, next, [&] { return rewrite(session, next); }))
      add_detail(error, "another runner is at work on it meanwhile");
  }
  write_row(session, work.entry, [&] {
    session.ledger.log(connection, {work.entry.version, work.entry.name, failed(work.logged_as()), logged(error)});
    return true;
  });
  connection.execute("COMMIT");
}

/// The line of the log that the lost connection cannot write any more, where the server has said that it ended the
/// session: else a COMMIT may have arrived. What the row says stands: the next run settles it.
void log_lost(LedgerSession& session, const Work& work, const Error& error) {
  if (session.second == nullptr || !session.second->alive() || !error.sqlstate.starts_with("57P")) return;
  try {
    session.ledger.log(*session.second, {work.entry.version, work.entry.name, failed(work.logged_as()), error.what()});
  } catch (const Error&) {  // the server has gone with both
  }
}

/// True if a statement stays begun whose outcome only a person can find out.
bool is_left_open(const Work& work) {
  const std::optional<Piece> piece = begun_piece(work.entry);
  if (bound_of_batch(work.entry)) return false;
  return work.entry.begun > 0 && (!piece || piece->leftover == Leftover::unknown);
}

/// For a forced run that was rolled back as a whole.
bool stays_applied(const Work& work) {
  if (work.reason.empty()) return false;
  return work.script.transactional || (work.entry.statements_done == 0 && work.entry.begun == 0);
}

Text state_after_failure(const Work& work) {
  const Text label = work.entry.label();
  if (work.script.transactional)
    return concat("rolled back: nothing of ", label,
                  work.direction == Direction::down ? " is undone"
                  : work.reason.empty()             ? " is kept"
                                                    : " is kept of this run, and it stays applied");
  if (stays_applied(work)) return concat("no statement of ", label, " is done again, and it stays applied");
  const Text done = concat(
      std::to_string(work.entry.statements_done), " of ", std::to_string(work.script.pieces.size()), " statements of ",
      work.direction == Direction::down ? "the Down of " : "", label, " are done (it cannot be one transaction)");
  if (bound_of_batch(work.entry))
    return concat(done, ", and some chunks of the next; the next run goes on behind them");
  if (!is_left_open(work)) return concat(done, "; the next run goes on after them");
  return concat(done, "; what stands of statement ", std::to_string(work.entry.begun), " is not known");
}

/// True if the next run goes on after what is done.
bool is_done_in_part(const Work& work) {
  const bool is_begun = !work.script.transactional && work.entry.statements_done > 0;
  return is_begun && !stays_applied(work) && !bound_of_batch(work.entry) && !is_left_open(work);
}

/// Besides the way that the hint tells already.
Text settled_by_hand(const Work& work) {
  return concat("; or settle it by hand and say so: quoin repair ", work.entry.version,
                " --applied, --pending or --done N");
}

/// What the server says where something of that name is there already.
bool is_there_already(const Error& error) {
  return std::ranges::count(std::initializer_list<std::string_view>{"42P07", "42710", "42P06", "42723", "42701"},
                            error.sqlstate) > 0;
}

/// The command that tries it once more.
Text command_again(const LedgerSession& session, const Work& work) {
  if (session.is_trial) return "quoin validate";
  if (work.direction == Direction::down) return concat("quoin ", session.undoes_with);
  return concat("quoin migrate", stays_applied(work) ? concat(" --force ", work.entry.version, " --reason …") : "");
}

Text way_out(const LedgerSession& session, const Work& work, const Error& error) {
  const Text again = concat("run ", command_again(session, work), " again");
  if (session.is_trial) return concat("mend ", work.section.file, ", then ", again);
  if (work.undoes_part)
    return concat("only a part of its Up was done: take out of the Down of ", work.section.file,
                  " what undoes the rest, then ", again, "; or undo it by hand and say so: quoin repair ",
                  work.entry.version, " --pending");
  if (bound_of_batch(work.entry))
    return concat("mend the rows that are in the way, then ", again,
                  "; the statement stays as it is, since its first rows are done with it: what it cannot do, do by"
                  " hand, and say: quoin repair ",
                  work.entry.version, " --done ", std::to_string(work.entry.begun));
  const bool is_of_rows = error.sqlstate.starts_with("23") || error.sqlstate.starts_with("22");
  const Text rows = is_of_rows ? "the rows that are in the way, or " : "";
  if (is_left_open(work))
    return concat(
        "it may have committed before it failed: look what stands, undo that or do the rest by hand, and"
        " say: quoin repair ",
        work.entry.version, " --done ", std::to_string(work.entry.begun - 1), " (nothing of it stands), or --done ",
        std::to_string(work.entry.begun), " (all of it does); then ", again);
  if (is_there_already(error) && work.reason.empty() && work.direction == Direction::up &&
      work.entry.statements_done == 0)
    return concat("where this database has all of ", work.entry.label(),
                  " already, by hand or by another tool, say so: quoin repair ", work.entry.version,
                  " --applied, or of it and all before it: quoin baseline ", work.entry.version, "; else mend ",
                  work.section.file, ", then ", again);
  if (!work.section.file.starts_with(ledger_s_own)) return concat("mend ", rows, work.section.file, ", then ", again);
  return concat("the file is gone or another since, so the ledger's down was run: mend ", rows,
                "what it needs, or put a file of this version back with a Down section that works, then ", again,
                "; or undo it by hand and say so: quoin repair ", work.entry.version, " --pending");
}

/// The session has ended, whatever the file says.
bool is_lost(const Connection& connection, const Error& error) {
  return !connection.alive() || error.sqlstate.starts_with("57P");
}

}  // namespace

Text lock_waited_for(const LedgerSession& session, const Error& error) {
  return session.watch == nullptr || error.sqlstate != "55P03" ? Text() : session.watch->waited_for();
}

void report_failure(LedgerSession& session, Work& work, Error& error) {
  Connection& connection = session.connection;
  const Text label = work.entry.label();
  if (session.stop.stop_requested()) {
    Error told(Code::database, concat("interrupted in ", label), error.where,
               concat("run ", command_again(session, work), " again to go on"));
    told.sqlstate = error.sqlstate;
    told.detail = error.detail;
    error = told;
  }
  if (is_lost(connection, error) && !is_left_open(work))
    error.hint =
        concat("once the server takes connections: ", command_again(session, work), " goes on from what stands");
  if (error.hint.empty() || (error.code == Code::database && is_left_open(work)))
    error.hint = way_out(session, work, error);
  if (!connection.alive()) {
    add_detail(error, concat("the server rolls back what was open; see quoin status for what stands of ", label));
    log_lost(session, work, error);
    return;
  }
  roll_back(connection);
  if (const Text lock = lock_waited_for(session, error); work.is_ours && !lock.empty())
    add_detail(error, concat("it waited for ", lock));
  if (!work.is_ours && error.sqlstate == "55P03")
    add_detail(error, concat("it is of ", session.ledger.holder(connection)));
  if (!work.is_ours) return;
  try {
    record_failure(session, work, error);
    add_detail(error, state_after_failure(work));
    if (is_done_in_part(work) && !session.is_trial && error.hint.find("quoin repair") == Text::npos)
      error.hint += settled_by_hand(work);
    discard_session(connection);
  } catch (const Error& second) {
    add_detail(error, concat("and the ledger could not be written: ", second.what()));
    roll_back(connection);
  }
}

}  // namespace quoin::runner
