// Results to stdout, remarks and errors to stderr, for people and for programs.
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <nlohmann/json.hpp>

#include "commands/event_log.h"
#include "commands/finding_formats.h"
#include "commands/progress.h"
#include "commands/repeated.h"
#include "core/base/secret.h"
#include "core/base/visible.h"

namespace quoin {
void hide_secrets(nlohmann::ordered_json& json) {
  if (json.is_string()) json = masked(json.get_ref<const Text&>());
  if (json.is_structured())
    for (auto& each : json) hide_secrets(each);
}

namespace {
void write_to(std::FILE* file, std::string_view text) {
  const WithoutProgress alone;
  const bool failed = std::fwrite(text.data(), 1, text.size(), file) != text.size() || std::fflush(file) != 0;
  if (failed && file == stdout)
    throw Error(
        Code::input, concat("standard output cannot be written: ", std::strerror(errno)), {},
        "see whether its disk is full, or whoever reads it has ended; what was done before stands, as quoin log says");
}

nlohmann::ordered_json json_of(const Error& error) {
  return {{"message", error.what()},
          {"place", json_of(error.where)},
          {"object", error.object},
          {"hint", error.hint},
          {"sqlstate", error.sqlstate},
          {"detail", error.detail},
          {"exit_code", exit_code(error.code)}};
}

void add_heard(nlohmann::ordered_json& document, const Heard& heard) {
  if (!heard.findings.empty()) document["findings"] = json_of(heard.findings);
  if (!heard.remarks.empty()) document["remarks"] = heard.remarks;
}

void write_json(std::FILE* file, nlohmann::ordered_json json) {
  hide_secrets(json);
  write_to(file, dumped(json));
}

}  // namespace

Text dumped(const nlohmann::ordered_json& json) {
  const Text text = json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
  return visible_json(text);
}

void print_document(std::string_view text) {
  is_terminal(STDOUT_FILENO) ? write_to(stdout, visible_lines(text)) : write_to(stdout, text);
}

void print_lines(std::string_view text) { write_to(stdout, for_people(text)); }

void print_json(nlohmann::ordered_json json) { write_json(stdout, std::move(json)); }

void print_findings(const Findings& given, const CommandLine& settings) {
  const Findings findings = repeating_options(given, settings);
  if (settings.json) return print_json({{"findings", json_of(findings)}});
  write_to(stdout, to_text(findings, colored(settings, STDOUT_FILENO)));
}

void put_log_line(std::string_view line) { write_to(stderr, line); }

namespace {
void log_error(const Error& error, const CommandLine& settings) {
  nlohmann::ordered_json fields{{"event", "error"}};
  fields.update(log_fields_of(error, settings));
  fields["exit_code"] = exit_code(error.code);
  log_event(settings, Level::error, std::move(fields));
}

void log_finding(const Finding& finding, const CommandLine& settings) {
  nlohmann::ordered_json fields{{"event", "finding"}, {"rule", finding.rule}, {"message", finding.message}};
  if (!finding.place.file.empty()) fields["place"] = to_string(finding.place);
  if (!finding.hint.empty()) fields["hint"] = finding.hint;
  const Level level = finding.severity == Severity::error     ? Level::error
                      : finding.severity == Severity::warning ? Level::warning
                                                              : Level::info;
  log_event(settings, level, std::move(fields));
}
}  // namespace

void put_error(const Error& error, const CommandLine& settings) {
  if (settings.logs_json()) return log_error(error, settings);
  Error told = error;
  told.hint = repeating_options(error.hint, settings);
  if (!settings.json) return write_to(stderr, to_text(told, colored(settings, STDERR_FILENO)));
  nlohmann::ordered_json document{{"error", json_of(told)}};
  add_heard(document, *settings.heard);
  write_json(stderr, std::move(document));
}

void put_heard(const CommandLine& settings) {
  nlohmann::ordered_json document;
  add_heard(document, *settings.heard);
  if (!document.is_null()) write_json(stderr, std::move(document));
}

void tell(const CommandLine& settings, const List& lines) {
  if (settings.json) return;
  for (const Text& line : lines) remark(settings, line);
}

bool is_terminal(int file_descriptor) { return isatty(file_descriptor) == 1; }

namespace {
Text answer_to(std::string_view question) {
  write_to(stderr, concat(line_for_people(question), " "));
  Text answer;
  for (int c = std::getchar(); c != EOF && c != '\n'; c = std::getchar()) answer += static_cast<char>(c);
  return Text(trim(answer));
}
}  // namespace

bool says_yes(std::string_view question) {
  const Text answer = lower(answer_to(concat(question, " [y/N]")));
  return answer == "y" || answer == "yes";
}

void require_terminal(std::string_view doing, std::string_view hint, const List& losses) {
  if (is_terminal(STDIN_FILENO) && is_terminal(STDERR_FILENO)) return;
  Error error(Code::refused, concat("there is no terminal to ask whether to ", doing), {}, Text(hint));
  error.detail = join(losses, "\n");
  throw error;
}

bool types(std::string_view question, std::string_view word) { return answer_to(question) == word; }

bool colored(const CommandLine& settings, int file_descriptor) {
  if (settings.color != Color::automatic) return settings.color == Color::always;
  return is_terminal(file_descriptor) && !std::getenv("NO_COLOR");
}

namespace {
class Terminal : public Audience {
 public:
  explicit Terminal(const CommandLine& settings)
      : settings_(settings),
        shows_progress_(!settings.json && settings.log_format.empty() && settings.loudness != Loudness::quiet &&
                        is_terminal(STDERR_FILENO)) {}

