// What another tool has run on a database, as its own ledger says. That table is only read, and never trusted.
#pragma once
#include <functional>
#include <vector>

#include "core/postgres/postgres.h"
#include "runner/ledger.h"
#include "runner/migration_tools.h"

namespace quoin::runner {

/// The state of a migration in another tool's ledger. baseline: everything up to it is applied. undone: it was applied
/// and is not any more.
enum class ToolRowState { applied, baseline, failed, undone };

struct ToolRow {
  Text version, name;
  Text at, by;    // empty: not known; `at` in UTC, never after now, and later than the row's before it
  Text checksum;  // by the tool's own digest; empty: none
  ToolRowState state = ToolRowState::applied;
  Text id;  // RowQuery::id

  const Text& label() const { return version.empty() ? name : version; }
  bool operator==(const ToolRow&) const = default;
};

/// ToolLedger::odd of a view, a partition and the like.
inline constexpr std::string_view no_plain_table = "is no plain table";

/// A ledger in the database. `tool` is null where its columns are those of no tool that quoin knows.
struct ToolLedger {
  const MigrationTool* tool = nullptr;
  Text schema;
  Text table;  // as SQL names it: public.schema_migrations
  Text odd;    // why it is no plain table of rows, in words; empty: it is one
};

/// All ledgers but quoin's own, by name: those with the name that a tool gives, and where a tool has none, those with
/// its columns (MigrationTool::mark) under any name. Reads the catalog alone.
std::vector<ToolLedger> tool_ledgers(postgres::Connection&, const Ledger& own);
/// The table of that name, as SQL writes it, as the tool's ledger, whatever it is called; no value: there is none, or
/// it lacks one of the tool's columns. Reads the catalog alone.
std::optional<ToolLedger> tool_ledger_in(postgres::Connection&, const MigrationTool&, const Text& table);

struct ToolHistory {
  ToolLedger ledger;
  std::vector<ToolRow> rows;  // one a migration, in the order of application, without those undone
  Text lock;                  // the table that shows an unfinished run; empty: there is none
  List failed() const;        // the labels of the migrations that are half done
  Text last() const;          // the label of the last that has a version, or of the last; there is a row
};

/// Reads the history in the open transaction, under a lock that keeps the table as it was found. Throws
/// Error(Code::refused) where the ledger is odd, has more rows than any history, or this role may not read it.
ToolHistory read_tool_history(postgres::Connection&, const ToolLedger&);

/// Calls `body` in a transaction that can only read, and waits for no lock longer than so many seconds.
void reading_tool_ledger(postgres::Connection&, int seconds, const std::function<void()>& body);

}  // namespace quoin::runner
