// Runs a piece in chunks, each in a transaction with the key that it has reached.
#include <algorithm>

#include "runner/batch.h"
#include "runner/leftover.h"
#include "runner/replicas.h"
#include "runner/steps.h"
#include "runner/waiting.h"

namespace quoin::runner {
namespace {

using namespace std::chrono_literals;
using postgres::Connection;
using Clock = std::chrono::steady_clock;

class Batch {
 public:
  Batch(LedgerSession& session, Work& work, std::size_t number)
      : session_(session),
        work_(work),
        number_(number),
        piece_(work.script.pieces[number - 1]),
        request_(piece_.batch.value()),
        target_(batch_target(piece_.sql)),
        key_(key_to_split_by(session.connection, target_)),
        replicas_(session.connection, request_.max_lag),
        may_move_keys_(may_move_keys(session.connection, target_, key_)) {
    const std::optional<Bound> bound = work.entry.begun == number ? bound_of_batch(work.entry) : std::nullopt;
    tell_triggers();
    if (!bound) return;
    require_same_key(*bound);
    if (!bound->last.empty()) last_ = bound->last;
    after_ = bound->key;
    session.messages.remark(concat("  going on ", bound->shown()));
  }

  Tried run() {
    for (;;) {
      require_going_on(session_.stop);
      wait_for_replicas();
      const Tried tried = with_retries();
      if (tried == Tried::taken || end_.empty()) return tried;
      after_ = end_;
      tell_progress();
      pause(std::chrono::milliseconds(request_.pause_ms), session_.stop);
    }
  }

 private:
  LedgerSession& session_;
  Work& work_;
  std::size_t number_;
  const Piece& piece_;
  const BatchRequest request_;
  const BatchTarget target_;
  const BatchKey key_;
  Replicas replicas_;
  bool may_move_keys_;
  List after_, end_;
  std::optional<List> last_;  // behind it are the rows that came later
  std::int64_t chunks_ = 0;
  Clock::time_point begin_ = Clock::now(), told_ = begin_;

  void tell_triggers() const {
    const List names = triggers_of_statement(session_.connection, target_);
    if (!names.empty())
      session_.messages.remark(
          concat("  note: what is a trigger of a statement runs once a chunk: ", join(names, ", ")));
  }

  /// A bound of another key would leave out other rows.
  void require_same_key(const Bound& bound) const {
    const auto described = [](const List& columns, const List& types) {
      List all;
      for (std::size_t i = 0; i < columns.size(); ++i) all.push_back(concat(columns[i], " ", types[i]));
      return join(all, ", ");
    };
    const bool is_known = !bound.columns.empty();
    const Text by_hand = concat("or do the rest by hand, and say: quoin repair ", work_.entry.version, " --done ",
                                std::to_string(number_));
    if (!is_known && bound.key.size() == key_.columns.size()) return;
    const bool is_whole = bound.key.size() == key_.columns.size();
    if (is_known && is_whole && bound.columns == key_.columns && bound.types == key_.types) return;
    throw Error(
        Code::refused,
        concat("the key of ", target_.table, " is another than when this began: ", described(key_.columns, key_.types),
               is_known ? concat(", and was ", described(bound.columns, bound.types)) : Text()),
        {}, concat("it came to the rows ", bound.shown(), ": give the table that key back; ", by_hand));
  }

  /// The row as it is once the chunk is committed.
  Entry after_chunk(const List& end) const {
    if (end.empty()) return with_done(work_, number_);
    Entry next = work_.entry;
    next.begun = number_;
    next.begun_with = concat(to_note({key_.columns, key_.types, end, *last_}), "\n", piece_.sql);
    return next;
  }

  Tried one() {
    if (!last_) last_ = last_key(session_.connection, target_, key_);
    end_ = end_of_chunk(session_.connection, target_, key_, {after_, *last_, request_.rows});
    Connection& connection = session_.connection;
    Piece chunk = piece_;
    const Text between = key_.between(target_.alias, after_, end_.empty() ? *last_ : end_);
    chunk.sql = narrowed(piece_.sql, between);
    if (may_move_keys_) chunk.sql = giving_moved(chunk.sql, target_, key_, between);
    const Text isolation = connection.execute("BEGIN READ WRITE; SHOW transaction_isolation").text(0, 0);
    if (isolation != "read committed") hold_ledger(session_);
    const auto moved = send(connection, work_.section, chunk);
    if (may_move_keys_ && moved.rows() > 0)
      throw no_batch(concat("a trigger has given a row another ", join(key_.columns, ", "),
                            ", by which its chunks are counted, so that it would be done again"));
    check_constraints(connection, place_of(work_.section, piece_.begin));
    require_whole(session_, work_.section);
    Entry next = after_chunk(end_);
    if (write_progress(session_, next) == Tried::taken) return Tried::taken;
    connection.execute("COMMIT");
    take_over(work_, std::move(next));
    return Tried::done;
  }

  Tried with_retries() {
    for (int tried = 0;; ++tried) {
      try {
        return one();
      } catch (Error& error) {
        error.where.line = place_of(work_.section, piece_.begin).line;
        error.where.column = 1;
        if (tried >= work_.limits.retries || !may_retry(error) || session_.stop.stop_requested()) throw;
        roll_back(session_.connection);
        session_.messages.remark(concat("  ", why_again(session_, error), "; trying this chunk again"));
        pause(pause_before_retry(tried), session_.stop);
      }
    }
  }

  void tell_progress() {
    ++chunks_;
    session_.messages.detail(concat("  behind ", join(after_, ", ")));
    const auto now = Clock::now();
    if (now - told_ < 1s) return;
    told_ = now;
    const std::int64_t rows = chunks_ * request_.rows, left = std::max<std::int64_t>(key_.rows - rows, 0);
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(now - begin_).count();
    session_.messages.advance(
        concat(std::to_string(rows), " rows", key_.rows > 0 ? concat(" of about ", std::to_string(key_.rows)) : Text(),
               left > 0 ? concat(", about ", std::to_string(seconds * left / rows), " s left") : ""),
        left > 0 ? std::optional(static_cast<double>(rows) / static_cast<double>(key_.rows)) : std::nullopt);
  }

  void wait_for_replicas() {
    replicas_.mark();
    for (bool told = false; replicas_.are_behind(); told = true) {
      if (!told) session_.messages.remark(concat("  waiting: a replica is more than ", request_.max_lag, " behind"));
      require_going_on(session_.stop);
      pause(500ms, session_.stop);
    }
  }
};

}  // namespace

Tried run_batch(LedgerSession& session, Work& work, std::size_t number) {
  if (session.connection.in_transaction())
    throw Error(
        Code::input, "batch stands within a transaction of the file's own, so no chunk of it could be committed",
        place_of(work.section, work.script.pieces[number - 1].begin), "take BEGIN and COMMIT out, or the batch line");
  try {
    return Batch(session, work, number).run();
  } catch (Error& error) {
    if (error.where.file.empty()) error.where = place_of(work.section, work.script.pieces[number - 1].begin);
    throw;
  }
}

}  // namespace quoin::runner
