// The ledgers of other migration tools, one row a tool: its table, how it is recognised, and what its rows mean.
#pragma once
#include <optional>
#include <span>
#include <string_view>

#include "core/base/text.h"

namespace quoin::runner {

/// How a row of a tool's ledger names a file.
enum class Naming {
  version,      // by its number, whatever zeros stand before it
  file,         // by the file's or folder's name, with its ending or without
  last_digits,  // by the digits at the end of a name, as CreateOrders1704447000007
  journal,      // by the time in meta/_journal.json
  whole,        // by a name that is the version itself: a change of a plan, a changeset
};

/// How many migrations a row stands for. each: one. up_to: the single row stands for all before it too.
enum class Extent { each, up_to };

/// The checksum that a tool keeps: of the file's bytes, in hexadecimal digits; lines: CRC-32 of its lines without their
/// ends, as a signed number.
enum class Digest { none, sha256, sha384, sha1, lines };

/// What a tool's migrations are. in_sql: files that quoin may run. in_code: programs, or a change log that only the
/// tool reads.
enum class Files { in_sql, in_code };

/// What a row says, as SQL over the ledger `t`. `state` gives applied, baseline (everything up to it is applied, though
/// it has no rows of its own), failed or undone. Of several rows of one migration the last in `order` counts.
struct RowQuery {
  const char* version = "''";
  const char* name = "''";
  const char* at = "NULL";  // a date and time of any type
  const char* by = "NULL";
  const char* checksum = "NULL";
  const char* state = "'applied'";
  const char* where = "true";
  const char* order = "1";
  const char* id = "''";  // as Migration::aliases has it: "project hash"; another project's is none of this folder
};

/// Another table that shows whether a run of the tool is unfinished, as SQL over the table `t`.
struct LockTable {
  const char* table = nullptr;  // in the ledger's schema
  const char* columns = "";
  const char* is_locked = "false";
};

/// The ledger of one tool, and how it is recognised.
struct MigrationTool {
  std::string_view name;     // as people type it
  std::string_view tables;   // its names, with blanks between, the newest first
  std::string_view columns;  // each with a letter of pg_type.typcategory: S text, N number, B boolean, D date, A array
  bool has_no_others =
      false;  // true: it has no other columns, which tells it from other tools with a table of that name
  /// One of its columns that is rare: a table with it and all of `columns` is this ledger under any name. Empty: none
  /// is, so that only its name tells.
  std::string_view mark{};
  const char* schema = nullptr;      // the schema that it always has; null: any
  const char* beside = nullptr;      // a table that must lie in the same schema; null: none
  const char* not_beside = nullptr;  // a table that must not lie in the same schema
  const char* more = "";             // other tables that it keeps in the same schema, with blanks between
  RowQuery row{};
  Naming naming = Naming::version;
  Extent extent = Extent::each;
  Digest digest = Digest::none;
  Files files = Files::in_sql;
  LockTable lock{};
  const char* mending = "";  // what to do with the tool itself about a failed step or a lock
};

std::span<const MigrationTool> migration_tools();
/// The tool of that name, in small letters or capitals; null: there is none.
const MigrationTool* migration_tool(std::string_view name);
/// The names of all tools, for a hint and for completions.
List migration_tool_names();

}  // namespace quoin::runner
