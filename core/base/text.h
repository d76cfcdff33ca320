// Text as SQL and as people see it: quoting, joining, nearest names.
#pragma once
#include <concepts>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace quoin {
using Text = std::string;
using List = std::vector<Text>;

/// The identifier as SQL must spell it, by the rule of the server's quote_identifier() (ruleutils.c): quoted unless it
/// is lower case letters, digits and underscores, begins with no digit, and is no keyword but an unreserved one.
Text quote_ident(std::string_view name);
/// The identifier that SQL spells so: what quote_ident() has quoted.
Text unquote_ident(std::string_view spelled);
/// `a.b`, each part quoted where need be; an empty schema is left out.
Text quote_qualified(std::string_view schema, std::string_view name);
/// A string constant: '…', with E'' where it holds a backslash (so that standard_conforming_strings does not matter).
Text quote_literal(std::string_view value);
/// $tag$…$tag$ with the shortest tag that the body does not contain: $$, $body$, $body1$…
Text dollar_quote(std::string_view body);
/// In bytes: NAMEDATALEN - 1 of every stock server, which cuts what is longer.
inline constexpr std::size_t longest_identifier = 63;
/// As the server cuts it: to longest_identifier at most, at a character's boundary.
Text truncate_identifier(std::string_view name);

Text join(std::span<const Text> parts, std::string_view separator);
/// "a, b and 3 more": at most `most` of the names, so that a person reads to the end.
Text first_of(std::span<const Text> names, std::size_t most);
inline Text join(const List& parts, std::string_view separator) {
  return join(std::span<const Text>(parts), separator);
}
/// Identifiers quoted and joined by ", ".
Text quoted_list(std::span<const Text> names);
Text concat(const std::convertible_to<std::string_view> auto&... parts) {
  Text all;
  all.reserve((std::string_view(parts).size() + ... + 0));
  (all.append(std::string_view(parts)), ...);
  return all;
}
List split(std::string_view text, char separator);
Text upper(std::string_view text);               // ASCII only, for keywords
std::string_view trim(std::string_view text);    // white space of ASCII, at both ends
Text lower(std::string_view text);               // ASCII only, as the server folds identifiers of a UTF-8 database
using Words = Text (*)(std::string_view);        // how keywords are spelt: upper in SQL, lower in YAML
bool is_utf8(std::string_view text);             // valid, and no NUL
std::size_t utf8_length(std::string_view text);  // bytes of the longest prefix that is valid UTF-8
std::size_t characters(std::string_view utf8);   // code points
std::size_t byte_of(std::string_view utf8,
                    std::size_t character);  // where a code point begins, both from 0; at most the size
/// The candidate nearest to `name` by edit distance, if near enough to be a likely slip (at most a third of its
/// length).
std::optional<Text> nearest(std::string_view name, std::span<const Text> candidates);
/// Lower-case hexadecimal SHA-256.
Text sha256(std::string_view bytes);
Text sha1(std::string_view bytes);  // for comparing with other tools' ledgers; no protection against a forger
Text sha384(std::string_view bytes);

/// Line and column (from 1, columns in characters) of a byte offset.
struct LineColumn {
  int line = 1, column = 1;
};
LineColumn line_column(std::string_view text, std::size_t offset);
/// The same for many offsets of one text, which must outlive this. Lines are counted once, and long lines are not
/// counted anew for each offset.
class Lines {
 public:
  explicit Lines(std::string_view text);
  LineColumn at(std::size_t offset) const;
  /// A line by its number, as shown_line() has it; empty where there is none.
  std::string_view shown(int line) const;
  /// Where it ends, in bytes; 0: there is none.
  std::size_t end_of(int line) const;
  std::string_view whole() const { return text_; }

 private:
  struct Mark {
    std::size_t offset;
    LineColumn place;
  };
  std::string_view text_;
  std::vector<Mark> marks_;  // the beginning of each line, and more where it goes on
};
/// The line (without its end) that holds a byte offset.
std::string_view line_at(std::string_view text, std::size_t offset);
/// The same, to be shown below a finding; empty where it is too long to be read (there may be as many findings in it,
/// and a piece of it could begin within a secret), or holds a password that only the lines before it tell.
std::string_view shown_line(std::string_view text, std::size_t offset);

}  // namespace quoin
