// One migration file taken apart: sections by marks, and directives.
#pragma once
#include "parser/migrations/migration.h"

namespace quoin::migration_sections {

/// Says if a file is one section whatever stands in it, or has marks.
enum class Shape { marked, only_up, only_down };

/// What a file contains.
struct Parts {
  Section up;                   // of `only_down` the down
  std::optional<Section> down;  // only of `marked`
  Layout layout = Layout::plain;
  Text description;
  Text checksum;
};
/// Throws Error(input) with place and advice where marks or directives cannot be what they seem: up and down never run
/// together.
Parts read(const Text& file, const Text& content, Shape);

}  // namespace quoin::migration_sections
