// Compares the schema that migrations lead to with another source.
#pragma once
#include "core/base/error.h"
#include "project/source.h"

namespace quoin {

/// The differences between the schema that the folder's migrations leave and the source, each a Finding (rule
/// "differs") at the statement that last made or changed the object. Starts no server.
Findings differences_from(const Text& folder, const SchemaSource&, const Settings&);

}  // namespace quoin
