// A statement over many rows, run in chunks of its table's key: which rows a chunk has, and the statement for them.
#pragma once
#include "core/postgres/postgres.h"
#include "runner/piece.h"

namespace quoin::runner {

/// No value: the comment says nothing of the kind. Throws Error(Code::input) where it says no number.
std::optional<BatchWish> batch_wish(std::string_view comment);

/// The table whose rows are counted out, and how the statement may be narrowed to some of them. Throws
/// Error(Code::input), which says why, for a statement that chunks would change the meaning of.
struct BatchTarget {
  Text table, alias;  // as SQL
  List assigned;      // columns that the statement sets, bare
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

/// Rows of the target in the order of its key.
struct Chunk {
  List after{};  // the key behind which it begins; empty: at the first row
  int rows = 1;
};
/// The key of the chunk's last row; empty where fewer rows are left.
List end_of_chunk(postgres::Connection&, const BatchTarget&, const BatchKey&, const Chunk&);

/// A key as the ledger keeps it, and back.
Text to_note(const List& key);
/// No value: the note is of no batch.
std::optional<List> key_in_note(std::string_view note);

}  // namespace quoin::runner
