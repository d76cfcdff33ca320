// Results to stdout, remarks and errors to stderr, for people and for programs.
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <nlohmann/json.hpp>

#include "base/secret.h"
#include "command.h"
#include "progress.h"

namespace quoin {
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
  const Text shown = masked(finding.source);
  if (shown.empty()) return {};
  if (shown != finding.source) return concat("  ", shown, "\n");
  return concat("  ", shown, "\n  ", painted(caret_line(finding), color_of(finding.severity), with_color), "\n");
}

nlohmann::ordered_json json_of(const Place& place) {
  nlohmann::ordered_json json;
  json["file"] = place.file;
  json["line"] = place.line;
  json["column"] = place.column;
  return json;
}

Text dumped(const nlohmann::ordered_json& json) {
  return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace

void print_out(std::string_view text) {
  const WithoutProgress alone;
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() || std::fflush(stdout) != 0)
    throw Error(Code::input, concat("standard output cannot be written: ", std::strerror(errno)));
}

void put_error(const Text& text) {
  const WithoutProgress alone;
  std::fputs(text.c_str(), stderr);
}

void remark(const Settings& settings, std::string_view line) {
  if (settings.loudness == Loudness::quiet) return;
  put_error(concat(masked(line), "\n"));
}

void remark_once(const Settings& settings, std::string_view line) {
  if (settings.said->insert(Text(line)).second) remark(settings, line);
}

void detail(const Settings& settings, std::string_view line) {
  if (settings.loudness == Loudness::verbose) put_error(concat(masked(line), "\n"));
}

bool is_terminal(int file_descriptor) { return isatty(file_descriptor) == 1; }

bool says_yes(std::string_view question) {
  put_error(masked(concat(question, " [y/N] ")));
  Text answer;
  for (int c = std::getchar(); c != EOF && c != '\n'; c = std::getchar()) answer += static_cast<char>(c);
  return lower(trim(answer)) == "y" || lower(trim(answer)) == "yes";
}

bool colored(const Settings& settings, int file_descriptor) {
  if (settings.color != Color::automatic) return settings.color == Color::always;
  return is_terminal(file_descriptor) && !std::getenv("NO_COLOR");
}

Text to_text(const Findings& findings, bool with_color) {
  Text all;
  for (const Finding& finding : findings) {
    const Text place = to_string(finding.place);
    all += concat(painted(place, bold, with_color), place.empty() ? "" : ": ",
                  painted(to_string(finding.severity), color_of(finding.severity), with_color), ": ",
                  masked(finding.message), finding.rule.empty() ? "" : concat(" [", finding.rule, "]"), "\n");
    all += source_lines(finding, with_color);
    if (!finding.hint.empty()) all += concat("  ", painted("hint", blue, with_color), ": ", masked(finding.hint), "\n");
  }
  return all;
}

Text to_json(const Findings& findings) {
  nlohmann::ordered_json all = nlohmann::ordered_json::array();
  for (const Finding& finding : findings) {
    nlohmann::ordered_json one;
    one["severity"] = to_string(finding.severity);
    one["rule"] = finding.rule;
    one["message"] = masked(finding.message);
    one["place"] = json_of(finding.place);
    one["object"] = finding.object;
    one["hint"] = masked(finding.hint);
    all.push_back(std::move(one));
  }
  return dumped({{"findings", all}});
}

Text to_text(const Error& error, bool with_color) {
  const Text place = to_string(error.where);
  Text all =
      concat(painted(place, bold, with_color), place.empty() ? "" : ": ", painted("error", red, with_color), ": ",
             masked(error.what()), error.sqlstate.empty() ? "" : concat(" (SQLSTATE ", error.sqlstate, ")"), "\n");
  Finding pointing;
  pointing.place = error.where;
  pointing.source = error.source;
  all += source_lines(pointing, with_color);
  for (const Text& line : split(error.detail, '\n'))
    if (!line.empty()) all += concat("  ", masked(line), "\n");
  if (!error.hint.empty()) all += concat("  ", painted("hint", blue, with_color), ": ", masked(error.hint), "\n");
  return all;
}

Text to_json(const Error& error) {
  nlohmann::ordered_json one;
  one["message"] = masked(error.what());
  one["place"] = json_of(error.where);
  one["object"] = masked(error.object);
  one["hint"] = masked(error.hint);
  one["sqlstate"] = error.sqlstate;
  List lines = split(error.detail, '\n');
  for (Text& line : lines) line = masked(line);
  one["detail"] = join(lines, "\n");
  one["exit_code"] = exit_code(error.code);
  return dumped({{"error", one}});
}

}  // namespace quoin
