// Finds where passwords stand in a text, by the text around them. Only core/base/secret*.cc include this; each find_…
// adds the ranges of what it finds to `found`.
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
/// The first byte from `at` on that is neither white space nor in an SQL comment.
std::size_t after_blanks(std::string_view text, std::size_t at);

/// The content of the SQL string literal that begins at `at`. Where the literal has no end, the text was cut short, and
/// the content goes to its end.
std::optional<Range> literal(std::string_view text, std::size_t at);
/// What is assigned at `at`: a literal, a text in double quotes, or everything up to a blank, as in a key=value string.
Range assigned(std::string_view text, std::size_t at);

/// The password behind the colon of a URL's user; `url` begins behind its "://".
std::string_view password_of_user(std::string_view url);

/// The password in a text that is a URL but for its scheme: `postgres//u:p@h`, `postgresql:/u:p@h`, `postgres:u:p@h`,
/// `u:p@h/x`. Empty: the text is no such URL, or has no password.
std::string_view password_of_mistyped(std::string_view text);

/// Passwords in URLs of any scheme, as user:password@, also where the scheme is mistyped or missing.
void find_urls(std::string_view text, Ranges& found);
/// The words of a text, hyphenated ones whole, that name a secret by names_secret(), in order.
Ranges secret_names(std::string_view text);
/// True if SQL's own statements use this name for a secret: PASSWORD.
bool names_password(std::string_view name);

/// What stands behind a word or key that names a secret, also where the name is percent-encoded, as in a URL.
void find_named(std::string_view text, const Ranges& words, Ranges& found);
/// Values of secret options in SQL's OPTIONS (name 'value', …), however the names are quoted.
void find_options(std::string_view text, Ranges& found);
/// What stands behind a secret key on a line of YAML, since findings show such lines.
void find_yaml(std::string_view text, const Ranges& words, Ranges& found);
/// Passwords in SQL that a program puts together from pieces: 'PASSWORD ' || x, format('PASSWORD %L', x), a variable
/// given for x; and the arguments of crypt().
void find_built(std::string_view text, const Ranges& words, Ranges& found);

/// What looks like a secret whatever stands around it: a private key, what follows "Bearer", tokens whose beginning
/// tells their maker.
void find_shapes(std::string_view text, Ranges& found);
/// True if the word has letters and digits, or capitals among small letters: no ordinary word is written so.
bool looks_secret(std::string_view word);
/// Values in SET name = … and SET name TO … whose name is a secret's: a list of texts or words.
void find_settings(std::string_view text, const Ranges& words, Ranges& found);

/// Arguments of routines whose name is a secret's, and values of a row for columns whose name is.
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
