// Placeholders of any spelling, and where Flyway's settings say which.
#pragma once
#include "parser/migrations/placeholders.h"

namespace quoin {

/// The signs around the name of a placeholder: "${" and "}". An empty `close`: the name ends where its letters do.
struct PlaceholderSigns {
  std::string_view open, close;
};
/// As filled() of placeholders.h.
Text filled(std::string_view sql, const PlaceholderSigns&, const Variables&);

/// flyway.toml or flyway.conf, in the folder or above it; empty: there is none.
Text flyway_settings_file(const Text& folder);

}  // namespace quoin
