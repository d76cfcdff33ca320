// The subjects of `quoin help` that are no command and no rule, as data.
#pragma once
#include <utility>
#include <vector>

#include "core/base/text.h"

namespace quoin {

using Row = std::pair<Text, Text>;  // a name, and what it means
using Rows = std::vector<Row>;

struct Topic {
  Text name, title, head;
  Rows rows;
};
std::vector<Topic> topics();

/// What there is to say of the keys of a desired schema, before they are told.
extern const std::string_view yaml_head;

}  // namespace quoin
