#include "parser/yaml/scan.h"

#include "parser/yaml/scalar.h"
#include "parser/yaml/traps.h"

namespace quoin::yaml {
namespace {
constexpr std::string_view flow_signs = ",[]{}";

void append_utf8(Text& all, std::uint32_t code) {
  auto tail = [&](int shift) { all += static_cast<char>(0x80 | ((code >> shift) & 0x3f)); };
  if (code < 0x80) {
    all += static_cast<char>(code);
  } else if (code < 0x800) {
    all += static_cast<char>(0xc0 | code >> 6);
    tail(0);
  } else if (code < 0x10000) {
    all += static_cast<char>(0xe0 | code >> 12);
    tail(6), tail(0);
  } else {
    all += static_cast<char>(0xf0 | code >> 18);
    tail(12), tail(6), tail(0);
  }
}

struct Escape {
  char sign;
  std::string_view meaning;
};
constexpr Escape escapes[] = {{'a', "\a"},     {'b', "\b"},    {'t', "\t"},  {'\t', "\t"},    {'n', "\n"},
                              {'v', "\v"},     {'f', "\f"},    {'r', "\r"},  {'e', "\x1b"},   {' ', " "},
                              {'"', "\""},     {'/', "/"},     {'\\', "\\"}, {'N', "\u0085"}, {'_', "\u00a0"},
                              {'L', "\u2028"}, {'P', "\u2029"}};
}  // namespace

void Scanner::refuse(std::size_t at, const Text& message, Text hint) const {
  throw Error(Code::input, message, place_of(file_, file_.name, std::min(at, source_.size())), std::move(hint));
}

int Scanner::column(std::size_t at) const {
  // Mostly it is asked for farther on, and a line may be as long as the file.
  const std::size_t known = at < asked_ ? 0 : asked_;
  const std::size_t end = source_.substr(known, at - known).rfind('\n');
  if (end != std::string_view::npos) line_ = known + end + 1;
  if (end == std::string_view::npos && known == 0) line_ = 0;
  asked_ = at;
  return static_cast<int>(at - line_);
}

bool Scanner::is_line_start(std::size_t at) const {
  while (at > 0 && source_[at - 1] == ' ') --at;
  return at == 0 || source_[at - 1] == '\n';
}

bool Scanner::is_marker(std::size_t at) const {
  const std::string_view rest = source_.substr(std::min(at, source_.size()));
  return column(at) == 0 && (rest.starts_with("---") || rest.starts_with("...")) && is_space(sign(at + 3));
}

std::size_t Scanner::next(std::size_t at) const {
  const std::size_t begin = at;
  bool at_line_start = is_line_start(at), by_tab = false;
  for (; at < source_.size() && (is_space(source_[at]) || source_[at] == '#'); ++at) {
    const char c = source_[at];
    if (c == '#') {
      if (at == begin && at > 0 && !is_space(source_[at - 1]))
        refuse(at, "YAML wants a blank before the # of a comment", "put one there, or quote the value with the #");
      at = std::min(source_.find('\n', at), source_.size()) - 1;
    } else if (c == '\n') {
      at_line_start = true;
      by_tab = false;
    } else {
      by_tab |= at_line_start && c == '\t';
    }
  }
  if (by_tab && at < source_.size())
    refuse(at, "this line is indented by a tab, which YAML does not count", "indent by spaces");
  return std::min(at, source_.size());
}

Scanned Scanner::scalar(ScalarStart stand) const {
  const char first = sign(stand.begin);
  if (first == '"' || first == '\'') return quoted(stand);
  if ((first == '|' || first == '>') && !stand.in_flow) return block(stand);
  return plain(stand);
}

// ---- plain ----

bool Scanner::plain_ends(std::size_t at, std::size_t line, bool in_flow) const {
  const char c = sign(at), after = sign(at + 1);
  if (c == '\n') return true;
  if (c == ':') return is_space(after) || (in_flow && flow_signs.find(after) != Text::npos);
  if (c == '#') return at > line && is_blank(source_[at - 1]);
  return in_flow && flow_signs.find(c) != Text::npos;
}

bool Scanner::plain_goes_on(std::size_t next, ScalarStart stand) const {
  if (next >= source_.size() || column(next) <= stand.indent || is_marker(next)) return false;
  const char c = source_[next];
  if (c == '#' || (stand.in_flow && flow_signs.find(c) != Text::npos)) return false;
  return !(c == ':' && is_space(sign(next + 1)));
}

/// The first byte of the next line that is not empty.
std::size_t Scanner::over_line_ends(std::size_t at, std::size_t& line_ends) const {
  for (line_ends = 0; at < source_.size() && is_space(source_[at]); ++at)
    if (source_[at] == '\n') ++line_ends;
  return at;
}

Scanned Scanner::plain(ScalarStart stand) const {
  Text value;
  for (std::size_t line = stand.begin;;) {
    std::size_t at = line;
    while (!plain_ends(at, line, stand.in_flow)) ++at;
    std::size_t end = at;
    while (end > line && is_blank(source_[end - 1])) --end;
    value += source_.substr(line, end - line);
    if (stand.is_key || sign(at) != '\n') return {std::move(value), end};
    std::size_t line_ends = 0;
    line = over_line_ends(at, line_ends);
    if (!plain_goes_on(line, stand)) return {std::move(value), end};
    value += line_ends == 1 ? Text(" ") : Text(line_ends - 1, '\n');
  }
}

// ---- in quotes ----

void Scanner::refuse_open(ScalarStart stand) const {
  const std::size_t line = std::min(source_.find('\n', stand.begin), source_.size());
  refuse(stand.begin, "the quote that begins here is not closed",
         concat("close it, or, where it is a part of the text, quote all: ",
                yaml::quoted(trim(source_.substr(stand.begin, line - stand.begin)))));
}

void Scanner::check_goes_on(std::size_t next, ScalarStart stand) const {
  if (stand.is_key)
    refuse(stand.begin, "a key must end on the line on which it begins",
           "close its quote there; write a line end as \\n");
  if (next >= source_.size() || column(next) <= stand.indent || is_marker(next)) refuse_open(stand);
}

std::size_t Scanner::code_point(std::size_t at, std::size_t digits, Text& value) const {
  std::uint32_t code = 0;
  for (std::size_t i = 0; i < digits; ++i) {
    const char c = sign(at + 2 + i);
    const std::size_t digit = std::string_view("0123456789abcdef").find(lower(std::string_view(&c, 1)));
    if (digit == Text::npos)
      refuse(at, concat("\\", source_.substr(at + 1, 1), " wants ", std::to_string(digits), " hexadecimal digits"),
             "fill up with zeros in front");
    code = code * 16 + static_cast<std::uint32_t>(digit);
  }
  if (code == 0) refuse(at, "no text of PostgreSQL can hold the character U+0000", "leave it out");
  if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff))
    refuse(at, concat(source_.substr(at, digits + 2), " is no character"),
           "write the character itself, or \\U and eight hexadecimal digits");
  append_utf8(value, code);
  return at + 2 + digits;
}

