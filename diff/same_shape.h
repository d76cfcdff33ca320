// How much two objects differ apart from their names. For diff/ alone.
#pragma once
#include "core/model/kind.h"

namespace quoin {

struct Placed {
  const Schema& schema;
  Id id;
};
/// The number of fields that differ, and of objects below that differ or are there on one side alone; objects are
/// paired by name.
std::size_t differences_in_shape(Placed, Placed);
/// The same, where of the objects below only `ordered` ones count: of a table its columns, not its indexes.
std::size_t differ_in_columns_and_fields(Placed, Placed);

}  // namespace quoin
