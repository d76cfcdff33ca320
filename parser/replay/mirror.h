// A copy of a schema that is brought up to date by copying what has changed, which costs less than a new copy.
#pragma once
#include <optional>

#include "core/model/schema.h"

namespace quoin {

class Mirror {
 public:
  /// The copy, equal to the schema as it is now, whatever was done to either since the last call. Call it for one
  /// schema alone. The result is this object's; the caller may change it, and the next call undoes that.
  Schema& of(Schema&);

 private:
  std::optional<Schema> copy_;
  std::size_t seen_ = 0, own_ = 0;  // Touched::now() of the schema and of the copy at the last call
};

}  // namespace quoin
