#include "project/metrics.h"

#include <fmt/format.h>

#include <ctime>
#include <filesystem>
#include <mutex>

#include "core/base/files.h"
#include "core/base/secret.h"

namespace quoin {
namespace {

struct Metric {
  std::string_view name, type, help;
};
// A summary's parts end with _sum and _count.
constexpr Metric metrics[] = {
    {"quoin_runs_total", "counter", "Runs of a command that runs migrations."},
    {"quoin_run_duration_seconds", "gauge", "How long the last run took."},
    {"quoin_migrations_total", "counter", "Migrations that were run or undone."},
    {"quoin_migration_duration_seconds", "summary", "How long migrations took."},
    {"quoin_pending_migrations", "gauge", "Migrations that were pending when the last quoin migrate had ended."},
    {"quoin_last_run_timestamp_seconds", "gauge", "When the last run ended."},
    {"quoin_last_success_timestamp_seconds", "gauge", "When the last run ended well."}};

using Labels = std::vector<std::pair<std::string_view, Text>>;

Text escaped(std::string_view value) {
  Text all;
  for (const char c : value) all += c == '\\' ? "\\\\" : c == '"' ? "\\\"" : c == '\n' ? "\\n" : Text(1, c);
  return all;
}

Text key_of(std::string_view name, const Labels& labels) {
  List parts;
  for (const auto& [label, value] : labels) parts.push_back(concat(label, "=\"", escaped(value), "\""));
  return concat(name, "{", join(parts, ","), "}");
}

bool is_of(std::string_view key, const Metric& metric) {
  const std::string_view name = key.substr(0, key.find('{'));
  if (metric.type != "summary") return name == metric.name;
  return name.starts_with(metric.name) && (name.ends_with("_sum") || name.ends_with("_count"));
}

/// The values of a file, by name and labels.
class Values {
 public:
  explicit Values(std::string_view text) {
    for (const Text& line : split(text, '\n')) {
      const std::size_t blank = line.rfind(' ');
      if (line.starts_with("quoin_") && blank != Text::npos)
        all_[line.substr(0, blank)] = std::strtod(line.c_str() + blank, nullptr);
    }
  }
  void set(std::string_view name, const Labels& labels, double value) { all_[key_of(name, labels)] = value; }
  void add(std::string_view name, const Labels& labels, double value) { all_[key_of(name, labels)] += value; }
  Text text() const {
    Text all;
    for (const Metric& metric : metrics) {
      Text lines;
      for (const auto& [key, value] : all_)
        if (is_of(key, metric)) lines += fmt::format("{} {}\n", key, value);
      if (lines.empty()) continue;
      all += concat("# HELP ", metric.name, " ", metric.help, "\n# TYPE ", metric.name, " ", metric.type, "\n", lines);
    }
    return all;
  }

 private:
  std::map<Text, double> all_;
};

std::mutex writing;  // runs on many databases count in one file

class Metrics : public Follower {
 public:
  Metrics(Text file, const Settings& settings) : file_(std::move(file)), settings_(settings) {}

  void run_begins(const RunHead& head) override { head_ = head; }
  void ends(const RunStep& step, const RunEnd& end) override {
    steps_.push_back({step.way, end.how, end.milliseconds});
  }

  void run_ends(const RunEnd& end) override {
    const std::lock_guard alone(writing);
    try {
      Values values(std::filesystem::exists(file_) ? read_file(file_) : Text());
      count(values, end);
      write_file(file_, values.text());
    } catch (const Error& error) {
      remark(settings_, concat("warning: the metrics could not be written: ", error.what()));
    }
  }

 private:
  struct Step {
    RunDirection way;
    Ending how;
    std::int64_t milliseconds;
  };

  void count(Values& values, const RunEnd& end) const {
    const Text database = masked(head_.database);
    values.add("quoin_runs_total",
               {{"database", database}, {"command", head_.command}, {"outcome", Text(to_string(end.how))}}, 1);
    values.set("quoin_run_duration_seconds", {{"database", database}, {"command", head_.command}},
               seconds(end.milliseconds));
    for (const Step& step : steps_) {
      const Text way(to_string(step.way));
      values.add("quoin_migrations_total",
                 {{"database", database}, {"direction", way}, {"outcome", Text(to_string(step.how))}}, 1);
      if (step.how == Ending::skipped) continue;
      values.add("quoin_migration_duration_seconds_sum", {{"database", database}, {"direction", way}},
                 seconds(step.milliseconds));
      values.add("quoin_migration_duration_seconds_count", {{"database", database}, {"direction", way}}, 1);
    }
    if (end.counts.pending)
      values.set("quoin_pending_migrations", {{"database", database}}, static_cast<double>(*end.counts.pending));
    const auto now = static_cast<double>(std::time(nullptr));
    values.set("quoin_last_run_timestamp_seconds", {{"database", database}}, now);
    if (end.how == Ending::succeeded) values.set("quoin_last_success_timestamp_seconds", {{"database", database}}, now);
  }
  static double seconds(std::int64_t milliseconds) { return static_cast<double>(milliseconds) / 1000; }

  Text file_;
  const Settings& settings_;
  RunHead head_;
  std::vector<Step> steps_;
};

}  // namespace

std::shared_ptr<Follower> metrics_in(const Text& file, const Settings& settings) {
  return std::make_shared<Metrics>(file, settings);
}

}  // namespace quoin
