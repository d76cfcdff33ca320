// Whether two objects differ in more than their names. Of this room alone.
#pragma once
#include "core/model/kind.h"

namespace quoin {

struct Placed {
  const Schema& schema;
  Id id;
};
/// How many fields differ, and objects below, by their names; what is not there on one side counts as different.
std::size_t differences_in_shape(Placed, Placed);
/// The same, without what is only attached to it: of a table, but for its columns.
std::size_t differ_in_columns_and_fields(Placed, Placed);

}  // namespace quoin
