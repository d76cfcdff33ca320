// Emptying a database, for people who develop on it.
#pragma once
#include <optional>

#include "runner/execute.h"

namespace quoin::runner {

/// What is to be dropped.
struct Emptied {
  List schemas;  // none given: all but the server's own
  List spared;   // schemas of the platform, which stay
  List kept{};   // objects that stay, with what lies in them, as pg_identify_object() calls them: public.f(integer)
};

/// What goes. `what`: for people, "schema app (12 objects)"; `members`: each object that is dropped by itself.
struct Going {
  List what, members;
  bool operator==(const Going&) const = default;
};

/// Looks for it: the rows of the ledger and, with an extent, what lies in it. Throws Error(Code::refused) that lists
/// what lies elsewhere and could not stay: views and columns that need what goes, and extensions.
Going look_for(postgres::Connection&, const Ledger&, const std::optional<Emptied>&);

/// Removes it, with a line in the ledger's log, in one transaction; where the server's lock table has no room for so
/// many, the history and the first hundreds, then the next, so that what dies midway leaves a ledger that claims
/// nothing, and the next call goes on. Schema public itself, the ledger and its schema, and what other extensions own
/// stay. Throws Error(Code::refused), before it removes anything, where what goes is no more what `shown` says; other
/// errors say what stands.
void empty(LedgerSession&, const Going& shown, const std::optional<Emptied>&);

}  // namespace quoin::runner
