// A statement over many rows, run in chunks of its table's key: which rows a chunk has, and the statement for them.
#pragma once
#include "core/postgres/postgres.h"
#include "runner/piece.h"

namespace quoin::runner {

inline constexpr const char* no_batch_hint = "take the batch line out, or write the chunks by hand";
/// Of a statement that chunks would change the meaning of.
Error no_batch(const Text& why, const Text& hint = no_batch_hint);

/// No value: the comment says nothing of the kind. Throws Error(Code::input) where it says no number.
std::optional<BatchRequest> batch_request(std::string_view comment);

/// The table whose rows are counted out, and how the statement may be narrowed to some of them. Throws
/// Error(Code::input), which says why, for a statement that chunks would change the meaning of.
struct BatchTarget {
  Text table, alias;     // as SQL
  List assigned;         // columns that the statement sets, bare
  Text written{};        // the table that it writes, as SQL
  List read{}, calls{};  // what else it reads, and the functions that it calls for each row, as SQL names them
};
BatchTarget batch_target(const Text& sql);
/// The statement for those rows alone that `condition` holds of.
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
/// own, or reads the table that it writes through a view, a parent or a child.
void require_row_by_row(postgres::Connection&, const BatchTarget&);

/// Rows of the target in the order of its key.
struct Chunk {
  List after{};  // the key behind which it begins; empty: at the first row
  int rows = 1;
};
/// The key of the chunk's last row; empty where fewer rows are left.
List end_of_chunk(postgres::Connection&, const BatchTarget&, const BatchKey&, const Chunk&);

/// What chunks of the statement would not have: the answer of a row depends on other rows of the table. Throws
/// Error(Code::input); writes what only the catalog can tell into the target.
void require_row_by_row(ast::Node statement, BatchTarget&);

/// How far a batch came, as the ledger keeps it.
struct Bound {
  List columns{}, types{}, key{};  // the first two as SQL; empty: an older quoin kept none

  /// "behind id = 1400", for people.
  Text shown() const;
};
Text to_note(const Bound&);
/// No value: the note is of no batch.
std::optional<Bound> bound_in_note(std::string_view note);

}  // namespace quoin::runner
