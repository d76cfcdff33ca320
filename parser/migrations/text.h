// Writes migration files.
#pragma once
#include <vector>

#include "core/base/text.h"

namespace quoin {

/// A comment in the head: "-- head: text".
struct Remark {
  Text head, text;
};

/// What a file in quoin's own format holds. `up` and `down` are SQL; an empty down gives no Down section.
struct MigrationText {
  Text version, description, up, down;
  std::vector<Remark> remarks{};
};
Text to_text(const MigrationText&);

}  // namespace quoin
