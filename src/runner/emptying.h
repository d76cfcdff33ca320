// A database emptied, for who develops on it.
#pragma once
#include "runner/execute.h"

namespace quoin::runner {

/// What of a database goes.
struct Emptied {
  List schemas;  // none: all but the server's own
  List spared;   // those of the platform
};

/// What is there, for people: "schema app with 12 relations".
List contents_of(postgres::Connection&, const Ledger&, const Emptied&);

/// Removes all rows of the ledger, each with a line in its log, in one transaction; gives how many.
std::size_t forget_all(Session&);

/// Drops what `contents_of` lists, some hundred objects a transaction, so that no table of locks overflows: what dies
/// midway is gone on with by the next call. Stays: schema public itself, the ledger and its schema, what other
/// extensions own. Gives how many objects were dropped.
std::size_t drop_contents(Session&, const Emptied&);

}  // namespace quoin::runner
