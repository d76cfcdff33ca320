// What a database holds that is no part of its schema.
#pragma once
#include <map>

#include "core/postgres/postgres.h"

namespace quoin {

using Held = std::map<Text, Text>;  // the name of what holds something, and what of it can be compared

struct Contents {
  Held rows;    // of tables and materialized views, how many and a digest of all; of sequences, how far they have come
  Held beside;  // what is neither in a table nor in a sequence: large objects, rights and settings of the database
  List varying;  // columns of tables with rows that a default fills with the time or by chance: not in the digest
};
Contents contents_of(postgres::Connection&);

/// The names of what is not the same in both.
List differences(const Held&, const Held&);

}  // namespace quoin
