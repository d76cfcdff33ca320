// The objects of template0, which every database has that quoin creates or meets.
#pragma once
#include "core/model/schema.h"

namespace quoin {

/// Adds schema public with its comment, and extension plpgsql.
void add_template(Schema&);
/// True if the Id is that of such an object, or of a comment on one.
bool in_template(Id);

}  // namespace quoin
