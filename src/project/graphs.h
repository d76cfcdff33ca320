// Draws which object of a schema needs which, or which migration of a folder.
#pragma once
#include "project/source.h"
#include "snapshot/documents/drawing.h"

namespace quoin {

struct GraphRequest {
  SchemaSource source;
  bool migrations = false;   // which migration needs which; `source` is their folder
  std::optional<Text> of{};  // only what this object needs, and what needs it; of migrations: what made and changed it
  std::optional<int> depth{};  // so many steps away from it at most
};
/// Throws Error(Code::usage) where the source is no folder of migrations, Error(Code::input) where nothing, or more
/// than one thing, has the name.
Drawing drawing_of(const GraphRequest&, const Settings&);

}  // namespace quoin
