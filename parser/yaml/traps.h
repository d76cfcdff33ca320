// Characters that mean one thing in SQL and another in YAML: finds them, and says what to quote.
#pragma once
#include "parser/yaml/tree.h"

namespace quoin::yaml {

Place place_of(const File&, const Text& name, std::size_t offset);
/// The byte after a plain scalar that begins at `begin` and was read as `value` (line ends folded).
std::size_t end_of_plain(std::string_view source, std::size_t begin, std::string_view value);
/// The byte of a comment's `#` that follows on the same line; npos: there is none.
std::size_t comment_after(std::string_view source, std::size_t end);
/// True if a text is a piece of SQL that a comma cut: parentheses or quotes are open at one of its ends.
bool is_cut(std::string_view value);
/// "quote it: …" with the whole fragment that begins at `begin`, as it must be written.
Text quote_advice(std::string_view source, std::size_t begin, bool in_flow);
/// The finding for YAML that does not parse at `offset`, with what to quote where SQL is the cause; `said` is the
/// parser's message.
Finding explain(const File&, const Text& name, std::size_t offset, std::string_view said);

}  // namespace quoin::yaml
