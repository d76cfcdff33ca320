// What a run would take away, as JSON.
#pragma once
#include <nlohmann/json.hpp>

#include "runner/losses.h"

namespace quoin {

/// The losses of one section: [{rule, text, place}].
inline nlohmann::ordered_json hazards_in(const std::vector<runner::Loss>& losses, const Section& section) {
  nlohmann::ordered_json hazards = nlohmann::ordered_json::array();
  for (const runner::Loss& loss : losses)
    if (const Place& place = loss.place; place.file == section.file)
      hazards.push_back({{"rule", loss.rule.text()},
                         {"text", loss.what},
                         {"place", {{"file", place.file}, {"line", place.line}, {"column", place.column}}}});
  return hazards;
}

}  // namespace quoin
