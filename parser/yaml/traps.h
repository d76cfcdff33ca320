// Where SQL and YAML give one sign two meanings: finding out, and saying what to quote.
#pragma once
#include "parser/yaml/tree.h"

namespace quoin::yaml {

Place place_of(const File&, const Text& name, std::size_t offset);
/// The byte after a plain scalar that begins at `begin` and was read as `value` (line ends folded).
std::size_t end_of_plain(std::string_view source, std::size_t begin, std::string_view value);
/// The byte of a comment's `#` that follows on the same line; npos: there is none.
std::size_t comment_after(std::string_view source, std::size_t end);
/// Whether a text is a part of SQL that a comma cut: parentheses or quotes open at one of its ends.
bool is_cut(std::string_view value);
/// "quote it: …" with the whole fragment that begins at `begin`, as it must be written.
Text quote_advice(std::string_view source, std::size_t begin, bool in_flow);
/// What broke at `offset`, in words of this format; `said` is what the parser said.
Finding explain(const File&, const Text& name, std::size_t offset, std::string_view said);

}  // namespace quoin::yaml
