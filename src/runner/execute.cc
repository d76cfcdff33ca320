#include "runner/execute.h"

#include <chrono>
#include <cstdlib>
#include <thread>

#include "runner/interrupt.h"

namespace quoin::runner {
namespace {

using Clock = std::chrono::steady_clock;
using postgres::Connection;
using postgres::Parameter;

/// What a file may leave behind must not reach the ledger: a role, a search_path, constraints that were put off.
constexpr const char* reset = "SET CONSTRAINTS ALL IMMEDIATE; RESET ROLE; RESET SESSION AUTHORIZATION; RESET ALL";

/// One section on its way, with what differs between up and down.
struct Work {
  const Section& section;
  Script script;
  Wrapping wrapping;
  Text lock_timeout;  // empty: the session's own
  int retries = 0;
  Entry entry;                                      // as it is written while pieces are done one by one
  Status underway;                                  // running or undoing
  Text action;                                      // of the log
  std::function<void(Connection&, Entry&)> record;  // writes the end into the ledger
  Clock::time_point begin = Clock::now();

  std::int64_t milliseconds() const {
    return std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begin).count();
  }
};

const Directive* find(const std::vector<Directive>& directives, std::string_view name) {
  for (const Directive& directive : directives) {
    if (directive.name == name) return &directive;
  }
  return nullptr;
}

void read_directives(Work& work, const std::vector<Directive>& directives, const Session& session) {
  if (const Directive* batch = find(directives, "batch"))
    session.voice.remark(
        concat("  ", to_string(batch->place),
               ": batch is not carried out yet: the statement after it runs as one, in one transaction"));
  if (const Directive* timeout = find(directives, "lock-timeout")) work.lock_timeout = timeout->argument;
  const Directive* retry = find(directives, "retry");
  if (retry == nullptr) return;
  work.retries = std::atoi(retry->argument.c_str());
  if (work.retries > 0) return;
  throw Error(Code::input, concat("\"retry ", retry->argument, "\" says no number of times"), retry->place,
              "write it as -- quoin: retry 3");
}

void roll_back(Connection& connection) {
  if (connection.alive() && connection.in_transaction()) connection.execute("ROLLBACK");
}

/// In a transaction of its own, whatever role the file has set.
void in_transaction(Connection& connection, const std::function<void()>& body) {
  connection.execute("BEGIN; SET LOCAL ROLE NONE");
  try {
    body();
    connection.execute("COMMIT");
  } catch (...) {
    roll_back(connection);
    throw;
  }
}

void say_statement(const Session& session, const Piece& piece) {
  const std::string_view sql = piece.sql;
  session.voice.detail(concat("  ", beginning(sql.substr(0, sql.find('\n')), 110)));
}

void send_all(const Session& session, const Work& work) {
  for (const Piece& piece : work.script.pieces) {
    Interrupt::check();
    say_statement(session, piece);
    send(session.connection, work.section, piece);
  }
}

void run_transaction(Session& session, Work& work) {
  Connection& connection = session.connection;
  connection.execute("BEGIN");
  try {
    if (!work.lock_timeout.empty()) {
      connection.execute(concat("SET LOCAL lock_timeout = ", quote_literal(work.lock_timeout)));
    }
    send_all(session, work);
    if (!connection.in_transaction()) {
      throw Error(Code::database, concat(work.section.file, " ended its transaction by itself, so what it did stays"),
                  {work.section.file}, "look at what it did; a file with COMMIT must say `-- quoin: no-transaction`");
    }
    connection.execute(reset);
    work.record(connection, work.entry);
  } catch (...) {
    roll_back(connection);
    throw;
  }
  Interrupt::check();
  connection.execute("COMMIT");
}

bool worth_another_try(const Error& error) {
  return error.sqlstate == "55P03" || error.sqlstate == "40P01" || error.sqlstate == "40001";
}

void run_with_retries(Session& session, Work& work) {
  for (int tried = 0;; ++tried) {
    try {
      return run_transaction(session, work);
    } catch (const Error& error) {
      if (tried >= work.retries || !worth_another_try(error) || Interrupt::seen()) throw;
      session.voice.remark(concat("  ", error.what(), "; trying again (", std::to_string(tried + 1), " of ",
                                  std::to_string(work.retries), ")"));
      std::this_thread::sleep_for(std::chrono::milliseconds(std::min(500 << std::min(tried, 4), 5000)));
    }
  }
}

void save(Session& session, const Work& work) {
  in_transaction(session.connection, [&] { session.ledger.put(session.connection, work.entry); });
}

/// A concurrent build that died leaves an invalid index, which would stand in the way of the next try.
void drop_invalid_index(Session& session, const Piece& piece) {
  if (piece.index.empty()) return;
  const auto found = session.connection.query(
      "SELECT n.nspname, c.relname FROM pg_catalog.pg_index i"
      " JOIN pg_catalog.pg_class c ON c.oid OPERATOR(pg_catalog.=) i.indexrelid"
      " JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace"
      " WHERE i.indrelid OPERATOR(pg_catalog.=) pg_catalog.to_regclass($1::pg_catalog.text)"
      " AND c.relname OPERATOR(pg_catalog.=) $2::pg_catalog.name AND NOT i.indisvalid",
      std::vector<Parameter>{piece.table, piece.index});
  if (found.rows() == 0) return;
  const Text index = quote_qualified(found.text(0, 0), found.text(0, 1));
  session.voice.remark(concat("  dropping the invalid index ", index, " that the last run left"));
  session.connection.execute(concat("DROP INDEX CONCURRENTLY ", index));
}

void resume(Session& session, Work& work) {
  std::size_t& done = work.entry.statements_done;
  done = std::min(done, work.script.pieces.size());
  if (done > 0) session.voice.remark(concat("  going on after statement ", std::to_string(done)));
  for (std::size_t i = 0; i < done; ++i) {
    if (work.script.pieces[i].trait == Trait::setting) send(session.connection, work.section, work.script.pieces[i]);
  }
  if (done < work.script.pieces.size()) drop_invalid_index(session, work.script.pieces[done]);
}

void run_piece(Session& session, Work& work, const Piece& piece, std::size_t number) {
  Connection& connection = session.connection;
  const bool wrapped = work.wrapping == Wrapping::transaction && piece.trait != Trait::alone;
  if (wrapped) connection.execute("BEGIN");
  send(connection, work.section, piece);
  if (!wrapped && connection.in_transaction()) return;  // between the file's own BEGIN and COMMIT
  work.entry.statements_done = number;
  work.entry.done_checksum = checksum_of(work.script, number);
  if (!wrapped) return save(session, work);
  connection.execute("SET LOCAL ROLE NONE");
  session.ledger.put(connection, work.entry);
  connection.execute("COMMIT");
}

void run_pieces(Session& session, Work& work) {
  Connection& connection = session.connection;
  work.entry.status = work.underway;
  save(session, work);
  if (!work.lock_timeout.empty()) connection.execute(concat("SET lock_timeout = ", quote_literal(work.lock_timeout)));
  resume(session, work);
  const auto& pieces = work.script.pieces;
  for (std::size_t i = work.entry.statements_done; i < pieces.size(); ++i) {
    Interrupt::check();
    say_statement(session, pieces[i]);
    run_piece(session, work, pieces[i], i + 1);
  }
  if (connection.in_transaction()) {
    throw Error(Code::database, concat(work.section.file, " leaves its transaction open"), {work.section.file},
                "end it with COMMIT");
  }
  connection.execute(reset);
  in_transaction(connection, [&] { work.record(connection, work.entry); });
}

void add_detail(Error& error, const Text& line) { error.detail += concat(error.detail.empty() ? "" : "\n", line); }

/// What became of the database, told and recorded after a failure.
void account_for(Session& session, Work& work, Error& error) {
  Connection& connection = session.connection;
  const Text label = work.entry.label();
  if (Interrupt::seen()) {
    Error told(Code::database, concat("interrupted in ", label), error.where,
               concat("run quoin ", work.action, " again to go on"));
    told.sqlstate = error.sqlstate;
    told.detail = error.detail;
    error = told;
  }
  if (error.hint.empty()) error.hint = concat("mend ", work.section.file, ", then run quoin ", work.action, " again");
  const Text done = std::to_string(work.entry.statements_done);
  if (!connection.alive()) {
    add_detail(error, concat("the server rolls back what was open; see quoin status for what stands of ", label));
    return;
  }
  roll_back(connection);
  try {
    connection.execute("RESET ROLE; RESET SESSION AUTHORIZATION; RESET ALL");
    if (work.script.transactional) {
      add_detail(error, concat("rolled back: nothing of ", label,
                               work.underway == Status::undoing ? " is undone" : " is kept"));
    } else {
      work.entry.status = work.underway == Status::undoing ? Status::undoing : Status::failed;
      work.entry.error = error.what();
      save(session, work);
      add_detail(error, concat(done, " of ", std::to_string(work.script.pieces.size()), " statements of ", label,
                               " are done (it cannot be one transaction); the next run goes on after them"));
    }
    session.ledger.log(connection, {work.entry.version, work.entry.name, "failure", error.what()});
  } catch (const Error& second) { add_detail(error, concat("and the ledger could not be written: ", second.what())); }
}

void run(Session& session, Work& work) {
  for (const Text& note : work.script.notes) session.voice.remark(concat("note: ", note));
  try {
    if (work.script.transactional) {
      run_with_retries(session, work);
    } else {
      run_pieces(session, work);
    }
    session.connection.execute("DISCARD ALL");
  } catch (Error& error) {
    account_for(session, work, error);
    throw;
  }
}

Wrapping wrapping_of(const std::vector<Directive>& directives) {
  return find(directives, "no-transaction") != nullptr ? Wrapping::bare : Wrapping::transaction;
}

}  // namespace

