// A name in SQL that does not exist.
#pragma once
#include "core/base/text.h"

namespace quoin {

/// A name that a statement uses and that does not exist then. `verify` decides whether it never exists, comes later, or
/// went before.
struct Missing {
  std::string_view space;  // a Slot's (core/model/space.h)
  Text schema;             // as written; empty: along the search path
  Text name;               // "users"; of a column "users.email"
  std::size_t offset = 0;  // byte in the text that was read; npos: not known
};

}  // namespace quoin
