#include "snapshot/documents/markdown_text.h"

#include "core/base/visible.h"

namespace quoin::markdown {
namespace {
std::size_t longest_run(std::string_view text, char sign) {
  std::size_t longest = 0, run = 0;
  for (const char c : text) longest = std::max(longest, run = c == sign ? run + 1 : 0);
  return longest;
}
Text on_one_line(std::string_view text) {
  Text line(trim(text));
  std::ranges::replace_if(
      line, [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
  return line;
}
}  // namespace

Text escaped(std::string_view text) {
  Text all;
  auto is_word = [&](std::size_t at) {
    return at < text.size() && (std::isalnum(static_cast<unsigned char>(text[at])) || text[at] == '_');
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7f) {
      all += c == '\t' ? Text(" ") : "\\" + visible(std::string_view(&c, 1));
    } else if (c == '<') {
      all += "&lt;";
    } else if (c == '&') {
      all += "&amp;";
    } else {
      const bool inside_word = c == '_' && i > 0 && is_word(i - 1) && is_word(i + 1);
      if (std::string_view("\\`*_[]|~").find(c) != std::string_view::npos && !inside_word) all += '\\';
      all += c;
    }
  }
  return all;
}

Text cell(std::string_view text) {
  Text all;
  for (const Text& line : split(trim(text), '\n')) all += concat(all.empty() ? "" : "<br>", escaped(trim(line)));
  return all;
}

Text code(std::string_view text) {
  const Text line = on_one_line(text);
  if (line.empty()) return {};
  const Text fence(longest_run(line, '`') + 1, '`');
  const bool apart = line.front() == '`' || line.back() == '`';
  return concat(fence, apart ? " " : "", line, apart ? " " : "", fence);
}

Text code_cell(std::string_view text) {
  Text all;
  for (const char c : code(text)) all.append(c == '|' ? "\\|" : Text(1, c));
  return all;
}

Text name_cell(std::string_view name) { return code_cell(visible(name)); }

Text fenced(std::string_view code, std::string_view word) {
  const Text fence(std::max<std::size_t>(3, longest_run(code, '`') + 1), '`');
  while (code.ends_with('\n')) code.remove_suffix(1);
  while (code.starts_with('\n')) code.remove_prefix(1);
  return concat(fence, word, "\n", code, "\n", fence, "\n");
}

Text paragraphs(std::string_view text) {
  Text all;
  for (const Text& line : split(trim(text), '\n')) {
    Text words = escaped(trim(line));
    // Signs that mean something only at the start of a line.
    if (!words.empty() && std::string_view("#>-+=").find(words.front()) != std::string_view::npos)
      words.insert(0, "\\");
    if (words.empty()) {
      while (!all.ends_with("\n\n")) all += '\n';
      continue;
    }
    if (!all.empty() && !all.ends_with('\n')) all += "  \n";
    all += words;
  }
  return all + "\n";
}

Text table(const List& heads, const std::vector<List>& rows) {
  std::vector<std::size_t> shown;
  for (std::size_t i = 0; i < heads.size(); ++i)
    if (i == 0 || std::ranges::any_of(rows, [&](const List& row) { return !row[i].empty(); })) shown.push_back(i);
  auto line = [&](auto&& text_of) {
    Text all = "|";
    for (const std::size_t i : shown) {
      const Text text = text_of(i);
      all += text.empty() ? Text(" |") : concat(" ", text, " |");
    }
    return all + "\n";
  };
  Text all = line([&](std::size_t i) { return heads[i]; }) + line([](std::size_t) { return Text("---"); });
  for (const List& row : rows) all += line([&](std::size_t i) { return row[i]; });
  return all;
}

Text anchor(Id id) {
  Text all;
  for (const char c : path(id)) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.';
    if (plain || c == '_') {
      all += c;
    } else if (c == ' ' || c == '(' || c == ',') {
      if (!all.ends_with('-')) all += '-';
    } else if (c != ')') {  // another spelling must give another id
      constexpr std::string_view digits = "0123456789abcdef";
      const auto byte = static_cast<unsigned char>(c);
      all += {'-', 'x', digits[byte >> 4], digits[byte & 15]};
    }
  }
  while (all.ends_with('-')) all.pop_back();
  return all;
}

Text link(const Document& document, Id id, std::string_view text) {
  return concat("[", escaped(text), "](", document.page() ? document.page()(id) : Text(), "#", anchor(id), ")");
}

}  // namespace quoin::markdown
