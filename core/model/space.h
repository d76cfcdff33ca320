// The name spaces of Slots that stages ask for.
#pragma once
#include <string_view>

namespace quoin::space {

constexpr std::string_view schema = "schema", extension = "extension", relation = "relation", type = "type",
                           routine = "routine", collation = "collation", column = "column", constraint = "constraint",
                           trigger = "trigger", policy = "policy", rule = "rule", operator_ = "operator",
                           operator_class = "operator class", operator_family = "operator family", owner = "owner",
                           publication = "publication", role = "role", rows = "rows";

}  // namespace quoin::space