std::size_t Scanner::escape(std::size_t at, Text& value) const {
  const char c = sign(at + 1);
  if (c == '0') refuse(at, "no text of PostgreSQL can hold the character U+0000", "leave it out");
  if (c == 'x') return code_point(at, 2, value);
  if (c == 'u') return code_point(at, 4, value);
  if (c == 'U') return code_point(at, 8, value);
  for (const Escape& one : escapes)
    if (one.sign == c) {
      value += one.meaning;
      return at + 2;
    }
  refuse(at, concat("\\", source_.substr(at + 1, 1), " means nothing in double quotes"),
         "write \\\\ for a backslash, or use single quotes");
}

Scanned Scanner::quoted(ScalarStart stand) const {
  const char quote = source_[stand.begin];
  Text value;
  std::size_t kept = 0;  // blanks of `value` before this were written as escapes
  for (std::size_t at = stand.begin + 1; at < source_.size();) {
    const char c = source_[at];
    if (c == quote && quote == '\'' && sign(at + 1) == '\'') {
      value += c;
      at += 2;
    } else if (c == quote) {
      return {std::move(value), at + 1};
    } else if (c == '\\' && quote == '"' && sign(at + 1) != '\n') {
      at = escape(at, value);
      kept = value.size();
    } else if (c == '\n' || (c == '\\' && quote == '"')) {
      while (c == '\n' && value.size() > kept && is_blank(value.back())) value.pop_back();
      std::size_t line_ends = 0;
      at = over_line_ends(c == '\\' ? at + 1 : at, line_ends);
      check_goes_on(at, stand);
      value += line_ends > 1 ? Text(line_ends - 1, '\n') : c == '\n' ? Text(" ") : Text();
      kept = value.size();
    } else {
      value += c;
      ++at;
    }
  }
  refuse_open(stand);
}

