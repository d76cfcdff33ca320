#include "quoin/migrator.h"

#include <cstdlib>
#include <stop_token>

#include "core/base/caught.h"
#include "core/base/finding_text.h"
#include "core/base/secret.h"
#include "core/base/visible.h"
#include "project/config.h"
#include "project/env_file.h"
#include "project/hooks.h"
#include "project/leave.h"
#include "project/migrating.h"
#include "project/overview.h"
#include "project/protection.h"
#include "project/undoing.h"
#include "project/validating.h"

namespace quoin {
namespace {

using Hear = std::function<void(MigratorRemark, const std::string&)>;

/// Says to whoever hears what the commands would write to stderr.
class Telling : public Audience {
 public:
  explicit Telling(const Hear& hear) : hear_(hear) {}
  void remark(std::string_view line) override { say(MigratorRemark::remark, line); }
  void detail(std::string_view line) override { say(MigratorRemark::detail, line); }
  void advances(std::string_view what, std::optional<double> share) override {
    say(MigratorRemark::detail, advance_in_words(what, share));
  }
  void note(const Finding& finding) override { mistakes({finding}); }
  void mistakes(const Findings& findings) override {
    for (const Finding& finding : findings) {
      const bool is_error = finding.severity == Severity::error;
      const bool is_note = finding.severity == Severity::note;
      say(is_error  ? MigratorRemark::error
          : is_note ? MigratorRemark::remark
                    : MigratorRemark::warning,
          trim(to_text({finding}, false)));
    }
  }

 private:
  void say(MigratorRemark how, std::string_view line) const {
    if (hear_) hear_(how, for_people(line));
  }
  const Hear& hear_;
};

MigratorFailure failure_of(Code code) {
  if (code == Code::refused) return MigratorFailure::refused;
  return code == Code::usage ? MigratorFailure::usage : MigratorFailure::failed;
}

MigratorError told(const Error& error) {
  const Text place = for_people(to_string(error.where));
  return {for_people(error.what()),
          {failure_of(error.code), place, for_people(error.hint), error.sqlstate, for_people(error.detail)}};
}

/// No other exception leaves the library.
template <class Body>
auto with_errors_told(Body body) {
  try {
    return body();
  } catch (const MigratorError&) {
    throw;  // of the caller's own
  } catch (...) { throw told(error_of(std::current_exception())); }
}

MigrationRan ran_of(const RunStep& step, std::int64_t milliseconds) {
  return {step.version, step.name, step.file, milliseconds};
}

/// Throws it, or ends the process, as the options say.
[[noreturn]] void leave_with(const MigratorError& error, const MigratorOptions& options) {
  if (!options.exit_on_error) throw error;
  if (options.hear) options.hear(MigratorRemark::error, error.what());
  if (options.hear && !error.rest.hint.empty()) options.hear(MigratorRemark::remark, error.rest.hint);
  std::exit(static_cast<int>(error.rest.failure));
}

/// Keeps what a run does, and says what it goes past.
class Kept : public Follower {
 public:
  Kept(std::vector<MigrationRan>& ran, const Settings& settings) : ran_(ran), settings_(settings) {}
  void ends(const RunStep& step, const RunEnd& end) override {
    if (end.how == Ending::succeeded) ran_.push_back(ran_of(step, end.milliseconds));
    if (end.how == Ending::skipped) remark(settings_, concat("skipped ", step.label(), ": ", end.reason));
  }
  void goes_on(const Error& error) override { remark(settings_, trim(to_text(error, false))); }

 private:
  std::vector<MigrationRan>& ran_;
  const Settings& settings_;
};

Text file_of(const runner::MigrationStatus& status) { return status.file != nullptr ? status.file->file : Text(); }

Text name_of(const runner::MigrationStatus& status) {
  return status.file != nullptr ? status.file->name : status.entry->name;
}

MigrateRequest request_of(const MigratorOptions& options, const Settings& settings) {
  MigrateRequest request;
  if (!options.to.empty()) request.bounds.to = options.to;
  request.allow = options.allow;
  request.at_failure = options.stop_on_error ? AtFailure::stop : AtFailure::go_on;
  request.agree = [&settings, &options](const std::vector<runner::Loss>& losses) {
    require_allowed_unasked(losses, options.allow, settings);
  };
  return request;
}

}  // namespace

struct Migrator::Inside {
  explicit Inside(MigratorOptions given) : options(std::move(given)) {
    settings.config_file = options.config;
    settings.environment = options.environment;
    settings.database_option = options.database;
    settings.audience = std::make_shared<Telling>(options.hear);
    remember_secret(password_in_url(options.database));
    settings.variables = read_env_file({});
    settings.config = read_config(options.config, options.environment, settings.variables);
    if (!options.migrations.empty()) settings.config.migrations = options.migrations;
    check_allowed(options.allow, settings);
  }

