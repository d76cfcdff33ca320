#include "project/project.h"

#include <algorithm>
#include <filesystem>

#include "core/base/files.h"
#include "core/base/finding_text.h"
#include "core/base/visible.h"
#include "kinds/column/column.h"

namespace quoin {
bool is_begun_folder(const Text& folder) {
  std::error_code absent;
  if (!std::filesystem::is_directory(folder, absent)) return false;
  return std::ranges::all_of(std::filesystem::directory_iterator(folder), [](const auto& entry) {
    return entry.path().extension() == ".md" || entry.path().filename().string().starts_with('.');
  });
}

FolderReading reading_of(const Settings& settings, CodeSteps steps) {
  FolderReading reading;
  reading.code = steps;
  reading.layout = settings.layout_option.empty() ? settings.config.layout : settings.layout_option;
  for (const auto& [name, value] : settings.config.variables) reading.variables[name] = value;
  for (const Text& said : settings.variable_options) {
    const std::size_t sign = said.find('=');
    if (sign == Text::npos || sign == 0)
      throw Error(Code::usage, "--set takes a name and what it stands for", {}, "write it as --set NAME=VALUE");
    reading.variables[said.substr(0, sign)] = said.substr(sign + 1);
  }
  return reading;
}

std::vector<Migration> migrations_in(const Text& folder, const Settings& settings, CodeSteps steps) {
  Findings left_out;
  MigrationFolder read = read_migration_folder(folder, left_out, reading_of(settings, steps));
  detail(settings, concat("layout of ", folder, ": ", read.layout, "; ", read.why));
  for (const Finding& finding : left_out) note_once(settings, finding);
  return std::move(read.migrations);
}

void require_new_files_count(const Settings& settings) {
  const Text& folder = settings.config.migrations;
  std::error_code absent;
  if (!std::filesystem::is_directory(folder, absent) || is_begun_folder(folder)) return;
  Findings unheard;  // are told by who reads it for its migrations
  const MigrationFolder read = read_migration_folder(folder, unheard, reading_of(settings, CodeSteps::named));
  if (read.takes_new_files) return;
  throw Error(Code::refused,
              concat("the folder ", folder, " is of ", read.layout, ", and a file put into it would not count"),
              {folder},
              concat("write the SQL to standard output (quoin diff without --name), and add it as ", read.layout,
                     " wants it; or name another folder as migrations:"));
}

std::vector<Migration> project_migrations(const Settings& settings, CodeSteps steps) {
  const Text& folder = settings.config.migrations;
  if (is_begun_folder(folder)) return {};
  return migrations_in(folder, settings, steps);
}

MigrationStatuses read_standings(postgres::Connection& connection, const runner::Ledger& ledger,
                                 const Settings& settings, CodeSteps steps) {
  MigrationStatuses statuses;
  statuses.files = project_migrations(settings, steps);
  statuses.entries = ledger.read(connection);
  statuses.failures = ledger.failures(connection);
  statuses.all = runner::compare(statuses.files, statuses.entries);
  for (runner::MigrationStatus& status : statuses.all) {
    const auto failure = statuses.failures.find(status.entry ? status.entry->version : status.file->version);
    if (failure != statuses.failures.end()) status.failure = &failure->second;
  }
  return statuses;
}

std::optional<Text> tell_running(postgres::Connection& connection, const runner::Ledger& ledger,
                                 MigrationStatuses& statuses) {
  std::optional<Text> holder = runner::holder_of(connection, ledger.name());
  for (runner::MigrationStatus& status : statuses.all) {
    if (status.state != runner::State::failed || !status.entry->odd.empty()) continue;
    const runner::Entry& entry = *status.entry;
    const bool is_begun = entry.status == runner::Status::running || entry.status == runner::Status::undoing;
    // A runner may be gone while the server is still at its statement.
    if (is_begun && entry.error.empty() && (holder || runner::is_at_work(connection, entry.worker)))
      status.state = runner::State::running;
  }
  return holder;
}

runner::Voice voice_of(const Settings& settings) {
  return {[&settings](std::string_view line) { remark(settings, line); },
          [&settings](std::string_view line) { detail(settings, line); }};
}

void hear_notices(postgres::Connection& connection, const Settings& settings) {
  connection.on_notice([&settings](std::string_view severity, std::string_view message) {
    Text before = concat("  ", lower(severity), ": ");
    for (const Text& line : split(message, '\n')) {
      const Text shown = line_for_people(concat(before, line));
      severity == "WARNING" ? remark(settings, shown) : detail(settings, shown);
      before = "    | ";
    }
  });
}

List lines_of(const std::vector<runner::Loss>& losses) {
  List lines;
  for (const runner::Loss& loss : losses)
    lines.push_back(line_for_people(concat(to_string(loss.place), ": ", loss.rule, ": ", loss.what)));
  return lines;
}

int seconds_of(std::optional<int> wait) {
  if (wait && *wait < 0)
    throw Error(Code::usage, concat("--wait ", std::to_string(*wait), " is no time to wait"), {},
                "give seconds: 0 does not wait at all, 86400 is a day");
  return wait.value_or(10);
}

namespace {
runner::Waiting waiting_of(std::optional<int> wait, const Settings& settings, std::stop_token stop = {}) {
  return {seconds_of(wait), voice_of(settings).remark, std::move(stop),
          wait ? runner::Until::server : runner::Until::room};
}
}  // namespace

postgres::Connection connect(const Text& url, std::optional<int> wait, const Settings& settings) {
  return runner::connect(url, waiting_of(wait, settings));
}

AtWork::AtWork(const Text& url, std::optional<int> wait, const Settings& settings, const std::stop_token& stop)
    : ledger(settings.config.ledger, seconds_of(wait)),
      lock(url, ledger.name(), waiting_of(wait, settings, stop)),
      connection(lock.worker()),
      session{connection, ledger, voice_of(settings), seconds_of(wait), lock.link(), stop, {}},
      cancel(stop, [this] { connection.cancel(); }) {
  hear_notices(connection, settings);
  if (lock.link() == runner::Link::direct) return;
  remark(settings,
         "warning: a pooler in transaction mode stands before this server: what relies on its session is refused;"
         " better connect to the server itself");
}

Text counted(std::size_t count, std::string_view thing) {
  return concat(std::to_string(count), " ", thing, count == 1 ? "" : "s");
}

std::vector<runner::Loss> find_losses(postgres::Connection& connection, const std::vector<const Section*>& sections,
                                      runner::History history) {
  return runner::find_losses(connection, sections, history, keeps_too_little);
}

}  // namespace quoin
