// Values of built-in types, and of those made of others, as the text that the server reads.
#pragma once
#include "core/base/text.h"

namespace quoin::rows {

/// Values of a type or a column, as text. `plain`: such as anybody has. `edges`: what is easily lost or refused:
/// bounds, infinity, nothing, signs and zeros, letters beyond ASCII.
struct Pool {
  List plain, edges;
  bool empty() const { return plain.empty() && edges.empty(); }
  bool operator==(const Pool&) const = default;
};

/// By the name that pg_type has for it. Of a type that is not known here, texts of many forms, of which it may take
/// some.
Pool literals_of(std::string_view type_name);

/// A text null: where there is no element or attribute.
using Parts = std::vector<std::optional<Text>>;
Text array_literal(const Parts& elements);
Text row_literal(const Parts& attributes);

/// Constants in an SQL expression: what a check compares with tells what it lets through. A number is followed by its
/// neighbours, and by texts of that length.
List constants_in(std::string_view expression);

}  // namespace quoin::rows
