// Drops the contents of a development database.
#pragma once
#include <optional>

#include "runner/execute.h"

namespace quoin::runner {

/// Which contents are to be dropped.
struct EmptyingExtent {
  List schemas;  // only these; empty: all but the server's own
  List spared;   // schemas of the platform, which stay
  List kept{};   // objects that stay, with what lies in them, as pg_identify_object() calls them: public.f(integer)
};

/// The contents that are dropped. `what`: for people, "schema app (12 objects)"; `members`: each object that has a DROP
/// of its own.
struct DroppedContents {
  List what, members;
  bool operator==(const DroppedContents&) const = default;
};

/// Finds the contents: the rows of the ledger and, with an extent, the objects in it. Throws Error(Code::refused) that
/// lists objects elsewhere which DROP … CASCADE would drop too: views and columns that need dropped ones, extensions.
DroppedContents find_contents(postgres::Connection&, const Ledger&, const std::optional<EmptyingExtent>&);

/// Drops the contents, with a line in the ledger's log, in one transaction. Where the server's lock table has no room
/// for so many objects: the history and the first hundreds, then the next, each in a transaction, so that a run which
/// dies midway leaves a ledger without rows, and the next call continues. Schema public itself, the ledger and its
/// schema, and members of extensions stay. Throws Error(Code::refused), before it drops anything, where the contents
/// are not those of `shown` any more; other errors say what is left.
void empty(LedgerSession&, const DroppedContents& shown, const std::optional<EmptyingExtent>&);

}  // namespace quoin::runner
