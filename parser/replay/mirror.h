// A copy of a schema that follows it: what has changed is copied, so that to follow costs less than to copy anew.
#pragma once
#include <optional>

#include "core/model/schema.h"

namespace quoin {

class Mirror {
 public:
  /// As the schema is now, whatever was done to either since the last call, which was about the same schema. The result
  /// is the mirror's own, and may be changed until the next one.
  Schema& of(Schema&);

 private:
  std::optional<Schema> copy_;
  std::size_t seen_ = 0, own_ = 0;  // up to where what was touched in the schema, and in the copy, is in the copy
};

}  // namespace quoin
