// Results to stdout, remarks and errors to stderr, for people and for programs.
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <nlohmann/json.hpp>

#include "base/secret.h"
#include "base/visible.h"
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

nlohmann::ordered_json json_of(const Place& place) {
  return {{"file", place.file}, {"line", place.line}, {"column", place.column}};
}

void hide_secrets(nlohmann::ordered_json& json) {
  if (json.is_string()) json = masked(json.get_ref<const Text&>());
  if (json.is_structured())
    for (auto& each : json) hide_secrets(each);
}

void write_to(std::FILE* file, std::string_view text) {
  const WithoutProgress alone;
  const bool failed = std::fwrite(text.data(), 1, text.size(), file) != text.size() || std::fflush(file) != 0;
  if (failed && file == stdout)
    throw Error(Code::input, concat("standard output cannot be written: ", std::strerror(errno)));
}

nlohmann::ordered_json to_json(const Error& error) {
  return {{"error",
           {{"message", error.what()},
            {"place", json_of(error.where)},
            {"object", error.object},
            {"hint", error.hint},
            {"sqlstate", error.sqlstate},
            {"detail", error.detail},
            {"exit_code", exit_code(error.code)}}}};
}

nlohmann::ordered_json to_json(const Findings& findings) {
  auto all = nlohmann::ordered_json::array();
  for (const Finding& finding : findings) {
    all.push_back({{"severity", to_string(finding.severity)},
                   {"rule", finding.rule},
                   {"message", finding.message},
                   {"place", json_of(finding.place)},
                   {"object", finding.object},
                   {"hint", finding.hint}});
  }
  return {{"findings", std::move(all)}};
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

void write_json(std::FILE* file, nlohmann::ordered_json json) {
  hide_secrets(json);
  write_to(file, dumped(json));
}

}  // namespace

Text indented(std::string_view text) { return join(split(for_people(text), '\n'), "\n    "); }

Text dumped(const nlohmann::ordered_json& json) {
  const Text text = json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
  return visible_json(text);
}

void print_document(std::string_view text) {
  is_terminal(STDOUT_FILENO) ? write_to(stdout, visible_lines(text)) : write_to(stdout, text);
}

void print_lines(std::string_view text) { write_to(stdout, for_people(text)); }

void print_json(nlohmann::ordered_json json) { write_json(stdout, std::move(json)); }

void print_findings(const Findings& findings, const Settings& settings) {
  if (settings.json) return print_json(to_json(findings));
  write_to(stdout, to_text(findings, colored(settings, STDOUT_FILENO)));
}

void put_findings(const Findings& findings, const Settings& settings) {
  if (settings.json) return write_json(stderr, to_json(findings));
  write_to(stderr, to_text(findings, colored(settings, STDERR_FILENO)));
}

void put_error(const Error& error, const Settings& settings) {
  if (settings.json) return write_json(stderr, to_json(error));
  write_to(stderr, to_text(error, colored(settings, STDERR_FILENO)));
}

void remark(const Settings& settings, std::string_view line) {
  if (settings.loudness == Loudness::quiet) return;
  write_to(stderr, concat(for_people(line), "\n"));
}

void remark_once(const Settings& settings, std::string_view line) {
  if (settings.said->insert(Text(line)).second) remark(settings, line);
}

void detail(const Settings& settings, std::string_view line) {
  if (settings.loudness == Loudness::verbose) write_to(stderr, concat(for_people(line), "\n"));
}

bool is_terminal(int file_descriptor) { return isatty(file_descriptor) == 1; }

bool says_yes(std::string_view question) {
  write_to(stderr, concat(line_for_people(question), " [y/N] "));
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
    all += concat(head_of(finding.place, with_color),
                  painted(to_string(finding.severity), color_of(finding.severity), with_color), ": ",
                  line_for_people(finding.message), finding.rule.empty() ? "" : concat(" [", finding.rule, "]"), "\n",
                  source_lines(finding, with_color), hint_line(finding.hint, with_color));
  }
  return all;
}

}  // namespace quoin