  /// A run, on a lock of its own.
  std::vector<MigrationRan> followed(std::string_view command, const Text& url,
                                     const std::function<void(LockedLedger&, FollowedRun&)>& body) {
    std::vector<MigrationRan> ran;
    FollowedRun run({std::make_shared<Kept>(ran, settings), hooks_of(settings, url)});
    std::optional<LockedLedger> work;  // to the end of the hooks, which need it
    run.whole({Text(command), postgres::name_of(url)}, [&] {
      work.emplace(url, options.wait, settings, stopping.get_token());
      body(*work, run);
    });
    return ran;
  }

  std::vector<MigrationRan> migrate() {
    const MigrateRequest request = request_of(options, settings);
    return followed("migrate", settings.need_database(),
                    [&](LockedLedger& work, FollowedRun& run) { quoin::migrate(work, run, request); });
  }

  MigratorOptions options;
  Settings settings;
  std::stop_source stopping;
};

Migrator::Migrator(MigratorOptions options) {
  try {
    inside_ = with_errors_told([&] { return std::make_unique<Inside>(options); });
  } catch (const MigratorError& error) { leave_with(error, options); }
}
Migrator::Migrator(Migrator&&) noexcept = default;
Migrator& Migrator::operator=(Migrator&&) noexcept = default;
Migrator::~Migrator() = default;

std::vector<MigrationRan> Migrator::migrate() {
  try {
    return with_errors_told([&] { return inside_->migrate(); });
  } catch (const MigratorError& error) { leave_with(error, inside_->options); }
}

MigratorStatus Migrator::status() {
  return with_errors_told([&] {
    const Settings& settings = inside_->settings;
    const Overview overview = overview_of(settings.need_database(), inside_->options.wait, settings);
    MigratorStatus status;
    if (const runner::MigrationStatus* last = last_applied(overview.statuses)) status.version = last->version();
    for (const runner::MigrationStatus& one : overview.statuses.all)
      status.all.push_back({one.version(), name_of(one), file_of(one), Text(runner::to_string(one.shown())),
                            for_people(one.last_error())});
    const bool has_history = overview.earlier.has_value();
    const Next next = next_of(overview.statuses);
    if (has_history)
      status.refuses = for_people(concat(overview.earlier->in_words(), "; ", overview.earlier->advice()));
    else if (next.is_refusal)
      status.refuses = for_people(next.words);
    return status;
  });
}

std::vector<MigrationRan> Migrator::rollback(int count) {
  return with_errors_told([&] {
    const Settings& settings = inside_->settings;
    const Text url = settings.need_database();
    const UndoRequest request{{std::nullopt, count, {}, {}}, inside_->options.wait};
    const UndoPreview asked = preview_undo(url, request, settings);
    if (asked.undoings.empty()) return std::vector<MigrationRan>();
    refuse_protected(settings, url, "a rollback");
    for (const Text& line : lines_of(asked.losses)) remark(settings, line);
    return inside_->followed("rollback", url,
                             [&](LockedLedger& work, FollowedRun& run) { undo_all(work, run, asked, request); });
  });
}

std::vector<MigrationProblem> Migrator::validate() {
  return with_errors_told([&] {
    const Validity validity = quoin::validate({inside_->options.shadow, inside_->options.wait}, inside_->settings);
    std::vector<MigrationProblem> problems;
    for (const Finding& finding : validity.findings)
      problems.push_back({finding.severity == Severity::error, Text(finding.rule.text()), for_people(finding.message),
                          for_people(to_string(finding.place)), for_people(finding.hint)});
    return problems;
  });
}

void Migrator::stop() { inside_->stopping.request_stop(); }

}  // namespace quoin
