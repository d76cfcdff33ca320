// A copy of a schema that follows it: what has changed is copied, so that to follow costs less than to copy anew.
#pragma once
#include <optional>

#include "core/model/schema.h"

namespace quoin {

class Mirror {
 public:
  /// As the schema is now, whatever was done to either since the last call. The result is the mirror's own, and may be
  /// changed until the next one.
  Schema& of(const Schema&);

 private:
  std::optional<Schema> copy_;
};

}  // namespace quoin
