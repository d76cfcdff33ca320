#include "commands/event_log.h"

#include <spdlog/logger.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/base_sink.h>

#include <mutex>
#include <nlohmann/json.hpp>

#include "commands/repeated.h"
#include "core/base/visible.h"
#include "project/hooks.h"
#include "project/metrics.h"

namespace quoin {
namespace {

using Fields = nlohmann::ordered_json;

/// All that goes to stderr goes by one way.
class ReportSink : public spdlog::sinks::base_sink<std::mutex> {
 protected:
  void sink_it_(const spdlog::details::log_msg& message) override {
    spdlog::memory_buf_t formatted;
    formatter_->format(message, formatted);
    put_log_line({formatted.data(), formatted.size()});
  }
  void flush_() override {}
};

/// `pattern` is spdlog's, its time in UTC.
std::shared_ptr<spdlog::logger> logger_with(const char* pattern) {
  const auto sink = std::make_shared<ReportSink>();
  sink->set_formatter(std::make_unique<spdlog::pattern_formatter>(pattern, spdlog::pattern_time_type::utc, "\n"));
  return std::make_shared<spdlog::logger>("quoin", sink);
}

spdlog::logger& logger_of(const CommandLine& settings) {
  static const auto json = logger_with(R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l",%v})");
  static const auto text = logger_with("%Y-%m-%dT%H:%M:%S.%eZ %l %v");
  return settings.logs_json() ? *json : *text;
}

spdlog::level::level_enum level_of(Level level) {
  return level == Level::info      ? spdlog::level::info
         : level == Level::warning ? spdlog::level::warn
                                   : spdlog::level::err;
}

/// "migration finished version=1 name=a duration_ms=7"; what has blanks stands between quotes.
Text as_text(const Fields& fields) {
  Text line;
  for (const auto& [key, value] : fields.items()) {
    const Text shown = value.is_string() ? value.get<Text>() : value.dump();
    const bool is_word = !shown.empty() && shown.find_first_of(" \"=\n\t") == Text::npos;
    if (key == "event")
      line = shown;
    else
      line += concat(" ", key, "=", is_word ? shown : value.dump(-1, ' ', false, Fields::error_handler_t::replace));
  }
  return line_for_people(line);
}

Fields fields_of(const RunStep& step) {
  Fields fields{{"direction", to_string(step.way)}, {"version", step.version}, {"name", step.name}};
  if (!step.description.empty()) fields["description"] = step.description;
  fields["file"] = step.file;
  return fields;
}

class RunLog : public Follower {
 public:
  explicit RunLog(CommandLine settings) : settings_(std::move(settings)) {}

  void run_begins(const RunHead& head) override {
    head_ = head;
    log(Level::info, "run started", {});
  }
  void begins(const RunStep& step) override { log(Level::info, "migration started", fields_of(step)); }
  void ends(const RunStep& step, const RunEnd& end) override {
    const bool failed = end.how == Ending::failed, skipped = end.how == Ending::skipped;
    Fields fields = fields_of(step);
    fields.update(ending(end));
    log(failed    ? Level::error
        : skipped ? Level::warning
                  : Level::info,
        failed    ? "migration failed"
        : skipped ? "migration skipped"
                  : "migration finished",
        fields);
  }
  void run_ends(const RunEnd& end) override {
    Fields fields = ending(end);
    const RunCounts& counts = end.counts;
    if (counts.pending) fields["pending"] = *counts.pending;
    fields.update(Fields{{"succeeded", counts.succeeded}, {"failed", counts.failed}, {"skipped", counts.skipped}});
    log(end.how == Ending::failed ? Level::error : Level::info, "run finished", fields);
  }

 private:
  Fields ending(const RunEnd& end) const {
    Fields fields{{"status", to_string(end.how)}, {"duration_ms", end.milliseconds}};
    if (!end.reason.empty()) fields["reason"] = end.reason;
    if (end.error != nullptr) fields.update(log_fields_of(*end.error, settings_));
    return fields;
  }
  void log(Level level, const char* event, const Fields& fields) {
    Fields all{{"event", event}, {"command", head_.command}, {"database", head_.database}};
    if (!fields.is_null()) all.update(fields);
    log_event(settings_, level, std::move(all));
  }

  CommandLine settings_;
  RunHead head_;
};

}  // namespace

nlohmann::ordered_json log_fields_of(const Error& error, const CommandLine& settings) {
  Fields fields{{"error", error.what()}};
  if (!error.sqlstate.empty()) fields["sqlstate"] = error.sqlstate;
  if (!error.where.file.empty()) fields["place"] = to_string(error.where);
  if (!error.detail.empty()) fields["detail"] = error.detail;
  if (!error.hint.empty()) fields["hint"] = repeating_options(error.hint, settings);
  return fields;
}

void log_event(const CommandLine& settings, Level level, nlohmann::ordered_json fields) {
  hide_secrets(fields);
  Text line;
  if (settings.logs_json()) {
    const Text json = visible_json(fields.dump(-1, ' ', false, Fields::error_handler_t::replace));
    line = json.substr(1, json.size() - 2);
  } else {
    line = as_text(fields);
  }
  logger_of(settings).log(level_of(level), spdlog::string_view_t(line.data(), line.size()));
}

std::shared_ptr<Follower> run_log(const CommandLine& settings) { return std::make_shared<RunLog>(settings); }

void declare_telling(Options& options, Telling& telling) {
  options.value("--metrics-file FILE", telling.metrics_file,
                "count the run in a file for Prometheus, which is renamed into place");
}

Followers followers_of(const CommandLine& settings, const Settings& own, const Telling& telling) {
  Followers followers;
  if (!settings.log_format.empty()) followers.push_back(run_log(settings));
  if (!telling.metrics_file.empty()) followers.push_back(metrics_in(telling.metrics_file, own));
  followers.push_back(hooks_of(own, telling.url));
  return followers;
}

Followers followers_of(std::shared_ptr<Follower> report, const CommandLine& settings, const Telling& telling) {
  Followers followers = followers_of(settings, settings, telling);
  followers.insert(followers.begin(), std::move(report));
  return followers;
}

}  // namespace quoin
