// Findings and errors as text for people.
#pragma once
#include "core/base/error.h"
#include "core/base/text.h"

namespace quoin {

/// file:line:column: severity: message, the source line and a caret, the hint; as for_people() (core/base/visible.h).
Text to_text(const Findings&, bool with_color);
Text to_text(const Error&, bool with_color);
/// For people, with its lines after the first further in, so that none of them passes for a line of quoin's own.
Text indented(std::string_view text);

}  // namespace quoin
