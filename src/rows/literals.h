// Values of built-in types, arrays and composite types, as the text that the server reads.
#pragma once
#include "core/base/text.h"

namespace quoin::rows {

/// Values of a type or a column, as text. `plain`: ordinary ones. `edges`: those that are easily lost or refused:
/// bounds, infinity, empty ones, signs and zeros, letters beyond ASCII.
struct Pool {
  List plain, edges;
  bool empty() const { return plain.empty() && edges.empty(); }
  bool operator==(const Pool&) const = default;
};

/// Values of a type by its name in pg_type. Of a type that is not known here, texts of many forms, some of which it may
/// accept.
Pool literals_of(std::string_view type_name);

/// Elements or attributes; nullopt: null.
using Parts = std::vector<std::optional<Text>>;
Text array_literal(const Parts& elements);
Text row_literal(const Parts& attributes);

/// The constants in an SQL expression: what a check compares with shows what it accepts. Each number is followed by its
/// neighbours, and by texts of that length.
List constants_in(std::string_view expression);

}  // namespace quoin::rows
