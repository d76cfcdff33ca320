// What went wrong with a connection, told with what to do about it.
#pragma once
#include <libpq-fe.h>

#include "core/postgres/postgres.h"

namespace quoin::postgres {

/// A field of a result's error, PG_DIAG_…; "" where it has none.
Text field(const PGresult*, int code);

/// The Error for a failed result, or, where the result says nothing, for the connection's message; `sql` is what was
/// sent.
Error server_error(PGconn*, const PGresult*, std::string_view sql);

/// Why `connection` could not be made from `conninfo`; `failure` is libpq's word on it, with PQERRORS_VERBOSE.
Error connection_error(PGconn* connection, const Text& conninfo, std::string_view failure);

}  // namespace quoin::postgres
