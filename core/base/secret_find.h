// What is a password by the text around it: where it stands. Of base/secret alone.
#pragma once
#include <optional>
#include <vector>

#include "core/base/text.h"

namespace quoin::secret {

struct Range {
  std::size_t begin, end;
  auto operator<=>(const Range&) const = default;
};
using Ranges = std::vector<Range>;

inline bool is_digit(char c) { return c >= '0' && c <= '9'; }
inline bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
inline bool is_word(char c) {
  return is_digit(c) || c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (static_cast<unsigned char>(c) & 0x80) != 0;
}
inline std::size_t after_spaces(std::string_view text, std::size_t at) {
  while (at < text.size() && is_space(text[at])) ++at;
  return at;
}
/// Past white space and SQL comments.
std::size_t after_blanks(std::string_view text, std::size_t at);

/// The content of an SQL literal that begins at `at`; one without an end was cut short.
std::optional<Range> literal(std::string_view text, std::size_t at);
/// What is assigned: a literal, a text in double quotes, or all up to a blank, as in a key=value string.
Range assigned(std::string_view text, std::size_t at);

/// What stands behind the colon of a URL's user; `url` begins behind its "://".
std::string_view password_of_user(std::string_view url);

/// Of a text that is a URL but for its scheme: `postgres//u:p@h`, `postgresql:/u:p@h`, `postgres:u:p@h`, `u:p@h/x`.
/// Empty: it is none, or has no password.
std::string_view password_of_mistyped(std::string_view text);

/// In URLs of any scheme, as user:password@, also where the scheme is mistyped or missing.
void find_urls(std::string_view text, Ranges& found);
/// The words, with what "-" ties to them, that are secrets' names by names_secret(), in order.
Ranges secret_names(std::string_view text);
/// Whether the name is one that SQL's own statements have for a secret: PASSWORD.
bool names_password(std::string_view name);

/// Behind a word or key that says it is one, also one in percent form.
void find_named(std::string_view text, const Ranges& words, Ranges& found);
/// In SQL's OPTIONS (name 'value', …), whatever its names are quoted with.
void find_options(std::string_view text, Ranges& found);
/// In YAML, behind the key of a line: what a mistake is shown with.
void find_yaml(std::string_view text, const Ranges& words, Ranges& found);
/// In SQL that a program puts together from pieces: 'PASSWORD ' || x, format('PASSWORD %L', x), a variable in x; what
/// crypt() takes.
void find_built(std::string_view text, const Ranges& words, Ranges& found);

/// By how it looks: a private key, what stands behind Bearer, tokens that begin as their makers have them begin.
void find_shapes(std::string_view text, Ranges& found);
/// Letters and digits, or capitals among small letters: no word of a sentence.
bool looks_secret(std::string_view word);
/// In SET name = …, SET name TO …, a list of texts or words.
void find_settings(std::string_view text, const Ranges& words, Ranges& found);

/// In calls of routines that are called so, and in rows for columns that are.
void find_calls(std::string_view text, const Ranges& words, Ranges& found);

inline void find_all(std::string_view text, Ranges& found) {
  const Ranges words = secret_names(text);
  find_urls(text, found);
  find_named(text, words, found);
  find_options(text, found);
  find_yaml(text, words, found);
  find_built(text, words, found);
  find_settings(text, words, found);
  find_calls(text, words, found);
  find_shapes(text, found);
}

}  // namespace quoin::secret