// ---- blocks ----
namespace {
Text folded(const List& lines) {
  Text all;
  bool spaced = true;  // the line before begins with a blank, or there is none
  std::size_t empty = 0;
  for (const Text& line : lines) {
    if (line.empty()) {
      ++empty;
      continue;
    }
    const bool blank = line.front() == ' ' || line.front() == '\t';
    if (all.empty())
      all += Text(empty, '\n');
    else if (spaced || blank)
      all += Text(empty + 1, '\n');
    else
      all += empty == 0 ? Text(" ") : Text(empty, '\n');
    all += line;
    spaced = blank;
    empty = 0;
  }
  return all;
}
}  // namespace

Scanner::Header Scanner::header(ScalarStart stand) const {
  Header header{.folded = source_[stand.begin] == '>'};
  std::size_t at = stand.begin + 1;
  for (; !is_space(sign(at)) && sign(at) != '#'; ++at) {
    if (sign(at) == '+' || sign(at) == '-') header.chomping = sign(at);
    if (sign(at) >= '1' && sign(at) <= '9') header.indent = std::max(stand.indent, 0) + (sign(at) - '0');
  }
  if (sign(at) == '#') refuse(at, "YAML wants a blank before the # of a comment", "put one there");
  header.body = std::min(std::min(source_.find('\n', at), source_.size()) + 1, source_.size());
  return header;
}

/// Where a line that belongs to the block no more does not say so plainly, it is refused.
void Scanner::check_block_end(std::size_t at, ScalarStart stand) const {
  const std::size_t first = std::min(source_.find_first_not_of(' ', at), source_.size());
  if (sign(first) == '\t') refuse(at, "this line is indented by a tab, which YAML does not count", "indent by spaces");
  if (column(first) > stand.indent && sign(first) != '#')
    refuse(first, "this line is indented less than those of the block before it",
           "indent it as deep, or say the depth after the | (as |2)");
}

Scanned Scanner::block(ScalarStart stand) const {
  Header header = this->header(stand);
  List lines;
  std::size_t at = header.body, filled = 0;
  bool has_line_end = true;  // YAML adds none to a last line that has none
  while (at < source_.size()) {
    const std::size_t stop = std::min(source_.find('\n', at), source_.size());
    const std::string_view line = source_.substr(at, stop - at);
    const auto spaces = static_cast<int>(std::min(line.find_first_not_of(' '), line.size()));
    const bool empty = static_cast<std::size_t>(spaces) == line.size();
    if (!empty && header.indent == 0) header.indent = std::max(spaces, stand.indent + 1);
    if (!empty && spaces < header.indent) {
      check_block_end(at, stand);
      break;
    }
    const auto cut = std::min(static_cast<std::size_t>(header.indent), line.size());
    lines.emplace_back(header.indent == 0 ? std::string_view() : line.substr(cut));
    if (!lines.back().empty()) filled = lines.size();
    has_line_end = stop < source_.size();
    at = std::min(stop + 1, source_.size());
  }
  if (filled == 0)
    refuse(stand.begin, "no line belongs to this block",
           "indent its lines deeper than the key; for an empty text write \"\"");
  const List body(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(filled));
  Text value = header.folded ? folded(body) : join(body, "\n");
  if (header.chomping == '+') value += Text(lines.size() - filled + (has_line_end ? 1 : 0), '\n');
  if (header.chomping == ' ' && (has_line_end || filled < lines.size())) value += '\n';
  return {std::move(value), at};
}

}  // namespace quoin::yaml
