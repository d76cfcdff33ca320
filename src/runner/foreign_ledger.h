// What another tool has run on a database, as its own ledger says. That table is only read, and never trusted.
#pragma once
#include <functional>
#include <vector>

#include "core/postgres/postgres.h"
#include "runner/foreign_tools.h"
#include "runner/ledger.h"

namespace quoin::runner {

/// baseline: all up to it stands. undone: was applied and is not.
enum class Told { applied, baseline, failed, undone };

struct ForeignRow {
  Text version, name;
  Text at, by;    // empty: not known; `at` in UTC, never after now, and later than the row's before it
  Text checksum;  // by the tool's own digest; empty: none
  Told told = Told::applied;
  Text id;  // RowQuery::id

  const Text& label() const { return version.empty() ? name : version; }
  bool operator==(const ForeignRow&) const = default;
};

/// A ledger that lies in the database. `tool` is null where its columns are those of no tool that quoin knows.
struct ForeignLedger {
  const ForeignTool* tool = nullptr;
  Text schema;
  Text table;  // as SQL names it: public.schema_migrations
  Text odd;    // what makes it more than rows that can be read, in words; empty: nothing
};

/// All of them but quoin's own, by name. Looks in the catalog alone.
std::vector<ForeignLedger> foreign_ledgers(postgres::Connection&, const Ledger& own);

struct ForeignHistory {
  ForeignLedger ledger;
  std::vector<ForeignRow> rows;  // one a migration, in the order of application, without those undone
  Text lock;                     // the table that says that a run is not finished; empty: none
  List failed() const;           // the labels of those half done
  Text last() const;             // the label of the last that has a version, or of the last; there is a row
};

/// Reads it in the transaction that is open, under a lock that keeps the table what it was found to be. Throws
/// Error(Code::refused) where it is odd, holds more rows than any history has, or nobody lets this role read it.
ForeignHistory read_foreign(postgres::Connection&, const ForeignLedger&);

/// `body` in a transaction that can only read, and waits for no lock longer than so many seconds.
void reading_foreign(postgres::Connection&, int seconds, const std::function<void()>& body);

}  // namespace quoin::runner
