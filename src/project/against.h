// What the migrations lead to, held against another source.
#pragma once
#include "core/base/error.h"
#include "project/source.h"

namespace quoin {

/// Each line of the difference from what the folder's migrations leave to the source as a Finding (rule "differs"), at
/// the statement that last made or changed what it is about. No server is started for it.
Findings differences_from(const Text& folder, const SchemaSource&, const Settings&);

}  // namespace quoin
