#include "core/base/text.h"

// For SHA256_Init and its like.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/evp.h>
#include <openssl/sha.h>

#include <array>
#include <cstdint>
#include <cstring>

#include "core/base/error.h"
#include "core/base/secret.h"

namespace quoin {
namespace {

// Every keyword of PostgreSQL 12 to 18 that is not unreserved; one list for all servers, so that output does not depend
// on which of them was asked.
// clang-format off
constexpr std::string_view keywords[] = {
    "all", "analyse", "analyze", "and", "any", "array", "as", "asc", "asymmetric", "authorization", "between",
    "bigint", "binary", "bit", "boolean", "both", "case", "cast", "char", "character", "check", "coalesce",
    "collate", "collation", "column", "concurrently", "constraint", "create", "cross", "current_catalog",
    "current_date", "current_role", "current_schema", "current_time", "current_timestamp", "current_user",
    "dec", "decimal", "default", "deferrable", "desc", "distinct", "do", "else", "end", "except", "exists",
    "extract", "false", "fetch", "float", "for", "foreign", "freeze", "from", "full", "grant", "greatest",
    "group", "grouping", "having", "ilike", "in", "initially", "inner", "inout", "int", "integer", "intersect",
    "interval", "into", "is", "isnull", "join", "json", "json_array", "json_arrayagg", "json_exists",
    "json_object", "json_objectagg", "json_query", "json_scalar", "json_serialize", "json_table", "json_value",
    "lateral", "leading", "least", "left", "like", "limit", "localtime", "localtimestamp", "merge_action",
    "national", "natural", "nchar", "none", "normalize", "not", "notnull", "null", "nullif", "numeric",
    "offset", "on", "only", "or", "order", "out", "outer", "overlaps", "overlay", "placing", "position",
    "precision", "primary", "real", "references", "returning", "right", "row", "select", "session_user",
    "setof", "similar", "smallint", "some", "substring", "symmetric", "system_user", "table", "tablesample",
    "then", "time", "timestamp", "to", "trailing", "treat", "trim", "true", "union", "unique", "user", "using",
    "values", "varchar", "variadic", "verbose", "when", "where", "window", "with", "xmlattributes", "xmlconcat",
    "xmlelement", "xmlexists", "xmlforest", "xmlnamespaces", "xmlparse", "xmlpi", "xmlroot", "xmlserialize",
    "xmltable"
};
// clang-format on

// By first letter, a bit for each length that a keyword has: most names are told apart by these two.
constexpr auto lengths = [] {
  std::array<std::uint32_t, 26> all{};
  for (std::string_view word : keywords) all.at(static_cast<std::size_t>(word[0] - 'a')) |= 1U << word.size();
  return all;
}();

bool is_keyword(std::string_view word) {
  if (word[0] < 'a' || word.size() > 31 ||
      (lengths.at(static_cast<std::size_t>(word[0] - 'a')) >> word.size() & 1) == 0)
    return false;
  return std::binary_search(std::begin(keywords), std::end(keywords), word);
}

constexpr auto plain_signs = [] {
  std::array<bool, 256> all{};
  for (const char c : std::string_view("abcdefghijklmnopqrstuvwxyz0123456789_"))
    all[static_cast<unsigned char>(c)] = true;
  return all;
}();

bool is_plain(std::string_view name) {
  if (name.empty() || (name[0] >= '0' && name[0] <= '9')) return false;
  for (char c : name)
    if (!plain_signs[static_cast<unsigned char>(c)]) return false;
  return !is_keyword(name);
}

Text doubled(std::string_view text, std::string_view signs) {
  Text out;
  out.reserve(text.size() + 2);
  for (char c : text) {
    if (signs.find(c) != std::string_view::npos) out += c;
    out += c;
  }
  return out;
}

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

// Edits where swapping two neighbours counts as one, since that is the commonest slip.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), now(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    now[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      now[j] = std::min({last[j] + 1, now[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) now[j] = std::min(now[j], before[j - 2] + 1);
    }
    before.swap(last);
    last.swap(now);
  }
  return last[b.size()];
}

// Of the bytes at the beginning that are ASCII and no NUL, most: eight at a time.
std::size_t ascii_length(std::string_view text) {
  constexpr std::uint64_t high = 0x8080808080808080, ones = 0x0101010101010101;
  std::size_t length = 0;
  for (std::uint64_t eight = 0; length + sizeof eight <= text.size(); length += sizeof eight) {
    std::memcpy(&eight, text.data() + length, sizeof eight);
    if (((eight | (eight - ones)) & high) != 0) break;  // a NUL borrows from the sign above it
  }
  return length;
}

