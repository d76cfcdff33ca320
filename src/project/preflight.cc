#include "project/preflight.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <memory>

#include "core/model/kind.h"
#include "kinds/database/template.h"
#include "parser/migrations/refusals.h"
#include "project/adopted.h"
#include "project/histories.h"
#include "project/source.h"
#include "runner/inspection.h"

namespace quoin {
namespace {

Finding& add(Findings& findings, Severity severity, RuleName rule, Text message) {
  Finding& finding = findings.emplace_back();
  finding.severity = severity;
  finding.rule = rule;
  finding.message = std::move(message);
  return finding;
}

void add(Findings& findings, RuleName rule, const Error& error) {
  Finding& finding = add(findings, Severity::error, rule, error.what());
  finding.place = error.where;
  finding.hint = error.hint;
}

/// What of one is not in the other, without what lies in another of these; by path.
List only_in(const Schema& one, const Schema& other) {
  List paths;
  one.each([&](const Object& object) {
    const Id id = object.id;
    if (id->kind->has(opaque) || in_template(id) || other.find(id) != nullptr) return;
    if (id->parent && one.find(id->parent) != nullptr && other.find(id->parent) == nullptr) return;
    if (id->kind->has(has_section) || (id->parent && id->parent->kind->has(has_section))) paths.push_back(path(id));
  });
  std::ranges::sort(paths);
  return paths;
}

constexpr std::size_t most_named = 8;

/// What is there and what the migrations that have run make: whether each is there, not how.
void find_drift(postgres::Connection& connection, const MigrationStatuses& statuses, const Settings& settings,
                Findings& findings) {
  std::vector<Migration> applied;
  bool is_whole = true;
  for (const runner::MigrationStatus& status : statuses.all) {
    if (status.entry != nullptr && status.file != nullptr) applied.push_back(*status.file);
    is_whole = is_whole && status.state != runner::State::missing && status.state != runner::State::failed;
  }
  if (applied.empty() || !is_whole) return;
  try {
    Ids ids;
    Schema made = read_migrations(applied, ids, settings), live = read_live(connection, ids, settings);
    leave_out_histories(live, made);
    if (!made.notes.empty()) return;  // not all of it can be read without a server
    if (const List extra = only_in(live, made); !extra.empty())
      add(findings, Severity::warning, "drift",
          concat("the database has ", first_of(extra, most_named), ", which no migration that it has run makes"))
          .hint = "write what was done by hand as a migration, or undo it; quoin diff --from migrations tells more";
    if (const List lost = only_in(made, live); !lost.empty())
      add(findings, Severity::warning, "drift",
          concat("the database lacks ", first_of(lost, most_named), ", which migrations that it has run make"))
          .hint = "make it again by hand before something needs it";
  } catch (const Error& error) {
    if (error.code != Code::input) throw;
    add(findings, Severity::note, "drift", concat("whether the database has drifted is not known: ", error.what()));
  }
}

void find_irreversible(const std::vector<runner::MigrationStatus>& pending, Findings& findings) {
  for (const runner::MigrationStatus& status : pending) {
    if (status.file->down) continue;
    Finding& finding = add(findings, Severity::warning, "irreversible",
                           concat(status.label(), " cannot be undone: it has no Down section"));
    finding.place.file = status.file->file;
    finding.hint = "write one, or have a backup at hand";
  }
}

/// What a command writes, its last line; throws where it fails.
Text output_of(const Text& command) {
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), [](FILE*) { return 0; });
  Text output;
  std::array<char, 4096> part;
  while (pipe && std::fgets(part.data(), static_cast<int>(part.size()), pipe.get()) != nullptr) output += part.data();
  const int code = pipe ? pclose(pipe.get()) : -1;
  if (code != 0) throw Error(Code::input, "the backup check failed: its command ended with another code than 0");
  const std::string_view whole = trim(output);
  return Text(whole.substr(whole.rfind('\n') + 1));
}

Text time_of_backup(postgres::Connection& connection, const Text& check) {
  if (!lower(check).starts_with("select")) return output_of(check);
  const auto rows = connection.query(check);
  if (rows.rows() == 0) throw Error(Code::input, "the backup check found no row");
  return rows.text(0, 0);
}

void check_backup(postgres::Connection& connection, const Settings& settings, Findings& findings) {
  const Text check(trim(settings.config.backup_check));
  if (check.empty()) return;
  try {
    const Text at = time_of_backup(connection, check);
    if (settings.config.backup_max_age.empty()) return;
    const auto old = connection.query(
        "SELECT ($1::pg_catalog.timestamptz OPERATOR(pg_catalog.+) $2::pg_catalog.interval) OPERATOR(pg_catalog.<)"
        " pg_catalog.now()",
        std::vector<postgres::Parameter>{at, settings.config.backup_max_age});
    if (old.text(0, 0) != "t") return;
    add(findings, Severity::error, "backup",
        concat("the last backup is of ", at, ", and may be no older than ", settings.config.backup_max_age))
        .hint = "make one first";
  } catch (const Error& error) {
    const bool is_no_time = error.sqlstate == "22007" || error.sqlstate == "22008";
    Finding& finding = add(findings, Severity::error, "backup",
                           is_no_time ? concat("the backup check tells no time: ", error.what()) : Text(error.what()));
    finding.hint = "see backup_check and backup_max_age in quoin.yaml";
  }
}

/// What a run would refuse, in its own words; gives what it would run.
std::vector<runner::MigrationStatus> choose(const MigrationStatuses& statuses, Findings& findings) {
  try {
    return runner::choose_pending(statuses.all, {});
  } catch (const Error& error) {
    if (error.code != Code::refused && error.code != Code::input) throw;
    add(findings, "ledger", error);
    return {};
  }
}

}  // namespace

Preflight look_ahead_of_run(postgres::Connection& connection, const runner::Ledger& ledger, const Settings& settings) {
  Preflight preflight{connection.name(), connection.major(), 0, {}};
  Findings& findings = preflight.findings;
  runner::inspect_server(connection, findings);
  std::optional<MigrationStatuses> statuses;
  try {
    statuses = read_standings(connection, ledger, settings);
  } catch (const Error& error) {
    if (error.code != Code::refused && error.sqlstate != "42501") throw;
    add(findings, "ledger", error);
  }
  if (statuses) {
    if (const auto earlier = earlier_history(connection, ledger, *statuses, settings);
        earlier && earlier->is_of_a_tool())
      add(findings, Severity::error, "ledger", join(earlier->told, "; ")).hint = earlier->advice();
    if (const auto holder = runner::holder_of(connection, ledger.name()))
      add(findings, Severity::warning, "blocked", concat("another runner is at work: ", *holder)).hint =
          "wait for it to end: quoin migrate --wait SECONDS";
    const auto pending = choose(*statuses, findings);
    preflight.pending = pending.size();
    std::vector<runner::Touching> touched;
    if (!ledger.exists(connection)) touched.push_back({runner::Need::schemas, {}, {}, {}, "the ledger"});
    for (const runner::MigrationStatus& status : pending)
      for (runner::Touching& one : runner::touched_by(status.file->up)) touched.push_back(std::move(one));
    runner::inspect_touched(connection, touched, findings);
    find_irreversible(pending, findings);
    find_drift(connection, *statuses, settings, findings);
  }
  runner::inspect_health(connection, findings);
  check_backup(connection, settings, findings);
  return preflight;
}

}  // namespace quoin
