// Liquibase's change logs that are no SQL, as far as they only include others.
#pragma once
#include <optional>
#include <vector>

#include "parser/migrations/placeholders.h"

namespace quoin {

struct Changelog {
  struct Include {
    Text path;
    bool whole_folder = false, is_relative = false;  // is_relative: to the change log itself
  };
  Text path;                   // left to who knows it
  Text language;               // "XML", "YAML", "JSON"
  std::size_t changesets = 0;  // that it has itself
  std::vector<Include> includes;
  Variables properties;
};

/// Of an .xml, .yaml, .yml or .json file; no value: it is no change log.
std::optional<Changelog> read_changelog(const Text& file);

}  // namespace quoin