// Bytes of the sequence that starts with `lead`, and the range its second byte must lie in; 0 where nothing may.
struct Sequence {
  int bytes = 0;
  unsigned char low = 0x80, high = 0xBF;
};
Sequence sequence(unsigned char lead) {
  if (lead >= 0xC2 && lead <= 0xDF) return {2};
  if (lead == 0xE0) return {3, 0xA0};
  if (lead == 0xED) return {3, 0x80, 0x9F};
  if (lead >= 0xE1 && lead <= 0xEF) return {3};
  if (lead == 0xF0) return {4, 0x90};
  if (lead >= 0xF1 && lead <= 0xF3) return {4};
  if (lead == 0xF4) return {4, 0x80, 0x8F};
  return {};
}

}  // namespace

Text quote_ident(std::string_view name) {
  if (is_plain(name)) return Text(name);
  return "\"" + doubled(name, "\"") + "\"";
}

Text unquote_ident(std::string_view spelled) {
  if (!spelled.starts_with('"')) return Text(spelled);
  Text name;
  for (std::size_t i = 1; i + 1 < spelled.size(); ++i) {
    name += spelled[i];
    if (spelled[i] == '"') ++i;  // the first of two
  }
  return name;
}

Text quote_qualified(std::string_view schema, std::string_view name) {
  return schema.empty() ? quote_ident(name) : quote_ident(schema) + "." + quote_ident(name);
}

Text quote_literal(std::string_view value) {
  bool backslash = value.find('\\') != std::string_view::npos;
  return (backslash ? "E'" + doubled(value, "'\\") : "'" + doubled(value, "'")) + "'";
}

Text dollar_quote(std::string_view body) {
  Text tag = "$$";
  // The body's end and the closing tag may make the tag one sign too early, so both are searched together.
  for (int n = 0; concat(body, tag).find(tag) != body.size(); ++n) {
    tag = "$body" + (n == 0 ? Text() : std::to_string(n)) + "$";
  }
  return concat(tag, body, tag);
}

Text truncate_identifier(std::string_view name) {
  if (name.size() <= longest_identifier) return Text(name);
  std::size_t end = longest_identifier;
  while (end > 0 && continues(name[end])) --end;
  return Text(name.substr(0, end));
}

Text join(std::span<const Text> parts, std::string_view separator) {
  Text all;
  std::size_t size = 0;
  for (const Text& part : parts) size += part.size() + separator.size();
  all.reserve(size);
  for (const Text& part : parts) {
    if (&part != parts.data()) all += separator;
    all += part;
  }
  return all;
}

Text first_of(std::span<const Text> names, std::size_t most) {
  if (names.size() <= most) return join(names, ", ");
  return concat(join(names.first(most), ", "), " and ", std::to_string(names.size() - most), " more");
}

Text quoted_list(std::span<const Text> names) {
  List quoted;
  quoted.reserve(names.size());
  for (const Text& name : names) quoted.push_back(quote_ident(name));
  return join(quoted, ", ");
}

List split(std::string_view text, char separator) {
  List parts;
  for (;;) {
    std::size_t at = text.find(separator);
    parts.emplace_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + 1);
  }
}

std::string_view trim(std::string_view text) {
  constexpr std::string_view space = " \t\n\r\f\v";
  std::size_t begin = text.find_first_not_of(space);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(space) - begin + 1);
}

Text lower(std::string_view text) {
  Text out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

Text upper(std::string_view text) {
  Text out(text);
  for (char& c : out) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return out;
}

std::size_t utf8_length(std::string_view text) {
  std::size_t i = 0;
  while (i < text.size()) {
    i += ascii_length(text.substr(i));
    if (i == text.size()) break;
    auto lead = static_cast<unsigned char>(text[i]);
    if (lead != 0 && lead < 0x80) {
      ++i;
      continue;
    }
    Sequence s = sequence(lead);
    if (s.bytes == 0 || i + static_cast<std::size_t>(s.bytes) > text.size()) return i;
    auto second = static_cast<unsigned char>(text[i + 1]);
    if (second < s.low || second > s.high) return i;
    for (int k = 2; k < s.bytes; ++k) {
      if (!continues(text[i + static_cast<std::size_t>(k)])) return i;
    }
    i += static_cast<std::size_t>(s.bytes);
  }
  return i;
}

bool is_utf8(std::string_view text) { return utf8_length(text) == text.size(); }

std::size_t characters(std::string_view utf8) {
  return static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), [](char c) { return !continues(c); }));
}

std::size_t byte_of(std::string_view utf8, std::size_t character) {
  std::size_t at = 0;
  for (; at < utf8.size(); ++at)
    if (!continues(utf8[at]) && character-- == 0) break;
  return at;
}

std::optional<Text> nearest(std::string_view name, std::span<const Text> candidates) {
  const Text wanted = lower(name);
  std::size_t best = wanted.size() / 3 + 1;
  std::optional<Text> found;
  for (const Text& candidate : candidates) {
    std::size_t gap =
        candidate.size() > wanted.size() ? candidate.size() - wanted.size() : wanted.size() - candidate.size();
    if (gap >= best) continue;
    std::size_t d = distance(wanted, lower(candidate));
    if (d >= best) continue;
    best = d;
    found = candidate;
  }
  return found;
}

