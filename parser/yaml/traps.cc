#include "parser/yaml/traps.h"

#include "parser/yaml/scalar.h"
#include "parser/yaml/scan.h"

namespace quoin::yaml {
namespace {
bool is_blank(char c) { return c == ' ' || c == '\t'; }

/// Where the value begins that holds `offset`: after the last `key: `, `- `, `[`, `{` or `, ` of its line.
struct Fragment {
  std::size_t begin = 0;
  bool in_flow = false;
};
Fragment fragment_at(std::string_view source, std::size_t offset) {
  const std::size_t line = source.rfind('\n', offset == 0 ? 0 : offset - 1);
  Fragment found{line == std::string_view::npos ? 0 : line + 1, false};
  auto skip_blanks = [&](std::size_t i) {
    while (i < source.size() && is_blank(source[i])) ++i;
    return i;
  };
  found.begin = skip_blanks(found.begin);
  if (source.substr(found.begin).starts_with("- ")) found.begin = skip_blanks(found.begin + 2);
  bool has_key = false;
  for (std::size_t i = found.begin; i < offset && i < source.size(); ++i) {
    const bool at_start = i == found.begin;
    if (at_start && (source[i] == '{' || source[i] == '[')) {
      found = {skip_blanks(i + 1), true};
      has_key = false;
    } else if (found.in_flow && source[i] == ',') {
      found.begin = skip_blanks(i + 1);
      has_key = false;
    } else if (!has_key && source[i] == ':' && i + 1 < source.size() && is_blank(source[i + 1])) {
      found.begin = skip_blanks(i + 1);
      has_key = true;
    } else if (at_start && (source[i] == '"' || source[i] == '\'')) {
      const std::size_t close = source.find(source[i], i + 1);
      if (close == std::string_view::npos || close >= offset) break;
      i = close;
    }
  }
  return found;
}

/// Where the value of the line begins, if it is a list or map in brackets; npos if not.
std::size_t bracket_before(std::string_view source, std::size_t offset) {
  const std::size_t line = source.rfind('\n', offset == 0 ? 0 : offset - 1) + 1;
  std::size_t at = source.find(": ", line);
  at = at == std::string_view::npos || at > offset ? line : at + 2;
  while (at < offset && (is_blank(source[at]) || source[at] == '-')) ++at;
  return at < offset && (source[at] == '[' || source[at] == '{') ? at : Text::npos;
}

/// The fragment's text up to where a person would say that it ends: the line, or in { } the comma outside of ( ).
std::string_view text_of(std::string_view source, Fragment fragment) {
  const std::size_t line_end = std::min(source.find('\n', fragment.begin), source.size());
  std::size_t end = line_end, depth = 0;
  if (fragment.in_flow) {
    char quote = 0;
    for (end = fragment.begin; end < line_end; ++end) {
      const char c = source[end];
      if (quote) {
        if (c == quote) quote = 0;
      } else if (c == '\'' || c == '"') {
        quote = c;
      } else if (c == '(' || c == '[' || c == '{') {
        ++depth;
      } else if (depth == 0 && (c == ',' || c == '}' || c == ']')) {
        break;
      } else if ((c == ')' || c == ']' || c == '}') && depth > 0) {
        --depth;
      }
    }
  }
  return trim(source.substr(fragment.begin, end - fragment.begin));
}

Text advice(std::string_view source, Fragment fragment) {
  const std::string_view text = text_of(source, fragment);
  return text.empty() ? Text("quote the value") : concat("quote it: ", quoted(text));
}
}  // namespace

std::size_t end_of_plain(std::string_view source, std::size_t begin, std::string_view value) {
  std::size_t at = begin;
  for (const char c : value) {
    if (c == ' ' || c == '\n' || c == '\t') continue;
    while (at < source.size() && (is_blank(source[at]) || source[at] == '\n')) ++at;
    if (at == source.size() || source[at] != c) return at;
    ++at;
  }
  return at;
}

std::size_t comment_after(std::string_view source, std::size_t end) {
  std::size_t at = end;
  while (at < source.size() && is_blank(source[at])) ++at;
  return at > end && at < source.size() && source[at] == '#' ? at : Text::npos;
}

bool is_cut(std::string_view value) {
  int depth = 0;
  char quote = 0;
  for (const char c : value) {
    if (quote) {
      if (c == quote) quote = 0;
    } else if (c == '\'' || c == '"') {
      quote = c;
    } else if (c == '(') {
      ++depth;
    } else if (c == ')' && --depth < 0) {
      return true;
    }
  }
  // An apostrophe alone is a word of a comment: it's.
  return depth != 0;
}

Text quote_advice(std::string_view source, std::size_t begin, bool in_flow) { return advice(source, {begin, in_flow}); }

Finding explain(const File& file, const Text& name, std::size_t offset, std::string_view said) {
  const std::string_view source = file.source;
  const Fragment fragment = fragment_at(source, offset);
  const std::string_view text = text_of(source, fragment);
  const char first = text.empty() ? ' ' : text.front();
  auto report = [&](std::size_t at, Text message, Text hint) {
    return finding(file, place_of(file, name, at), {"yaml", std::move(message), std::move(hint)});
  };
  const std::string_view line = line_at(source, offset);
  if (const std::size_t tab = line.find_first_not_of(' '); tab != std::string_view::npos && line[tab] == '\t')
    return report(offset, "this line is indented by a tab, which YAML does not count", "indent by spaces");
  if (offset >= trim(source).size() && said.find("flow not found") != std::string_view::npos)
    return report(offset, "a { or [ is not closed before the end of the file", "close it");
  const std::size_t bracket = bracket_before(source, offset);
  if (said == "end of map not found" && bracket != Text::npos)
    return report(bracket, "YAML ends this value at the closing bracket, and more follows",
                  advice(source, {bracket, false}));
  if ((first == '"' || first == '\'') && offset > fragment.begin && said.starts_with("end of "))
    return report(fragment.begin, "YAML ends this value at the closing quote, and more follows",
                  advice(source, fragment));
  if (first != ' ' && std::string_view("%@`*&!|>?-").find(first) != std::string_view::npos)
    return report(fragment.begin,
                  concat("YAML gives a value that begins with ", text.substr(0, 1), " a meaning of its own"),
                  advice(source, fragment));
  if (fragment.in_flow && text.find('?') != std::string_view::npos)
    return report(fragment.begin, "inside { } and [ ] readers of YAML take this ? each in another way",
                  advice(source, fragment));
  if (first == '"') try {
      Scanner(file).scalar({fragment.begin, -1});
    } catch (const Error& error) { return finding(file, error.where, {"yaml", error.what(), error.hint}); }
  if (said == "illegal map value")
    return report(offset, "YAML takes this colon for the end of a key", advice(source, fragment));
  if (fragment.in_flow && offset < source.size() && (source[offset] == '[' || source[offset] == '{'))
    return report(fragment.begin, "YAML cuts this value at the bracket", advice(source, fragment));
  return report(offset, concat("YAML that cannot be read: ", said),
                "check the indentation, and quote values that hold signs of YAML");
}

}  // namespace quoin::yaml
