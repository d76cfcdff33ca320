// A long SQL text in parts.
#pragma once
#include <string_view>

namespace quoin::ast {

/// How many bytes the first statements of a text take, at least `bytes` where there are so many: a long text is read
/// in parts, since a tree takes many times the room of its text. Found by tokens alone; where such a part does not
/// parse, the text from there on is to be read as a whole.
std::size_t first_statements(std::string_view sql, std::size_t bytes);

}  // namespace quoin::ast
