// What a database holds that is no part of its schema.
#pragma once
#include <map>

#include "core/postgres/postgres.h"

namespace quoin {

using Digests =
    std::map<Text, Text>;  // by the name of a table, sequence or the like: a text that is equal for equal contents

/// A sequence that has been used, or put elsewhere than where it starts.
struct SequencePosition {
  Text name;  // quoted: public.t_id_seq
  Text last_value;
  bool is_called = false;  // false: the next value is last_value itself
};

struct Contents {
  Digests rows;  // of tables and materialized views the number and a digest of their rows; of sequences the position
  std::vector<SequencePosition> sequences;
  Digests beside;  // of what is in no table or sequence: large objects, privileges and settings of the database
};
/// Rows are taken without the columns ("public.t.made") that vary from one run of the same statements to the next.
Contents contents_of(postgres::Connection&, const List& varying);
/// Of each column of a table, a digest of its values.
Digests columns_of(postgres::Connection&);

/// The names of what is not the same in both.
List differences(const Digests&, const Digests&);

}  // namespace quoin
