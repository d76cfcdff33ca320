// A statement over many rows, run in chunks of its table's key: which rows a chunk has, and the statement for them.
#pragma once
#include "core/postgres/postgres.h"
#include "runner/piece.h"

namespace quoin::runner {

inline constexpr const char* no_batch_hint = "take the batch line out, or write the chunks by hand";
/// The Error for a statement that would do something else in chunks; `why` says what.
Error no_batch(const Text& why, const Text& hint = no_batch_hint);

/// What a comment `-- quoin: batch …` asks for; no value: it is no such comment. Throws Error(Code::input) where a
/// number or time in it is none.
std::optional<BatchRequest> batch_request(std::string_view comment);

/// The table whose rows are split into chunks.
struct BatchTarget {
  Text table, alias;     // as SQL
  List assigned;         // columns that the statement sets, bare
  Text written{};        // the table that it writes, as SQL
  List read{}, calls{};  // what else it reads, and the functions in what it gives for each row, as SQL names them
  List functions{};      // all functions that it calls, wherever
};
/// Reads an UPDATE, DELETE or INSERT … SELECT. Throws Error(Code::input), which says why, for a statement that would do
/// something else in chunks.
BatchTarget batch_target(const Text& sql);
/// The statement with `condition` added to its own WHERE.
Text narrowed(const Text& sql, const Text& condition);

/// The columns of the primary key, or of a unique index on columns that are not null. Throws Error(Code::input) where
/// there is none whose order is the server's own, and where the statement sets one of them.
struct BatchKey {
  List columns, types;    // as SQL
  std::int64_t rows = 0;  // of the table, as estimated

  Text selected(const Text& alias) const;
  /// Behind the row whose key is `after` (empty: from the first), up to that of `until` (empty: to the last).
  Text between(const Text& alias, const List& after, const List& until) const;
};
BatchKey batch_key(postgres::Connection&, const BatchTarget&);
/// Throws Error(Code::input) for what only the catalog tells: that the statement calls an aggregate of the database's
/// own, or reads the table that it writes through a view, a parent, a child or a function's body.
void require_row_by_row(postgres::Connection&, const BatchTarget&);
/// Throws Error(Code::input) where the statement moves rows to other keys, so that some would be done twice: by what a
/// generated column of the key is computed from, or by a trigger that updates the table anew.
void require_keys_stay(postgres::Connection&, const BatchTarget&, const BatchKey&);
/// True if the statement is an UPDATE before which row triggers run, which may set another key.
bool may_move_keys(postgres::Connection&, const BatchTarget&, const BatchKey&);
/// Triggers that run once a statement, and so once a chunk.
List triggers_of_statement(postgres::Connection&, const BatchTarget&);

/// batch_key() of a statement that may be split, which the others here are asked about. Throws as they do.
BatchKey key_to_split_by(postgres::Connection&, const BatchTarget&);
/// Why a run would refuse to split a statement of a batch on this database, as far as its tables are there already; no
/// value: nothing speaks against it.
std::optional<Error> fault_here(postgres::Connection&, const Text& sql);

/// Rows of the target in the order of its key.
struct Chunk {
  List after{}, last{};  // the key behind which it begins, empty: at the first row; the one behind which it has no row
  int rows = 1;
};
/// The UPDATE `sql` of rows for which `between` is true, as BatchKey has it; it gives a row where one of these has got
/// a key for which it is not.
Text giving_moved(const Text& sql, const BatchTarget&, const BatchKey&, const Text& between);
/// The key of the chunk's last row; empty where fewer rows are left.
List end_of_chunk(postgres::Connection&, const BatchTarget&, const BatchKey&, const Chunk&);

/// The highest key of the table; empty where it has no rows. Rows that come behind it meanwhile are not for a statement
/// that was begun before.
List last_key(postgres::Connection&, const BatchTarget&, const BatchKey&);

/// Throws Error(Code::input) where what the statement does to a row depends on other rows of the table. Writes into the
/// target what only the catalog can tell (BatchTarget::read, calls), for the other require_row_by_row().
void require_row_by_row(ast::Node statement, BatchTarget&);

/// The last key of the chunks that are done, as the ledger keeps it.
struct Bound {
  List columns{}, types{}, key{};  // the first two as SQL; empty: an older quoin kept none
  List last{};                     // last_key() when the statement began; empty: an older quoin kept none

  /// True if its key means the same row in every session: an older quoin wrote dates and intervals in the style
  /// of its own.
  bool is_portable() const;
  /// "behind id = 1400", for people.
  Text shown() const;
  /// "the rows up to id = 1400", for people.
  Text rows_done() const;
};
/// The bound as Entry::begun_with has it, and back; no value: the note is not about a batch.
Text to_note(const Bound&);
std::optional<Bound> bound_in_note(std::string_view note);

}  // namespace quoin::runner
