// What a migration is called, wherever people read it.
#pragma once
#include "core/base/visible.h"

namespace quoin {

/// "20250106090000_catalogue". A name comes from a file's name, which may hold line breaks and what steers a terminal:
/// such characters are shown by their number.
inline Text label_of(std::string_view version, std::string_view name) {
  return visible(name.empty() ? Text(version) : concat(version, "_", name));
}

}  // namespace quoin
