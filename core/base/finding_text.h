// Findings and errors as text for people.
#pragma once
#include "core/base/error.h"
#include "core/base/text.h"

namespace quoin {

/// "file:line:column: severity: message", then the source line with a caret, then the hint; as for_people()
/// (core/base/visible.h).
Text to_text(const Findings&, bool with_color);
Text to_text(const Error&, bool with_color);
/// The text as for_people(), with every line but the first indented, so that none of them passes for a line of quoin's
/// own.
Text indented(std::string_view text);

}  // namespace quoin
