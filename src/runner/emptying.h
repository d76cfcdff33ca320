// Emptying a database, for people who develop on it.
#pragma once
#include "runner/execute.h"

namespace quoin::runner {

/// What is to be dropped.
struct Emptied {
  List schemas;  // none given: all but the server's own
  List spared;   // schemas of the platform, which stay
};

/// What drop_contents() would drop, for people: "schema app with 12 relations".
List contents_of(postgres::Connection&, const Ledger&, const Emptied&);

/// Removes all rows of the ledger, each with a line in its log, in one transaction. Returns how many.
std::size_t forget_all(Session&);

/// Drops what `contents_of` lists, some hundred objects in a transaction, so that the server's lock table does not
/// overflow: if it dies midway, the next call goes on. Schema public itself, the ledger and its schema, and what other
/// extensions own stay. Returns how many objects were dropped.
std::size_t drop_contents(Session&, const Emptied&);

}  // namespace quoin::runner
