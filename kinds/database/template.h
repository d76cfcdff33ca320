// What template0 has, and so every database that quoin meets or makes.
#pragma once
#include "core/model/schema.h"

namespace quoin {

/// Adds schema public with its comment, and extension plpgsql.
void add_template(Schema&);
/// True of those objects, and of what comments on them.
bool in_template(Id);

}  // namespace quoin
