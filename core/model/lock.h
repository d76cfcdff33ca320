// The lock that a statement takes on a relation while it runs (PostgreSQL's manual, "Table-Level Locks").
#pragma once
#include <string_view>

namespace quoin {

/// From weak to strong. Behind each a statement that takes it, or what other sessions may still do.
enum class Lock {
  none,
  access_share,            // SELECT
  row_share,               // SELECT FOR UPDATE
  row_exclusive,           // INSERT, UPDATE, DELETE
  share_update_exclusive,  // lets rows be read and written
  share,                   // lets rows be read
  share_row_exclusive,     // lets rows be read
  exclusive,               // lets rows be read
  access_exclusive         // lets nothing by
};

/// "ACCESS EXCLUSIVE", as LOCK TABLE has it; empty: none.
constexpr std::string_view name_of(Lock lock) {
  constexpr std::string_view names[] = {
      "",      "ACCESS SHARE",        "ROW SHARE", "ROW EXCLUSIVE",   "SHARE UPDATE EXCLUSIVE",
      "SHARE", "SHARE ROW EXCLUSIVE", "EXCLUSIVE", "ACCESS EXCLUSIVE"};
  return names[static_cast<int>(lock)];
}

}  // namespace quoin
