// May a column be null?
#pragma once
#include "core/model/schema.h"

namespace quoin {

/// True if the column has a NOT NULL of its own.
bool refuses_null(Id column, const Schema&);

}  // namespace quoin
