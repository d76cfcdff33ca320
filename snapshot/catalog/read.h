// Reads the catalog of a live database into a Schema.
#pragma once
#include "core/model/schema.h"
#include "core/postgres/postgres.h"
#include "kinds/list.h"

namespace quoin {

struct ReadOptions {
  /// The schemas to read; empty: all but pg_*, information_schema and `left_out`.
  List schemas;
  List left_out = {"quoin"};
  /// Adds to each routine's `wants` what its body mentions. The caller gives parser/names for it, since this room does
  /// not know that one.
  std::function<void(Schema&)> read_bodies;
  /// How long it waits for a lock that another session holds, as lock_timeout has it: pg_get_viewdef() and others lock
  /// what they read. 0: as long as it takes.
  Text lock_timeout = "0";
  /// Those whose objects are read. What others would claim is listed as what no kind models.
  std::span<const Kind* const> kinds = all_kinds();
};

/// Reads everything in the database: in one repeatable-read, read-only transaction and one round trip, by a fixed
/// number of set-based queries (one a kind, one for pg_depend, one for all that there is), with an empty search_path
/// and every setting pinned that changes deparsed text. Needs come from pg_depend. What no kind has claimed becomes an
/// object of the kind `other object`, listed in Schema::unmodelled; only where there is such, a second query asks for
/// its name. Objects of extensions are left out. If concurrent DDL disturbs it ("cache lookup failed"), it reads once
/// more. Throws Error(database), also for a server older than 12.
Schema read_database(postgres::Connection&, Ids&, const ReadOptions&);

}  // namespace quoin
