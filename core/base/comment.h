// Comments in files that quoin writes: the only place that begins one, since a name may hold a line break.
#pragma once
#include <optional>

#include "core/base/text.h"

namespace quoin {

/// What begins a comment that ends with its line.
namespace comment_sign {
inline constexpr std::string_view sql = "--", yaml = "#", mermaid = "%%";
}

/// "SIGN HEAD: text", one comment line for each line of the text, all ended by "\n". The later ones begin with "…", so
/// that whatever the text says, no line of it is a section mark or a directive; characters that end a line for others,
/// turn the direction of writing or steer a terminal are shown by their number, and passwords masked. `head` is quoin's
/// own, of one line.
Text comment(std::string_view sign, std::string_view head, std::string_view text);

/// `-- WARNING(rule): text`, above a statement: why a person should look at it twice.
Text warning(std::string_view rule, std::string_view text);
/// The text of a warning of this rule, read back up to its line's end; nullopt: `comment` is none.
std::optional<Text> text_of_warning(std::string_view rule, std::string_view comment);

/// `-- quoin: words`, which a runner obeys.
Text directive_line(std::string_view words);
/// `-- Up Migration` or `-- Down Migration`.
Text section_line(std::string_view section);

}  // namespace quoin
