#include "runner/added.h"

#include <condition_variable>
#include <mutex>
#include <thread>

#include "runner/lock.h"
#include "runner/steps.h"
#include "runner/waiting.h"
#include "runner/work.h"

namespace quoin::runner {
namespace {

using postgres::Connection;

/// Cancels what a connection runs when the time is over.
class Bounded {
 public:
  Bounded(Connection& connection, std::chrono::milliseconds at_most) {
    if (at_most.count() == 0) return;
    watch_ = std::jthread([this, &connection, at_most](const std::stop_token& stop) {
      std::unique_lock held(mutex_);
      std::condition_variable_any ended;
      if (ended.wait_for(held, stop, at_most, [&] { return stop.stop_requested(); })) return;
      is_over_ = true;
      connection.cancel();
    });
  }
  bool is_over() {
    const std::lock_guard held(mutex_);
    return is_over_;
  }

 private:
  std::mutex mutex_;
  bool is_over_ = false;
  std::jthread watch_;
};

Text transaction_of(Connection& connection) {
  return connection.in_transaction() ? connection.execute("SELECT pg_catalog.txid_current()").text(0, 0) : Text();
}

void tell(Connection& connection, const Added& added) {
  List calls;
  std::vector<postgres::Parameter> values;
  for (const auto& [name, value] : added.settings) {
    const Text number = std::to_string(values.size() + 1), next = std::to_string(values.size() + 2);
    calls.push_back(concat("pg_catalog.set_config($", number, ", $", next, ", true)"));
    values.insert(values.end(), {name, value});
  }
  if (!calls.empty()) connection.query(concat("SELECT ", join(calls, ", ")), values);
}

Text words_of(std::chrono::milliseconds time) { return concat(std::to_string(time.count()), " ms"); }

template <class Body>
void as_added(LedgerSession& session, const Added& added, Body body) {
  Bounded bounded(session.connection, added.at_most);
  try {
    body();
  } catch (Error& error) {
    const Text said = bounded.is_over() ? concat("it took longer than ", words_of(added.at_most)) : error.what();
    Error told(error.code, concat(added.label, " failed: ", said), error.where,
               concat(error.hint, error.hint.empty() ? "" : "; ", "mend ", added.section.file,
                      ", or take it out of quoin.yaml, then run the same command again"));
    told.sqlstate = error.sqlstate;
    told.detail = error.detail;
    throw told;
  }
}

/// `hint`: what to do where the section begins or ends a transaction by itself.
Script script_of(const Section& section, Wrapping wrapping, const char* hint) {
  try {
    return read_script(section, wrapping);
  } catch (Error& error) {
    if (error.code == Code::refused) error.hint = hint;
    throw;
  }
}

void run_alone(LedgerSession& session, const Added& added) {
  Connection& connection = session.connection;
  const Script script =
      script_of(added.section, wrapping_of(added.section),
                "it is one transaction already, unless it says `-- quoin: no-transaction`: take that out");
  if (script.transactional) {
    connection.execute("BEGIN ISOLATION LEVEL READ COMMITTED");
    if (session.holdings) session.holdings->note_files(connection);
    tell(connection, added);
  }
  for (const Piece& piece : script.pieces) {
    require_going_on(session.stop);
    send(connection, added.section, piece);
  }
  if (!connection.in_transaction()) return;
  require_whole(session, added.section);
  connection.execute("COMMIT");
}

}  // namespace

void run_added(LedgerSession& session, const Added& added) {
  try {
    as_added(session, added, [&] { run_alone(session, added); });
  } catch (...) {
    roll_back(session.connection);
    if (session.connection.alive()) discard_session(session.connection);
    throw;
  }
}

void run_within(LedgerSession& session, const Added& added) {
  Connection& connection = session.connection;
  as_added(session, added, [&] {
    const Script script =
        script_of(added.section, Wrapping::transaction, "it runs in the transaction of each migration: take that out");
    if (!script.transactional || added.section.directive("no-transaction") != nullptr)
      throw Error(Code::refused, "it runs in the transaction of each migration, and has what cannot run in one",
                  {added.section.file}, "put that into before_run or after_each");
    const Text before = transaction_of(connection);
    tell(connection, added);
    for (const Piece& piece : script.pieces) {
      require_going_on(session.stop);
      send(connection, added.section, piece);
    }
    if (transaction_of(connection) == before) return require_whole(session, added.section);
    throw Error(Code::refused, "it has ended the transaction of the migration by itself, so what ran before stays",
                {added.section.file}, "take out what ends it");
  });
}

}  // namespace quoin::runner
