// Catches, before it is committed, a loss that no statement's text has shown.
#pragma once
#include <cstdint>
#include <unordered_map>

#include "core/postgres/postgres.h"
#include "parser/migrations/migration.h"

namespace quoin::runner {

/// The tables that a database has when a run begins, for a run that nobody has allowed to lose data.
/// find_losses() reads texts; this asks the catalog, so it also sees the drop of what was moved, attached or renamed
/// before by the run itself, what CASCADE, DROP OWNED and triggers take along, and what SQL put together at run time
/// does. Temporary tables and those of the server are none of them. A table that the run made is none either.
class Holdings {
 public:
  explicit Holdings(postgres::Connection&);

  /// Call it as a transaction begins: what other sessions have emptied before is no loss of this one.
  void note_files(postgres::Connection&);
  /// Call it in the transaction that has run the section, before its end. Throws Error(Code::refused) where the
  /// transaction has dropped one of the tables, a column of one that was not generated, or has emptied one (TRUNCATE)
  /// that had rows, as far as the server's statistics tell. DELETE is not looked for, nor a TRUNCATE before an INSERT.
  void require_whole(postgres::Connection&, const Section&) const;

 private:
  struct Table {
    Text name, file;  // as SQL has it; pg_class.relfilenode
    Text columns;     // numbers of those that were not generated, as an array's text
    bool has_rows;
  };
  std::unordered_map<Text, Table> tables_;  // by oid
  std::uint64_t last_ = 0;                  // the highest oid of these; what a run makes has mostly higher ones

  /// What the transaction has taken of it, in words; empty: nothing.
  static Text loss_of(const Table&, const postgres::Result& now, std::size_t row);
};

}  // namespace quoin::runner
