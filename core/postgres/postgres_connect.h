// Opening a connection. Of core/postgres alone.
#pragma once
#include <libpq-fe.h>

#include "core/base/text.h"

namespace quoin::postgres {

/// The function that gets each message of the server, and the `self` that it is called with.
struct Hearer {
  PQnoticeReceiver receive;
  void* self;
};

struct Opened {
  PGconn* connection;  // never null; PQfinish it, also where it failed
  Text failure;        // as libpq words it with PQERRORS_VERBOSE, of every address that was tried; empty: it is open
};

/// As PQconnectdbParams: one address of one host after the other, each for as long as connect_timeout says. The hearer
/// gets what the server says from its first message on, where PQconnectdbParams would write that to stderr. Throws
/// Error(Code::input) for a connect_timeout that is no number.
Opened open_connection(const Text& conninfo, Hearer);

}  // namespace quoin::postgres
