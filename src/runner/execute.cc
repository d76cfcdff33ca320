#include "runner/execute.h"

#include <algorithm>
#include <cstdlib>

#include "runner/added.h"
#include "runner/leftover.h"
#include "runner/lock.h"
#include "runner/steps.h"
#include "runner/waiting.h"

namespace quoin::runner {

// What a role is by default, ALTER ROLE … SET role may say; SET ROLE NONE would not ask it.
const char* const as_session_user = "SET LOCAL session_authorization TO DEFAULT; SET LOCAL role TO DEFAULT";
const char* const reset_session = "SET CONSTRAINTS ALL IMMEDIATE; RESET SESSION AUTHORIZATION; RESET ROLE; RESET ALL";

std::chrono::milliseconds pause_before_retry(int tried) {
  return std::chrono::milliseconds(std::min(500 << std::min(tried, 4), 5000));
}

bool may_retry(const Error& error) {
  return error.sqlstate == "55P03" || error.sqlstate == "40P01" || error.sqlstate == "40001";
}

Text why_again(const LedgerSession& session, const Error& error) {
  const Text lock = lock_waited_for(session, error);
  return lock.empty() ? Text(error.what()) : concat(error.what(), " (waited for ", lock, ")");
}

namespace {

using namespace std::chrono_literals;
using postgres::Connection;

void read_directives(Work& work, const LedgerSession& session) {
  const Section& section = work.section;
  work.limits = session.limits;
  if (const Directive* timeout = section.directive("lock-timeout")) work.limits.lock_timeout = timeout->argument;
  const Directive* retry = section.directive("retry");
  if (retry == nullptr) return;
  work.limits.retries = std::atoi(retry->argument.c_str());
  if (work.limits.retries > 0) return;
  throw Error(Code::input, concat("\"retry ", retry->argument, "\" says no number of times"), retry->place,
              "write it as -- quoin: retry 3");
}

enum class Turn { last, kept };

/// What is forced to run once more is still undone after what was applied later, which stands on it.
Turn turn_of(const Entry& entry) { return entry.forced.empty() ? Turn::last : Turn::kept; }

bool write_up(const LedgerSession& session, const Entry& entry, Turn turn) {
  return turn == Turn::kept ? session.ledger.correct(session.connection, entry)
                            : session.ledger.change(session.connection, entry);
}

/// The row first, before any SQL of the file: where another transaction holds it, this waits for its end and then sees
/// what it did.
Tried claim(LedgerSession& session, Work& work) {
  Connection& connection = session.connection;
  work.is_ours = false;
  const bool ours = write_row(session, work.entry, [&] {
    if (!work.is_recorded) return session.ledger.add(connection, work.entry);
    return work.direction == Direction::up ? write_up(session, work.entry, turn_of(work.entry))
                                           : session.ledger.remove(connection, work.entry);
  });
  work.is_ours = ours;
  if (!ours) return Tried::taken;
  const Limits& limits = work.limits;
  const Text timeout = limits.lock_timeout.empty() ? "DEFAULT" : quote_literal(limits.lock_timeout);
  connection.execute(concat("SET LOCAL lock_timeout TO ", timeout));
  if (!limits.statement_timeout.empty())
    connection.execute(concat("SET LOCAL statement_timeout TO ", quote_literal(limits.statement_timeout)));
  return Tried::done;
}

/// Constraints that were put off are checked where their failure can be told with the file.
void reset(Connection& connection, const Work& work) {
  try {
    connection.execute(reset_session);
  } catch (Error& error) {
    error.where = {work.section.file};
    error.detail += concat(error.detail.empty() ? "" : "\n", "seen at the end of the file: the constraint is deferred");
    throw;
  }
}

void send_all(LedgerSession& session, const Work& work) {
  for (const Added& added : session.before_each) run_within(session, added);
  for (const Piece& piece : work.script.pieces) {
    require_going_on(session.stop);
    say_statement(session, piece);
    send(session.connection, work.section, piece);
  }
}

// Whatever the database's default is: a snapshot taken by the claim would be older than the locks that the section's
// statements wait for, and a copy of a table's rows would miss what was committed meanwhile.
Tried run_transaction(LedgerSession& session, Work& work) {
  Connection& connection = session.connection;
  connection.execute("BEGIN ISOLATION LEVEL READ COMMITTED");
  try {
    if (claim(session, work) == Tried::taken) return roll_back(connection), Tried::taken;
    if (session.holdings) session.holdings->note_files(connection);
    send_all(session, work);
    if (!connection.in_transaction()) {
      throw Error(Code::database, concat(work.section.file, " ended its transaction by itself, so what it did stays"),
                  {work.section.file}, "look at what it did; a file with COMMIT must say `-- quoin: no-transaction`");
    }
    reset(connection, work);
    require_whole(session, work.section);
    Entry end = work.entry;
    if (work.is_recorded && work.direction == Direction::up) ++end.revision;
    // The claim has taken the row away already.
    if (work.direction == Direction::down)
      write_row(session, end, [&] {
        session.ledger.log(connection, {end.version, end.name, Text(work.action()), {}});
        return true;
      });
    else if (record_end(session, work, end) == Tried::taken)
      throw Error(Code::refused, concat(work.section.file, " has changed its own row in the ledger"),
                  {work.section.file}, "take out of it what writes to quoin's tables: a run keeps them by itself");
  } catch (...) {
    roll_back(connection);
    throw;
  }
  require_going_on(session.stop);
  connection.execute("COMMIT");
  return Tried::done;
}

Tried run_with_retries(LedgerSession& session, Work& work) {
  for (int tried = 0;; ++tried) {
    try {
      return run_transaction(session, work);
    } catch (const Error& error) {
      if (tried >= work.limits.retries || !may_retry(error) || session.stop.stop_requested()) throw;
      session.messages.remark(concat("  ", why_again(session, error), "; trying again (", std::to_string(tried + 1),
                                     " of ", std::to_string(work.limits.retries), ")"));
      pause(pause_before_retry(tried), session.stop);
    }
  }
}

Tried run(LedgerSession& session, Work& work) {
  for (const Text& note : work.script.notes) session.messages.remark(concat("note: ", note));
  try {
    if (!work.script.transactional)
      for (const Added& added : session.before_each) run_added(session, added);
    const Tried tried = work.script.transactional ? run_with_retries(session, work) : run_pieces(session, work);
    if (tried == Tried::taken) roll_back(session.connection);
    discard_session(session.connection);
    return tried;
  } catch (Error& error) {
    report_failure(session, work, error);
    throw;
  }
}

/// The row as it is when no earlier runner's process writes it any more.
std::optional<Entry> settled_row(LedgerSession& session, const Entry& row) {
  wait_for_worker(session, row);
  return session.ledger.find(session.connection, row.version);
}

void forget_progress(Entry& entry) {
  entry.statements_done = 0;
  entry.done_checksum.clear();
  entry.begun = 0;
  entry.begun_with.clear();
}

Entry entry_for(const Migration& migration, const std::optional<Entry>& row) {
  Entry entry;
  if (row) entry = *row;
  if (!row) entry.version = migration.version;
  if (entry.status == Status::applied) forget_progress(entry);
  entry.name = migration.name;
  entry.description = migration.description;
  take_file(entry, migration);
  return entry;
}

/// What is done in part goes on piece by piece, also where the file was mended into one transaction.
Script script_for(const Section& section, const Entry& entry) {
  Script script = read_script(section, wrapping_of(section));
  if (entry.statements_done > 0 || entry.begun > 0) script.transactional = false;
  return script;
}

constexpr int tries = 5;  // each ends when another runner has changed the row meanwhile

[[noreturn]] void give_up(const Text& label) {
  throw Error(Code::refused, concat("other runners are at work on ", label, " all the time"), {},
              "look at quoin status, then run it again");
}

}  // namespace

void require_whole(const LedgerSession& session, const Section& section) {
  if (session.holdings) session.holdings->require_whole(session.connection, section);
}

void roll_back(Connection& connection) {
  if (connection.alive() && connection.in_transaction()) connection.execute("ROLLBACK");
}

bool rewrite(const LedgerSession& session, const Entry& next) {
  return next.forced.empty() && next.status != Status::applied ? session.ledger.change(session.connection, next)
                                                               : session.ledger.correct(session.connection, next);
}

bool write_row(LedgerSession& session, const Entry& entry, const std::function<bool()>& write) {
  session.connection.execute(concat("SET LOCAL lock_timeout = '", std::to_string(std::max(session.waiting, 1)), "s'"));
  try {
    return write();
  } catch (const Error& error) {
    if (error.sqlstate != "55P03") throw;
    Error told(Code::refused,
               concat("another transaction is still at work on ", entry.label(), ", or holds the ledger ",
                      session.ledger.name()),
               {}, "wait for it to end, or give it longer with --wait SECONDS");
    told.sqlstate = error.sqlstate;
    throw told;
  }
}

void say_statement(const LedgerSession& session, const Piece& piece) {
  const std::string_view sql = piece.sql;
  session.messages.detail(concat("  ", beginning(sql.substr(0, sql.find('\n')), 110)));
}

Tried record_end(LedgerSession& session, const Work& work, Entry entry) {
  const bool is_down = work.direction == Direction::down;
  const Turn turn = turn_of(entry);
  if (!is_down) {
    entry.status = Status::applied;
    entry.error.clear();
    entry.worker.clear();
    entry.milliseconds = work.milliseconds();
    entry.forced.clear();
  }
  // The file's own lock_timeout is not for the ledger.
  const bool ours = write_row(session, entry, [&] {
    return is_down ? session.ledger.remove(session.connection, entry) : write_up(session, entry, turn);
  });
  if (!ours) return Tried::taken;
  const LogLine line{entry.version, entry.name, Text(work.logged_as()), work.reason};
  session.ledger.checked().log(session.connection, line);
  return Tried::done;
}

Entry entry_of(const Migration& file) {
  Entry entry;
  entry.version = file.version;
  entry.name = file.name;
  entry.description = file.description;
  take_file(entry, file);
  return entry;
}

bool add_row(const LedgerSession& session, const Entry& entry, const std::optional<LostRow>& lost) {
  return lost ? session.ledger.add_lost(session.connection, entry, *lost)
              : session.ledger.add(session.connection, entry);
}

void take_file(Entry& entry, const Migration& file) {
  entry.checksum = file.checksum;
  entry.down.reset();
  entry.down_directives.clear();
  if (!file.down) return;
  entry.down = file.down->text;
  entry.down_directives = to_lines(*file.down);
}

DoneBy apply(LedgerSession& session, const Migration& migration, const std::optional<Entry>& before) {
  std::optional<Entry> row = before;
  for (int tried = 0; tried < tries; ++tried) {
    if (row && row->status != Status::applied) row = settled_row(session, *row);
    const bool again = row && migration.repeats() && row->checksum != migration.checksum;
    if (row && row->status == Status::applied && !again) return DoneBy::another_runner;
    const Entry entry = entry_for(migration, row);
    Work work{migration.up,   script_for(migration.up, entry), wrapping_of(migration.up), Direction::up, entry,
              row.has_value()};
    work.reason = entry.forced;
    read_directives(work, session);
    if (!work.script.transactional) check_session_needs(session, work);
    if (run(session, work) == Tried::done) return DoneBy::this_run;
    row = session.ledger.find(session.connection, entry.version);
  }
  give_up(migration.label());
}

DoneBy run_once_more(LedgerSession& session, const Migration& migration, const Entry& before, const Text& reason) {
  if (before.status != Status::applied)
    throw Error(Code::refused, concat(before.label(), " is not applied as a whole, so it cannot run once more"), {},
                concat("quoin migrate goes on with it; quoin repair ", before.version,
                       " --applied, --pending or --done N says what was settled by hand"));
  Entry entry = entry_for(migration, before);
  entry.forced = reason;
  Work work{migration.up, script_for(migration.up, entry), wrapping_of(migration.up), Direction::up, entry, true};
  work.reason = reason;
  read_directives(work, session);
  if (!work.script.transactional) check_session_needs(session, work);
  return run(session, work) == Tried::done ? DoneBy::this_run : DoneBy::another_runner;
}

DoneBy undo(LedgerSession& session, const Undoing& undoing) {
  std::optional<Entry> row = undoing.entry;
  if (!row->was_applied() && row->status != Status::undoing)
    session.messages.remark(concat("  of ", row->label(), " only this was done: ", done_in_words(*row),
                                   "; its Down undoes all of it, so it may miss what was not made"));
  for (int tried = 0; tried < tries; ++tried) {
    if (row->status != Status::applied) row = settled_row(session, *row);
    if (!row) return DoneBy::another_runner;
    require_something_done(*row);
    Entry entry = *row;
    if (entry.status != Status::undoing) {
      if (completion_of_begun(session, *row) == Completion::done)
        session.messages.remark(concat("  statement ", std::to_string(row->begun), " of its Up was done after all"));
      forget_progress(entry);
    }
    entry.forced.clear();
    Work work{undoing.down, script_for(undoing.down, entry), wrapping_of(undoing.down), Direction::down, entry, true};
    work.undoes_part = !row->was_applied() && row->status != Status::undoing;
    if (row->status != Status::undoing) work.was = *row;
    read_directives(work, session);
    if (!work.script.transactional) check_session_needs(session, work);
    if (run(session, work) == Tried::done) return DoneBy::this_run;
    row = session.ledger.find(session.connection, entry.version);
    if (!row) return DoneBy::another_runner;
  }
  give_up(undoing.entry.label());
}

void run_section(Connection& connection, const Section& section, Wrapping wrapping) {
  const Script script = read_script(section, wrapping);
  if (script.transactional) connection.execute("BEGIN ISOLATION LEVEL READ COMMITTED");
  try {
    for (const Piece& piece : script.pieces) send(connection, section, piece);
    if (connection.in_transaction()) connection.execute("COMMIT");
  } catch (...) {
    roll_back(connection);
    throw;
  }
}

}  // namespace quoin::runner
