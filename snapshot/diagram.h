// The picture of a schema: what holds rows, and the arrows between.
#pragma once
#include "snapshot/document.h"

namespace quoin {

/// One Mermaid erDiagram and what it shows: "public", "public, from orders".
struct Diagram {
  Text title, text;
};
/// One, or several where one would not render on a code host: a schema each, then by what hangs together.
std::vector<Diagram> diagrams(const Document&);

}  // namespace quoin
