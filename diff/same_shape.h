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
/// The same without what is only attached: of what lies below a table its columns alone count.
std::size_t differ_in_columns_and_fields(Placed, Placed);

}  // namespace quoin
