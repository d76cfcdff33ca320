// Opening a connection. Of core/postgres alone.
#pragma once
#include <libpq-fe.h>

#include "core/base/text.h"

namespace quoin::postgres {

/// The function that gets each message of the server, and the `self` that it is called with.
struct NoticeReceiver {
  PQnoticeReceiver receive;
  void* self;
};

/// The result of an attempt to connect.
struct Opened {
  PGconn* connection;  // never null; PQfinish it, also where it failed
  Text failure;        // as libpq words it with PQERRORS_VERBOSE, of every address that was tried; empty: it is open
};

/// Connects as PQconnectdbParams() does: tries one address of one host after the other, each for connect_timeout. The
/// receiver gets the server's notices from the first one on, which PQconnectdbParams() would write to stderr. Throws
/// Error(Code::input) for a connect_timeout that is no number.
Opened open_connection(const Text& conninfo, NoticeReceiver);

}  // namespace quoin::postgres
