// One migration file as sections, by its marks, and directives.
#pragma once
#include "parser/migrations/migration.h"

namespace quoin::migration_sections {

/// marked: the file's marks divide it into sections. Else its name says that it is one section, whatever it contains.
enum class Shape { marked, only_up, only_down };

/// What a file contains.
struct FileParts {
  Section up;                   // of `only_down` the down
  std::optional<Section> down;  // only of `marked`
  Layout layout = Layout::plain;
  Text description;
  Text checksum;
};
/// Reads a file's content. Throws Error(input) with place and advice where a mark or directive is misspelt, stands
/// twice or in the wrong place, so that an up and a down would run together.
FileParts read(const Text& file, const Text& content, Shape);

}  // namespace quoin::migration_sections
