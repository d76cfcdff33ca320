// What SQL asks for that is not there.
#pragma once
#include "core/base/text.h"

namespace quoin {

/// What a statement asks for that is not there. verify decides whether it never exists, comes later, or went before.
struct Missing {
  std::string_view space;  // a Slot's (kinds/space.h)
  Text schema;             // as written; empty: along the search path
  Text name;               // "users"; of a column "users.email"
  std::size_t offset = 0;  // byte in the file's text
};

}  // namespace quoin
