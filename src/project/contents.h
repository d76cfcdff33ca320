// What a database holds that is no part of its schema.
#pragma once
#include <map>

#include "core/postgres/postgres.h"

namespace quoin {

using Held = std::map<Text, Text>;  // the name of what holds something, and what of it can be compared

/// A sequence that has been used, or put elsewhere than where it starts.
struct SequencePosition {
  Text name;  // quoted: public.t_id_seq
  Text last_value;
  bool is_called = false;  // false: the next value is last_value itself
};

struct Contents {
  Held rows;  // of tables and materialized views, how many and a digest of all; of sequences, where they stand
  std::vector<SequencePosition> sequences;
  Held beside;  // what is neither in a table nor in a sequence: large objects, rights and settings of the database
};
/// Rows are taken without the columns ("public.t.made") that vary from one run of the same statements to the next.
Contents contents_of(postgres::Connection&, const List& varying);
/// Of each column of a table, a digest of its values.
Held columns_of(postgres::Connection&);

/// The names of what is not the same in both.
List differences(const Held&, const Held&);

}  // namespace quoin