void apply(Session& session, const Migration& migration, const std::optional<Entry>& before) {
  const Wrapping wrapping = wrapping_of(migration.directives);
  Work work{migration.up, read_script(migration.up, wrapping), wrapping, {}, 0, {}, Status::running, "migrate", {}};
  read_directives(work, migration.directives, session);
  Entry& entry = work.entry;
  entry.version = migration.version;
  entry.name = migration.name;
  entry.description = migration.description;
  entry.checksum = migration.checksum;
  if (migration.down) entry.down = migration.down->text;
  if (before) {
    entry.version = before->version;
    entry.statements_done = before->statements_done;
    entry.done_checksum = before->done_checksum;
  }
  work.record = [&](Connection& connection, Entry& done) {
    done.status = Status::applied;
    done.error.clear();
    done.milliseconds = work.milliseconds();
    session.ledger.put(connection, done);
    session.ledger.log(connection, {done.version, done.name, "migrate", {}});
  };
  run(session, work);
}

void undo(Session& session, const Undoing& undoing) {
  Work work{undoing.down,
            read_script(undoing.down, undoing.wrapping),
            undoing.wrapping,
            {},
            0,
            undoing.entry,
            Status::undoing,
            "rollback",
            {}};
  read_directives(work, undoing.directives, session);
  if (work.entry.status != Status::undoing) work.entry.statements_done = 0, work.entry.done_checksum.clear();
  work.record = [&](Connection& connection, Entry& gone) {
    session.ledger.remove(connection, gone.version);
    session.ledger.log(connection, {gone.version, gone.name, "rollback", {}});
  };
  run(session, work);
}

void run_section(Connection& connection, const Section& section, Wrapping wrapping) {
  const Script script = read_script(section, wrapping);
  if (script.transactional) connection.execute("BEGIN");
  try {
    for (const Piece& piece : script.pieces) send(connection, section, piece);
    if (connection.in_transaction()) connection.execute("COMMIT");
  } catch (...) {
    roll_back(connection);
    throw;
  }
}

}  // namespace quoin::runner
