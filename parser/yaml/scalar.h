// A text as a YAML scalar.
#pragma once
#include "core/base/text.h"

namespace quoin::yaml {

/// Where a scalar stands: on a line of its own (or after `key: `), or inside { } or [ ].
enum class Context { block, flow };

/// True if YAML 1.1 and 1.2 both read the plain text as this very string.
bool is_plain(std::string_view text, Context);
/// The text as a scalar on one line: plain where that is safe, else in quotes.
Text scalar(std::string_view text, Context);
/// The text in quotes.
Text quoted(std::string_view text);
/// As a literal block below a line that is indented by `indent` spaces: "|-\n  first\n  second" without a last line
/// end. Empty where a block would not give the text back exactly, or it is one line.
Text literal_block(std::string_view text, std::size_t indent);
/// A long line as a folded block, ">-" and lines of at most `width` that YAML joins by spaces again. Empty where that
/// would not give the text back exactly, or where it holds a comment of SQL, which must end its line.
Text folded_block(std::string_view text, std::size_t indent, std::size_t width);

}  // namespace quoin::yaml
