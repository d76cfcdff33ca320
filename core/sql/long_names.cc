#include "core/sql/long_names.h"

#include "core/sql/ast_scan.h"

namespace quoin::ast {
namespace {

constexpr std::array<bool, 256> in_words = [] {
  std::array<bool, 256> all{};
  for (unsigned c = 0; c < all.size(); ++c)
    all[c] =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$' || c >= 0x80;
  return all;
}();

/// Looks at every 64th byte where words are short.
bool has_long_word(std::string_view sql) {
  const auto in_word = [&](std::size_t at) { return in_words[static_cast<unsigned char>(sql[at])]; };
  for (std::size_t begin = 0; begin + longest_identifier < sql.size();) {
    std::size_t at = begin + longest_identifier + 1;
    while (at > begin && in_word(at - 1)) --at;
    if (at == begin) return true;
    begin = at;
  }
  return false;
}

/// Between any two quotes of a line, whichever of them opens.
bool has_long_quote(std::string_view sql) {
  for (std::size_t at = sql.find('"'); at != sql.npos;) {
    const std::size_t next = sql.find('"', at + 1);
    if (next == sql.npos) return false;
    const std::string_view between = sql.substr(at + 1, next - at - 1);
    if (between.size() > longest_identifier && between.find('\n') == between.npos) return true;
    at = next;
  }
  return false;
}

}  // namespace

std::vector<LongName> long_names(std::string_view sql) {
  std::vector<LongName> found;
  if (!has_long_word(sql) && !has_long_quote(sql)) return found;
  using detail::Token;
  detail::Scanner scanner(sql);
  for (Token token = scanner.next(); token.kind != Token::Kind::end; token = scanner.next()) {
    const std::string_view written = sql.substr(token.begin, token.end - token.begin);
    if (written.size() <= longest_identifier) continue;
    if (token.kind != Token::Kind::word && token.kind != Token::Kind::quoted_name) continue;
    Text name = token.kind == Token::Kind::word ? lower(written) : unquote_ident(written);
    Text kept = truncate_identifier(name);
    if (kept != name) found.push_back({token.begin, std::move(name), std::move(kept)});
  }
  return found;
}

}  // namespace quoin::ast