namespace {
Text hexadecimal(std::span<const unsigned char> digest) {
  constexpr std::string_view digits = "0123456789abcdef";
  Text out;
  for (const unsigned char byte : digest) {
    out += digits[byte >> 4U];
    out += digits[byte & 15U];
  }
  return out;
}

Text digest_of(std::string_view bytes, const EVP_MD* algorithm) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int length = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), digest, &length, algorithm, nullptr) != 1) {
    throw Error(Code::internal, "OpenSSL did not compute a digest", {},
                "check the OpenSSL library that quoin runs with");
  }
  return hexadecimal({digest, length});
}
}  // namespace

Text sha1(std::string_view bytes) { return digest_of(bytes, EVP_sha1()); }

// Not by EVP: that first starts OpenSSL's providers, and looks them through for each text. A folder of small files
// takes a quarter of the time so.
Text sha256(std::string_view bytes) {
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
  SHA256_CTX state;
  SHA256_Init(&state);
  SHA256_Update(&state, bytes.data(), bytes.size());
  SHA256_Final(digest.data(), &state);
  return hexadecimal(digest);
}

Text sha384(std::string_view bytes) { return digest_of(bytes, EVP_sha384()); }

LineColumn line_column(std::string_view text, std::size_t offset) {
  std::string_view before = text.substr(0, std::min(offset, text.size()));
  auto lines = std::count(before.begin(), before.end(), '\n');
  std::size_t start = before.rfind('\n');
  if (start != std::string_view::npos) before.remove_prefix(start + 1);
  return {static_cast<int>(lines) + 1, static_cast<int>(characters(before)) + 1};
}

Lines::Lines(std::string_view text) : text_(text), marks_{{0, {}}} {
  constexpr std::size_t stride = 512;  // bytes that are counted again for each question
  while (marks_.back().offset < text.size()) {
    const auto [offset, place] = marks_.back();
    const std::string_view part = text.substr(offset, stride);
    if (const std::size_t end = part.find('\n'); end != part.npos) {
      marks_.push_back({offset + end + 1, {place.line + 1, 1}});
    } else {
      marks_.push_back({offset + part.size(), {place.line, place.column + static_cast<int>(characters(part))}});
    }
  }
}

LineColumn Lines::at(std::size_t offset) const {
  offset = std::min(offset, text_.size());
  const Mark& before = *(std::ranges::upper_bound(marks_, offset, {}, &Mark::offset) - 1);
  const std::string_view rest = text_.substr(before.offset, offset - before.offset);
  return {before.place.line, before.place.column + static_cast<int>(characters(rest))};
}

std::string_view Lines::shown(int line) const {
  const auto first = std::ranges::lower_bound(marks_, line, {}, [](const Mark& mark) { return mark.place.line; });
  return first == marks_.end() || first->place.line != line ? std::string_view() : shown_line(text_, first->offset);
}

std::size_t Lines::end_of(int line) const {
  const auto first = std::ranges::lower_bound(marks_, line, {}, [](const Mark& mark) { return mark.place.line; });
  if (first == marks_.end() || first->place.line != line) return 0;
  return std::min(text_.find('\n', first->offset), text_.size());
}

std::string_view line_at(std::string_view text, std::size_t offset) {
  offset = std::min(offset, text.size());
  std::size_t begin = offset == 0 ? std::string_view::npos : text.rfind('\n', offset - 1);
  begin = begin == std::string_view::npos ? 0 : begin + 1;
  std::string_view line = text.substr(begin, text.find('\n', begin) - begin);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

// A password may be one only by the lines before it, which are not shown.
static bool is_told_by_others(std::string_view before, std::string_view line) {
  const std::string_view both(before.data(), before.size() + line.size());
  return !masked(both).ends_with(masked(line));
}

std::string_view shown_line(std::string_view text, std::size_t offset) {
  constexpr std::size_t most = 2000;  // bytes on either side
  offset = std::min(offset, text.size());
  const std::size_t begin = offset - std::min(offset, most);
  const std::string_view around = text.substr(begin, offset - begin + most);
  const std::string_view line = line_at(around, offset - begin);
  const bool begins = line.data() != around.data() || begin == 0 || text[begin - 1] == '\n';
  const std::size_t end = static_cast<std::size_t>(line.data() - text.data()) + line.size();
  const bool ends = end == text.size() || text[end] == '\n' || text[end] == '\r';
  if (!begins || !ends) return {};
  const std::string_view before = around.substr(0, static_cast<std::size_t>(line.data() - around.data()));
  return is_told_by_others(before, line) ? std::string_view() : line;
}

}  // namespace quoin
