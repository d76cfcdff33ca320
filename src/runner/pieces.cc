#include <algorithm>

#include "runner/leftover.h"
#include "runner/session_state.h"
#include "runner/steps.h"
#include "runner/waiting.h"

namespace quoin::runner {

Entry with_done(const Work& work, std::size_t count) {
  Entry next = work.entry;
  next.statements_done = count;
  next.done_checksum = checksum_of(work.script, count);
  next.begun = 0;
  next.begun_with.clear();
  return next;
}

Tried write_progress(LedgerSession& session, const Entry& next) {
  postgres::Connection& connection = session.connection;
  connection.execute(as_session_user);
  const Text before = connection.execute("SHOW lock_timeout").text(0, 0);
  const bool ours = write_row(session, next, [&] { return rewrite(session, next); });
  connection.execute(concat("SET LOCAL lock_timeout TO ", quote_literal(before)));
  return ours ? Tried::done : Tried::taken;
}

void take_over(Work& work, Entry next) {
  work.entry = std::move(next);
  ++work.entry.revision;
}

void hold_ledger(LedgerSession& session) {
  postgres::Connection& connection = session.connection;
  const Text user = connection.execute("SHOW session_authorization").text(0, 0);
  const Text role = connection.execute("SHOW role").text(0, 0);
  connection.execute(as_session_user);
  session.ledger.hold(connection);
  connection.execute(
      concat("SET LOCAL session_authorization TO ", quote_literal(user), "; SET LOCAL role TO ", quote_literal(role)));
}

void check_constraints(postgres::Connection& connection, const Place& place) {
  try {
    connection.execute("SET CONSTRAINTS ALL IMMEDIATE");
  } catch (Error& error) {
    error.where = place;
    throw;
  }
}

namespace {

using postgres::Connection;

Tried save(LedgerSession& session, Work& work, Entry next) {
  Connection& connection = session.connection;
  connection.execute("BEGIN READ WRITE");
  if (write_progress(session, next) == Tried::taken) return Tried::taken;
  connection.execute("COMMIT");
  take_over(work, std::move(next));
  return Tried::done;
}

/// Records first that the run has begun, and the server process that runs it.
Tried claim(LedgerSession& session, Work& work) {
  Entry next = work.entry;
  next.status = work.direction == Direction::up ? Status::running : Status::undoing;
  next.worker = session.link == Link::direct ? worker_of(session.connection) : Text();
  next.error.clear();
  session.connection.execute(concat("BEGIN; ", as_session_user));
  const bool ours = write_row(session, next, [&] {
    return work.is_recorded ? write_progress(session, next) == Tried::done
                            : session.ledger.add(session.connection, next);
  });
  if (!ours) return Tried::taken;
  if (!work.is_recorded) session.ledger.log(session.connection, {next.version, next.name, "begin", {}});
  session.connection.execute("COMMIT");
  if (work.is_recorded)
    take_over(work, std::move(next));
  else
    work.entry = std::move(next);
  work.is_recorded = work.is_ours = true;
  return Tried::done;
}

Error not_known(const Work& work, const Piece& piece, std::size_t number) {
  const Text before = std::to_string(number - 1), with = std::to_string(number);
  return {Code::refused,
          concat("it is not known whether statement ", with, " of ", work.entry.label(),
                 " was done, as the last run sent it: ", beginning(piece.sql, 100)),
          {work.section.file},
          concat("look whether the database has what it does, then say: quoin repair ", work.entry.version, " --done ",
                 with, " if so, --done ", before, " if not, and run this again")};
}

/// Finds out first whether the statement that the last run had begun was done.
Tried settle_begun(LedgerSession& session, Work& work) {
  const std::size_t number = work.entry.begun;
  if (number == 0) return Tried::done;
  if (bound_of_batch(work.entry)) return require_same_batch(work.entry, work.script, work.section), Tried::done;
  const Completion completion = completion_of_begun(session, work.entry);
  if (completion == Completion::not_done) return save(session, work, with_done(work, number - 1));
  const std::optional<Piece> piece = begun_piece(work.entry);
  const bool is_same = piece && number <= work.script.pieces.size() && work.script.pieces[number - 1].sql == piece->sql;
  if (completion == Completion::unknown || !is_same) throw not_known(work, piece.value_or(Piece{}), number);
  session.messages.remark(concat("  statement ", std::to_string(number), " was done after all"));
  return save(session, work, with_done(work, number));
}

bool mentions(std::string_view sql, std::string_view name) { return lower(sql).find(lower(name)) != Text::npos; }

std::span<const Piece> done_of(const Work& work) {
  const std::span<const Piece> pieces = work.script.pieces;
  return pieces.first(std::min(work.entry.statements_done, pieces.size()));
}

/// Other state of the session that died is lost.
void require_no_temporaries(const Work& work, const SessionState& state) {
  const std::size_t done = done_of(work).size();
  const auto rest = std::span(work.script.pieces).subspan(done);
  for (const Piece* made : state.temporaries) {
    const auto user =
        std::find_if(rest.begin(), rest.end(), [&](const Piece& piece) { return mentions(piece.sql, made->object); });
    if (user == rest.end()) continue;
    throw Error(Code::refused,
                concat("cannot go on with ", work.entry.label(), ": the temporary ", made->object,
                       ", which it needs here, went with the session of the run that died"),
                place_of(work.section, user->begin),
                concat("undo by hand what its first ", std::to_string(done), " statements did, and say: quoin repair ",
                       work.entry.version, " --pending; or do the rest by hand, and say --applied"));
  }
}

/// A setting that the file's text does not show cannot be restored; a person has to decide.
void require_nothing_hidden(const Work& work, const SessionState& state) {
  const std::size_t done = done_of(work).size();
  const std::span<const Piece> pieces = work.script.pieces;
  if (state.hidden.empty() || done == pieces.size() || pieces[done].effect == SessionEffect::setting) return;
  throw Error(Code::refused,
              concat("cannot go on with ", work.entry.label(),
                     ": what this set, or made for its session alone, went with"
                     " the session of the run that died: ",
                     beginning(state.hidden.back()->sql, 60)),
              place_of(work.section, state.hidden.back()->begin),
              concat("write what the rest needs of it as SET right behind the statements that are done, before this: ",
                     beginning(pieces[done].sql, 60), "; nothing of it: RESET client_min_messages"));
}

/// Restores the settings of the session that died.
void restore_settings(LedgerSession& session, const Work& work, const SessionState& state) {
  for (const Piece* setting : state.settings) send(session.connection, work.section, *setting);
}

/// Runs the piece in one transaction with its row.
Tried run_wrapped(LedgerSession& session, Work& work, std::size_t number) {
  Connection& connection = session.connection;
  const Piece& piece = work.script.pieces[number - 1];
  const Text isolation = connection.execute("BEGIN READ WRITE; SHOW transaction_isolation").text(0, 0);
  if (isolation != "read committed") hold_ledger(session);
  send(connection, work.section, piece);
  check_constraints(connection, place_of(work.section, piece.begin));
  require_whole(session, work.section);
  Entry next = with_done(work, number);
  if (write_progress(session, next) == Tried::taken) return Tried::taken;
  connection.execute("COMMIT");
  take_over(work, std::move(next));
  return Tried::done;
}

bool is_read_only(Connection& connection) {
  return connection.execute("SHOW transaction_read_only").text(0, 0) == "on";
}

/// The file's own COMMIT takes the row along. A transaction that only reads cannot; where another begins with its end
/// (AND CHAIN), the row waits for the end of that.
Tried run_commit(LedgerSession& session, Work& work, std::size_t number) {
  Entry next = with_done(work, number);
  if (is_read_only(session.connection)) {
    send(session.connection, work.section, work.script.pieces[number - 1]);
    if (session.connection.in_transaction()) return Tried::done;
    return save(session, work, std::move(next));
  }
  require_whole(session, work.section);
  if (write_progress(session, next) == Tried::taken) return Tried::taken;
  send(session.connection, work.section, work.script.pieces[number - 1]);
  take_over(work, std::move(next));
  return Tried::done;
}

/// Where it cannot be one transaction, the row says before that the piece is begun, so that no later run repeats it
/// unasked.
Tried run_alone(LedgerSession& session, Work& work, std::size_t number) {
  const Piece& piece = work.script.pieces[number - 1];
  clear_way(session, piece);
  Entry next = work.entry;
  next.begun = number;
  next.begun_with = concat(note_before(session.connection, piece), "\n", piece.sql);
  if (save(session, work, std::move(next)) == Tried::taken) return Tried::taken;
  try {
    send(session.connection, work.section, piece);
  } catch (const Error& error) {
    const bool is_seen = session.connection.alive();
    const bool was_nothing_to_drop = piece.leftover == Leftover::no_index && error.sqlstate == "42704";
    const bool is_whole = piece.leftover == Leftover::unknown && is_seen;
    if ((is_seen && was_nothing_to_drop) || (is_whole && !may_have_committed(session.connection, piece, error)))
      work.entry.begun = 0, work.entry.begun_with.clear();
    throw;
  }
  return save(session, work, with_done(work, number));
}

Tried run_one(LedgerSession& session, Work& work, std::size_t number) {
  const Piece& piece = work.script.pieces[number - 1];
  Connection& connection = session.connection;
  if (piece.batch) return run_batch(session, work, number);
  if (connection.in_transaction()) {  // the file's own
    if (piece.effect == SessionEffect::commit) return run_commit(session, work, number);
    send(connection, work.section, piece);
    return connection.in_transaction() ? Tried::done : save(session, work, with_done(work, number));
  }
  const bool bare = work.wrapping == Wrapping::bare;
  if (bare && (piece.effect == SessionEffect::begin || piece.effect == SessionEffect::commit)) {
    send(connection, work.section, piece);
    return connection.in_transaction() ? Tried::done : save(session, work, with_done(work, number));
  }
  const bool alone = piece.effect == SessionEffect::alone || (bare && piece.effect == SessionEffect::calling);
  return alone ? run_alone(session, work, number) : run_wrapped(session, work, number);
}

Tried run_piece(LedgerSession& session, Work& work, std::size_t number) {
  const Tried tried = run_one(session, work, number);
  const SessionEffect effect = work.script.pieces[number - 1].effect;
  const bool may_begin = effect == SessionEffect::begin || effect == SessionEffect::commit;  // COMMIT AND CHAIN
  if (tried == Tried::done && may_begin && session.connection.in_transaction()) hold_ledger(session);
  return tried;
}

/// Also of the file's own BEGIN: a plan that copies rows must see those committed while it waited for its lock.
void isolate_session(LedgerSession& session) {
  if (session.link == Link::direct) session.connection.execute("SET default_transaction_isolation = 'read committed'");
}

void limit_session(Connection& connection, const Limits& limits) {
  if (!limits.lock_timeout.empty())
    connection.execute(concat("SET lock_timeout = ", quote_literal(limits.lock_timeout)));
  if (!limits.statement_timeout.empty())
    connection.execute(concat("SET statement_timeout = ", quote_literal(limits.statement_timeout)));
}

Tried finish(LedgerSession& session, Work& work) {
  Connection& connection = session.connection;
  if (connection.in_transaction()) {
    throw Error(Code::database, concat(work.section.file, " leaves its transaction open"), {work.section.file},
                "end it with COMMIT");
  }
  connection.execute(reset_session);
  connection.execute("BEGIN READ WRITE");
  if (record_end(session, work, work.entry) == Tried::taken) return Tried::taken;
  connection.execute("COMMIT");
  return Tried::done;
}

/// What was said of how long a statement may wait or run, as it was said; empty: nothing.
Text limits_of(const Work& work) {
  List all;
  if (work.section.directive("lock-timeout"))
    all.emplace_back("`-- quoin: lock-timeout`");
  else if (!work.limits.lock_timeout.empty())
    all.emplace_back("--lock-timeout");
  if (!work.limits.statement_timeout.empty()) all.emplace_back("--statement-timeout");
  return join(all, " and ");
}

}  // namespace

void check_session_needs(const LedgerSession& session, const Work& work) {
  const Text limits = limits_of(work);
  for (const Piece& piece : work.script.pieces) {
    const Text place = to_string(place_of(work.section, piece.begin));
    const bool of_session = piece.effect == SessionEffect::setting || piece.effect == SessionEffect::temporary;
    if (session.link == Link::pooled && (of_session || !limits.empty())) {
      throw Error(
          Code::refused,
          concat(work.entry.label(), " runs statement by statement and relies on its session",
                 of_session ? Text() : concat(", for ", limits), ", which the pooler before this server does not keep"),
          place_of(work.section, piece.begin),
          concat("connect to the server itself, not through the pooler",
                 of_session ? Text() : concat("; or leave out ", limits)));
    }
    if (piece.effect == SessionEffect::temporary) {
      session.messages.remark(concat("  ", place, ": the temporary ", piece.object,
                                     " is gone should a later statement fail: this file runs statement by statement"));
    }
    if (piece.effect != SessionEffect::setting && may_change_session(session.connection, piece, work.script.pieces)) {
      session.messages.remark(concat("  ", place,
                                     ": what this sets, or makes for its session alone, is gone should a later"
                                     " statement fail: this file runs statement by statement"));
    }
    if (piece.effect == SessionEffect::passing && work.wrapping == Wrapping::transaction) {
      session.messages.remark(concat("  ", place,
                                     ": this ends with its own statement, since the file runs statement by"
                                     " statement: ",
                                     beginning(piece.sql, 60)));
    }
  }
}

Tried run_pieces(LedgerSession& session, Work& work) {
  if (claim(session, work) == Tried::taken) return Tried::taken;
  isolate_session(session);
  limit_session(session.connection, work.limits);
  const SessionState state =
      work.entry.statements_done == 0 ? SessionState() : state_after(session.connection, done_of(work));
  restore_settings(session, work, state);  // they decide what names mean in what was begun
  if (settle_begun(session, work) == Tried::taken) return Tried::taken;
  require_nothing_hidden(work, state);
  require_no_temporaries(work, state);
  if (work.entry.statements_done > 0)
    session.messages.remark(concat("  going on after statement ", std::to_string(work.entry.statements_done)));
  for (std::size_t i = work.entry.statements_done; i < work.script.pieces.size(); ++i) {
    require_going_on(session.stop);
    say_statement(session, work.script.pieces[i]);
    if (session.holdings && !session.connection.in_transaction()) session.holdings->note_files(session.connection);
    if (run_piece(session, work, i + 1) == Tried::taken) return Tried::taken;
  }
  return finish(session, work);
}

}  // namespace quoin::runner
