// Liquibase's change logs in XML, YAML or JSON, as far as they only include other files.
#pragma once
#include <optional>
#include <vector>

#include "parser/migrations/placeholders.h"

namespace quoin {

struct Changelog {
  struct Include {
    Text path;
    bool whole_folder = false, is_relative = false;  // is_relative: to the change log itself
    Text contexts = {}, labels = {};                 // of all that it includes
    Text ending = {};                                // of the names that count; empty: all
    Text unread = {};                                // an attribute that quoin does not follow: "filter"
  };
  Text path;                   // filled in by the caller, who knows it
  Text language;               // "XML", "YAML", "JSON"
  std::size_t changesets = 0;  // the changesets that the log contains itself
  std::vector<Include> includes;
  Text contexts;  // of all that it holds
  struct Property {
    Text name, value, contexts;
    Text file = {};  // where it has no name: a file of properties
  };
  std::vector<Property> properties;
};

/// Reads an .xml, .yaml, .yml or .json file as far as this takes; no value: it is no change log.
std::optional<Changelog> read_changelog(const Text& file);

}  // namespace quoin
