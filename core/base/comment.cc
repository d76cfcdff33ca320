#include "core/base/comment.h"

#include <cassert>

#include "core/base/rules.h"
#include "core/base/secret.h"
#include "core/base/visible.h"

namespace quoin {
namespace {

// By any of the three ends of a line.
std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(text.substr(end).starts_with("\r\n") ? end + 2 : std::min(end + 1, text.size()));
  }
  return lines;
}

Text warning_head(std::string_view rule) { return concat("WARNING(", rule, ")"); }

}  // namespace

Text comment(std::string_view sign, std::string_view head, std::string_view text) {
  Text all = concat(sign, " ", head, ":");
  std::string_view before = " ";
  const Text next_line = concat("\n", sign, " … ");
  const Text safe = masked(text);
  for (const std::string_view line : lines_of(safe)) {
    all += concat(before, visible_lines(line));
    before = next_line;
  }
  return all + "\n";
}

Text warning(std::string_view rule, std::string_view text) {
  assert(find_rule(rule) != nullptr);
  return comment(comment_sign::sql, warning_head(rule), text);
}

std::optional<Text> text_of_warning(std::string_view rule, std::string_view comment) {
  const Text begin = concat(comment_sign::sql, " ", warning_head(rule), ":");
  if (!comment.starts_with(begin)) return std::nullopt;
  return Text(trim(comment.substr(begin.size())));
}

Text directive_line(std::string_view words) { return concat("-- quoin: ", words, "\n"); }
Text section_line(std::string_view section) { return concat("-- ", section, " Migration\n"); }

}  // namespace quoin
