// Errors of connections and statements, with what to do about them.
#pragma once
#include <libpq-fe.h>

#include "core/postgres/postgres.h"

namespace quoin::postgres {

/// A field of a result's error, PG_DIAG_…; "" where it has none.
Text field(const PGresult*, int code);

/// The Error for a failed result, or, where the result says nothing, for the connection's message; `sql` is what was
/// sent.
Error server_error(PGconn*, const PGresult*, std::string_view sql);

/// The Error for a `connection` that could not be opened by `conninfo`; `failure` is libpq's message, with
/// PQERRORS_VERBOSE.
Error connection_error(PGconn* connection, const Text& conninfo, std::string_view failure);

}  // namespace quoin::postgres
