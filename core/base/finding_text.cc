#include "core/base/finding_text.h"

#include <cassert>

#include "core/base/rules.h"
#include "core/base/visible.h"

namespace quoin {

Text indented(std::string_view text) { return join(split(for_people(text), '\n'), "\n    "); }

namespace {
constexpr const char *red = "\033[31m", *yellow = "\033[33m", *blue = "\033[36m", *bold = "\033[1m", *plain = "\033[0m";

const char* color_of(Severity severity) {
  return severity == Severity::error ? red : severity == Severity::warning ? yellow : blue;
}

Text painted(std::string_view text, const char* color, bool with_color) {
  return with_color ? concat(color, text, plain) : Text(text);
}

// Tabs stay, so that the caret stands under its character whatever a tab's width is.
Text caret_line(const Finding& finding) {
  Text line;
  int column = 1;
  for (std::size_t i = 0; i < finding.source.size() && column < finding.place.column; ++i) {
    if ((static_cast<unsigned char>(finding.source[i]) & 0xC0) == 0x80) continue;
    line += finding.source[i] == '\t' ? '\t' : ' ';
    ++column;
  }
  return line + '^' + Text(static_cast<std::size_t>(std::max(finding.width, 1) - 1), '~');
}

// A caret would stand in the wrong place beneath a line that is not shown as it is.
Text source_lines(const Finding& finding, bool with_color) {
  const Text shown = for_people(finding.source);
  if (shown.empty()) return {};
  if (shown != finding.source) return concat("  ", shown, "\n");
  return concat("  ", shown, "\n  ", painted(caret_line(finding), color_of(finding.severity), with_color), "\n");
}

Text head_of(const Place& place, bool with_color) {
  const Text shown = line_for_people(to_string(place));
  return shown.empty() ? shown : concat(painted(shown, bold, with_color), ": ");
}

Text hint_line(std::string_view hint, bool with_color) {
  return hint.empty() ? Text() : concat("  ", painted("hint", blue, with_color), ": ", indented(hint), "\n");
}
}  // namespace

Text to_text(const Findings& findings, bool with_color) {
  Text all;
  for (const Finding& finding : findings) {
    assert(finding.rule.empty() || find_rule(finding.rule) != nullptr);
    all += concat(head_of(finding.place, with_color),
                  painted(to_string(finding.severity), color_of(finding.severity), with_color), ": ",
                  line_for_people(finding.message), finding.rule.empty() ? "" : concat(" [", finding.rule, "]"), "\n",
                  source_lines(finding, with_color), hint_line(finding.hint, with_color));
  }
  return all;
}

Text to_text(const Error& error, bool with_color) {
  Text all =
      concat(head_of(error.where, with_color), painted("error", red, with_color), ": ", indented(error.what()), "\n");
  if (!error.sqlstate.empty()) all.insert(all.size() - 1, concat(" (SQLSTATE ", error.sqlstate, ")"));
  Finding pointing;
  pointing.place = error.where;
  pointing.source = error.source;
  all += source_lines(pointing, with_color);
  for (const Text& line : split(for_people(error.detail), '\n'))
    if (!line.empty()) all += concat("  ", line, "\n");
  return all + hint_line(error.hint, with_color);
}

}  // namespace quoin
