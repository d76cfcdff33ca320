#include "snapshot/documents/mermaid.h"

#include <algorithm>
#include <set>

#include "core/base/visible.h"

namespace quoin::mermaid {
namespace {
bool is_plain(std::string_view name) {
  return !name.empty() && !(name[0] >= '0' && name[0] <= '9') && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  });
}

/// Words that the grammar of the picture takes for its own.
bool is_reserved(std::string_view name) {
  static const std::set<std::string_view> words = {"title", "direction", "style", "class", "classDef", "u", "o", "to"};
  return words.contains(name);
}

/// In quotes, where the grammar knows no escapes.
Text on_one_line(std::string_view text) {
  Text line(text);
  std::ranges::replace_if(
      line,
      [](char c) {
        return static_cast<unsigned char>(c) < 0x20 || c == 0x7f ||
               std::string_view("\"%\\#;<>&").find(c) != Text::npos;
      },
      '_');
  return line;
}

}  // namespace

Text entity(std::string_view name) {
  if (is_plain(name) && !is_reserved(name)) return Text(name);
  return concat("\"", on_one_line(name), "\"");
}

Text attribute(std::string_view text) {
  Text all;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    all += plain || (!all.empty() && (c == '(' || c == ')' || c == '[' || c == ']')) ? c : '_';
  }
  if (all.empty() || (all[0] >= '0' && all[0] <= '9')) all.insert(0, "_");
  return all;
}
Text label(std::string_view text) { return concat("\"", on_one_line(text), "\""); }

Text flowchart_text(std::string_view text) {
  Text out;
  for (const char c : visible(text)) out += c == '"' ? Text("#quot;") : c == '\\' ? Text("#92;") : Text(1, c);
  return out;
}

}  // namespace quoin::mermaid