  void remark(std::string_view line) override {
    if (settings_.loudness != Loudness::quiet) put(line);
  }
  void note(const Finding& finding) override {
    if (settings_.loudness != Loudness::quiet) put({finding});
  }
  // SQL among them, whose lines stay.
  void detail(std::string_view text) override {
    if (settings_.loudness == Loudness::verbose) put(text, for_people);
  }
  void mistakes(const Findings& findings) override { put(findings); }
  void begins(const Text& what) override {
    if (shows_progress_) progress::begin(what);
  }
  void ends() override {
    if (shows_progress_) progress::end();
    advanced_ = Clock::now();
    pause_ = first_pause;
  }
  void advances(std::string_view what, std::optional<double> share) override {
    if (shows_progress_ && progress::advance(Text(what), share)) return;
    if (settings_.json || Clock::now() - advanced_ < pause_) return;
    remark(concat("  ", advance_in_words(what, share)));
    advanced_ = Clock::now();
    pause_ = std::min(pause_ * 2, longest_pause);
  }

 private:
  // What a program reads is one document.
  void put(std::string_view line) { put(line, line_for_people); }
  void put(std::string_view text, Text (*shown)(std::string_view)) {
    if (settings_.logs_json())
      return log_event(settings_, text.starts_with("warning: ") ? Level::warning : Level::info,
                       {{"event", "remark"}, {"message", text}});
    if (settings_.json) return void(settings_.heard->remarks.emplace_back(text));
    write_to(stderr, concat(shown(text), "\n"));
  }
  void put(const Findings& given) {
    const Findings findings = repeating_options(given, settings_);
    if (settings_.logs_json()) {
      for (const Finding& finding : findings) log_finding(finding, settings_);
      return;
    }
    Findings& kept = settings_.heard->findings;
    if (settings_.json) return void(kept.insert(kept.end(), findings.begin(), findings.end()));
    write_to(stderr, to_text(findings, colored(settings_, STDERR_FILENO)));
  }

  using Clock = std::chrono::steady_clock;
  static constexpr std::chrono::seconds first_pause{10}, longest_pause{60};

  const CommandLine& settings_;  // which has it
  bool shows_progress_;
  Clock::time_point advanced_ = Clock::now();  // when something began or was said of how far it is
  std::chrono::seconds pause_ = first_pause;   // to the next time that it is said
};
}  // namespace

std::shared_ptr<Audience> at_terminal(const CommandLine& settings) { return std::make_shared<Terminal>(settings); }

}  // namespace quoin
