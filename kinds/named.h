// The object that a qualified name names.
#pragma once
#include "core/model/schema.h"

namespace quoin {

/// The object of the kind, in a schema, that a qualified name names; null where there is none.
Id named(const Kind&, std::string_view qualified_name, const Schema&);

}  // namespace quoin
