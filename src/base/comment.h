// Comments in files that quoin writes: the only place that begins one, since a name may hold a line break.
#pragma once
#include "base/text.h"

namespace quoin {

/// What begins a comment that ends with its line.
namespace comment_sign {
inline constexpr std::string_view sql = "--", yaml = "#", mermaid = "%%";
}

/// "SIGN HEAD: text", one comment line for each line of the text, all ended by "\n". The later ones begin with "…", so
/// that whatever the text says, no line of it is a section mark or a directive; characters that end a line for others,
/// turn the direction of writing or steer a terminal are shown by their number. `head` is quoin's own, of one line.
Text comment(std::string_view sign, std::string_view head, std::string_view text);

/// `-- quoin: words`, which a runner obeys.
Text directive_line(std::string_view words);
/// `-- Up Migration` or `-- Down Migration`.
Text section_line(std::string_view section);

}  // namespace quoin
