// Names in SQL that are longer than PostgreSQL keeps.
#pragma once
#include <vector>

#include "core/base/text.h"

namespace quoin::ast {

struct LongName {
  std::size_t begin = 0;  // in the text
  Text name;              // as it is written, unquoted
  Text kept;              // what PostgreSQL makes of it
};
/// In order; of any text, of which names in strings and comments are no names. Cheap where there are none.
std::vector<LongName> long_names(std::string_view sql);

}  // namespace quoin::ast
