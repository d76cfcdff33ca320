// Live catalog → Schema.
#pragma once
#include "core/model/schema.h"
#include "core/postgres/postgres.h"

namespace quoin {

struct ReadOptions {
  /// Schemas to look at; empty: every one but pg_*, information_schema and `left_out`.
  List schemas;
  List left_out = {"quoin"};
  /// Adds to each routine's `wants` what its body mentions (parser/names does it; the rooms do not know each other).
  std::function<void(Schema&)> read_bodies;
};

/// Everything the database holds: one repeatable-read, read-only transaction, one round trip, a fixed number of
/// set-based queries (one a kind, one for pg_depend), empty search_path and every setting that changes deparsed text
/// pinned. Needs come from pg_depend. What no kind models becomes an opaque object; all of it is in Schema::unmodelled.
/// Objects of extensions are left to them. Under concurrent DDL ("cache lookup failed") it reads once more.
Schema read_database(postgres::Connection&, Ids&, const ReadOptions&);

}  // namespace quoin
