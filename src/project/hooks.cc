#include "project/hooks.h"

#include <algorithm>
#include <charconv>
#include <filesystem>

#include "core/base/subprocess.h"
#include "core/base/visible.h"
#include "runner/added.h"
#include "runner/lock.h"

namespace quoin {
namespace {

using std::chrono::milliseconds;

struct HookDoc {
  const char* name;
  const char* doc;
};
constexpr HookDoc docs[] = {
    {"before_run", "before the first migration of a run, once it is known that there is one; a failure stops the run"},
    {"after_run", "when a run has ended, well or not, whose before_run went well"},
    {"before_each",
     "before each migration, up or down; SQL at the beginning of its transaction. A failure stops the run before the"
     " migration"},
    {"after_each", "after each migration, well or not, whose before_each commands went well"},
    {"on_error", "when a migration, or the run, has failed"}};

constexpr HookDoc variables[] = {
    {"QUOIN_HOOK", "which hook this is"},
    {"QUOIN_COMMAND", "migrate, rollback or redo"},
    {"QUOIN_DATABASE", "the database, as host:port/name"},
    {"QUOIN_MIGRATIONS", "how many migrations the run has"},
    {"QUOIN_DIRECTION", "up or down"},
    {"QUOIN_VERSION", "of the migration, as the next three"},
    {"QUOIN_NAME", "its name"},
    {"QUOIN_DESCRIPTION", "its description"},
    {"QUOIN_FILE", "its file"},
    {"QUOIN_OUTCOME", "succeeded, failed or skipped; of the migration, or in after_run of the run"},
    {"QUOIN_ERROR", "what failed"},
    {"QUOIN_SQLSTATE", "the server's code for it"},
    {"QUOIN_DURATION_MS", "how long it took"}};

std::vector<std::pair<Text, Text>> listed(std::span<const HookDoc> all) {
  std::vector<std::pair<Text, Text>> rows;
  for (const HookDoc& one : all) rows.emplace_back(one.name, one.doc);
  return rows;
}

/// "500ms", "30s", "10min", "1h".
milliseconds time_of(const Text& said) {
  if (said.empty()) return {};
  constexpr std::pair<std::string_view, std::int64_t> units[] = {
      {"ms", 1}, {"s", 1000}, {"min", 60000}, {"h", 3600000}};
  std::int64_t number = 0;
  const char* end = said.data() + said.size();
  const auto [rest, failed] = std::from_chars(said.data(), end, number);
  const std::string_view unit = trim(std::string_view(rest, static_cast<std::size_t>(end - rest)));
  const auto* found = std::ranges::find(units, unit, &std::pair<std::string_view, std::int64_t>::first);
  if (failed == std::errc() && number > 0 && found != std::end(units)) return milliseconds(number * found->second);
  throw Error(Code::input, concat("hooks.timeout: \"", said, "\" is no time"), {},
              "write it as 30s; units are ms, s, min and h");
}

Text last_lines(std::string_view output) {
  constexpr std::size_t most = 10;
  const List lines = split(trim(output), '\n');
  const std::size_t first = lines.size() > most ? lines.size() - most : 0;
  return join(std::span(lines).subspan(first), "\n");
}

using Values = std::vector<std::pair<Text, Text>>;  // QUOIN_… and its value

struct Hook {
  Text command;  // or
  std::optional<Section> sql{};
};

Values values_of(const RunStep& step) {
  return {{"QUOIN_DIRECTION", Text(to_string(step.way))},
          {"QUOIN_VERSION", step.version},
          {"QUOIN_NAME", step.name},
          {"QUOIN_DESCRIPTION", step.description},
          {"QUOIN_FILE", step.file}};
}

Values values_of(const RunEnd& end) {
  Values values{{"QUOIN_OUTCOME", Text(to_string(end.how))}, {"QUOIN_DURATION_MS", std::to_string(end.milliseconds)}};
  if (end.error == nullptr) return values;
  values.emplace_back("QUOIN_ERROR", line_for_people(end.error->what()));
  values.emplace_back("QUOIN_SQLSTATE", end.error->sqlstate);
  return values;
}

Values both(Values first, const Values& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

std::filesystem::path folder_of(const Settings& settings) {
  return std::filesystem::path(settings.config.file).parent_path();
}

/// Its file, if it is one, is read at once, so that a run does not find out midway that it is gone. `said`: what
/// quoin.yaml has for the hook.
Hook read_hook(const Text& name, const Text& said, const Settings& settings) {
  if (!lower(said).ends_with(".sql")) return {said};
  try {
    return {said, read_down((folder_of(settings) / said).lexically_normal().string())};
  } catch (const Error& error) {
    throw Error(Code::input, concat("the hook ", name, " (", said, ") cannot be read: ", error.what()),
                {settings.config.file},
                concat("mend hooks: ", name, ": in ", settings.config.file,
                       "; what ends with .sql is a file, seen from the folder of that"));
  }
}

class Hooks : public Follower {
 public:
  Hooks(const Settings& settings, const Text& url)
      : settings_(settings), url_(url), at_most_(time_of(settings.config.hook_timeout)) {
    folder_ = folder_of(settings).string();
  }

  void run_begins(const RunHead& head) override {
    head_ = head;
    std::map<Text, std::vector<Hook>> read;
    for (const auto& [name, all] : settings_.config.hooks)
      for (const Text& one : all) read[name].push_back(read_hook(name, one, settings_));
    hooks_ = std::move(read);
  }

  void works(LockedLedger& work, std::size_t steps) override {
    work_ = &work;
    connection_variables_ = work.connection.variables();
    steps_ = steps;
    stop_at_failure("before_run", {});
    began_ = true;
  }

  void begins(const RunStep& step) override {
    stepped_ = false;
    work_->session.before_each.clear();
    const Values values = values_of(step);
    for (const Hook& hook : hooks_["before_each"]) {
      if (hook.sql)
        work_->session.before_each.push_back(added("before_each", hook, values));
      else
        run("before_each", hook, values, work_->session.stop);
    }
    stepped_ = true;
  }

  void ends(const RunStep& step, const RunEnd& end) override {
    const Values values = both(values_of(step), values_of(end));
    if (stepped_) remark_failure("after_each", values);
    stepped_ = false;
    if (end.how != Ending::failed) return;
    remark_failure("on_error", values);
    told_ = true;
  }

  void run_ends(const RunEnd& end) override {
    if (end.how == Ending::failed && !told_) remark_failure("on_error", values_of(end));
    if (began_) remark_failure("after_run", values_of(end));
  }

 private:
  /// What ran is not undone for it, and what is left to do is done.
  void remark_failure(const Text& name, const Values& values) {
    for (const Hook& hook : hooks_[name]) {
      try {
        run(name, hook, values, {});
      } catch (const Error& error) {
        remark(settings_, concat("warning: ", error.what(), "; nothing is undone for it"));
        for (const Text& line : split(error.detail, '\n'))
          if (!line.empty()) remark(settings_, concat("  ", line));
      }
    }
  }

  void stop_at_failure(const Text& name, const Values& values) {
    for (const Hook& hook : hooks_[name]) run(name, hook, values, work_->session.stop);
  }

  void run(const Text& name, const Hook& hook, const Values& values, const std::stop_token& stop) {
    detail(settings_, concat("hook ", name, ": ", hook.command));
    const Progress progress(settings_, concat("running the hook ", name));
    hook.sql ? run_sql(name, hook, values, stop) : run_in_shell(name, hook, values, stop);
  }

  Values all_values(const Text& name, const Values& values) const {
    return both({{"QUOIN_HOOK", name},
                 {"QUOIN_COMMAND", head_.command},
                 {"QUOIN_DATABASE", head_.database},
                 {"QUOIN_MIGRATIONS", std::to_string(steps_)}},
                values);
  }

  /// SQL finds them as settings: quoin.version for QUOIN_VERSION.
  runner::Added added(const Text& name, const Hook& hook, const Values& values) const {
    runner::Added one{concat("the hook ", name, " (", hook.command, ")"), *hook.sql, {}, at_most_};
    for (const auto& [key, value] : all_values(name, values))
      one.settings.emplace_back(concat("quoin.", lower(key.substr(std::string_view("QUOIN_").size()))), value);
    return one;
  }

  void run_sql(const Text& name, const Hook& hook, const Values& values, const std::stop_token& stop) {
    if (work_ == nullptr || !work_->connection.alive())
      throw Error(Code::database,
                  concat("the hook ", name, " (", hook.command, ") could not run: there is no connection"), {},
                  "see that the server is up, then run its SQL by hand, or say the command again");
    runner::LedgerSession session = work_->session;
    session.stop = stop;
    runner::run_added(session, added(name, hook, values));
    runner::discard_session(session.connection);
  }

  List variables_for(const Values& values) const {
    List all = connection_variables_;
    for (const HookDoc& one : variables) {
      const auto found = std::ranges::find(values, one.name, &std::pair<Text, Text>::first);
      all.push_back(found == values.end() ? Text(one.name) : concat(one.name, "=", visible(found->second)));
    }
    if (!url_.empty()) all.push_back(concat("DATABASE_URL=", url_));
    return all;
  }

  void run_in_shell(const Text& name, const Hook& hook, const Values& values, const std::stop_token& stop) {
    ProgramRun command = in_shell(hook.command);
    command.environment = environment_with(variables_for(all_values(name, values)));
    command.folder = folder_;
    command.at_most = at_most_;
    command.stop = stop;
    command.streams = ProgramRun::Streams::together;
    const ProgramEnd end = run_program(command);
    if (!trim(end.out).empty()) detail(settings_, trim(end.out));
    using By = ProgramEnd::By;
    if (end.by == By::itself && end.status == 0) return;
    const Text why = end.by == By::time   ? concat("took longer than ", settings_.config.hook_timeout)
                     : end.by == By::stop ? Text("was interrupted")
                     : end.status > 128   ? concat("was ended by signal ", std::to_string(end.status - 128))
                                          : concat("ended with exit code ", std::to_string(end.status));
    Error error(Code::refused, concat("the hook ", name, " (", hook.command, ") ", why), {},
                end.by == By::stop ? "run the same command again"
                                   : "mend what it complains of, or the hook in quoin.yaml, then run the same command"
                                     " again");
    const Text lines = last_lines(end.out);
    error.detail = lines.empty() ? Text("it wrote nothing") : concat("its last lines:\n", lines);
    throw error;
  }

  const Settings& settings_;
  Text url_, folder_;
  milliseconds at_most_;
  std::map<Text, std::vector<Hook>> hooks_;
  RunHead head_;
  LockedLedger* work_ = nullptr;
  List connection_variables_;
  std::size_t steps_ = 0;
  bool began_ = false;    // before_run went well
  bool stepped_ = false;  // so did before_each
  bool told_ = false;     // on_error has run
};

}  // namespace

std::vector<std::pair<Text, Text>> hook_docs() { return listed(docs); }
std::vector<std::pair<Text, Text>> hook_variable_docs() { return listed(variables); }

HookSections hook_sections(const Settings& settings) {
  HookSections sections;
  for (const auto& [name, all] : settings.config.hooks)
    for (const Text& one : all)
      if (Hook hook = read_hook(name, one, settings); hook.sql)
        (name.starts_with("before_") ? sections.before : sections.after).push_back(std::move(*hook.sql));
  return sections;
}

std::shared_ptr<Follower> hooks_of(const Settings& settings, const Text& url) {
  return std::make_shared<Hooks>(settings, url);
}

}  // namespace quoin
