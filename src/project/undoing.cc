#include "project/undoing.h"

#include <algorithm>

#include "parser/migrations/refusals.h"
#include "project/hooks.h"
#include "project/leave.h"

namespace quoin {

namespace {
void refuse_failed_before(const MigrationStatuses& statuses) {
  for (const runner::MigrationStatus& status : statuses.all)
    if (status.shown() == runner::State::failed && status.entry == nullptr)
      throw Error(
          Code::refused,
          concat(status.label(), " has failed and is not applied, so this would undo another: ", status.last_error()),
          {status.file->file},
          concat("mend its file and run it: quoin migrate; what was applied before it is undone with quoin"
                 " rollback"));
}
}  // namespace

Undoings choose_undoings(postgres::Connection& connection, const UndoRequest& request, const Settings& settings) {
  if (request.bounds.count && *request.bounds.count < 1)
    throw Error(Code::usage, concat("--count ", std::to_string(*request.bounds.count), " undoes nothing"), {},
                "give 1 or more");
  const MigrationStatuses statuses =
      read_migration_statuses(connection, runner::Ledger(settings.config.ledger, seconds_of(request.wait)), settings);
  if (request.afterwards == Afterwards::run_again) refuse_failed_before(statuses);
  return runner::choose_undo(statuses.all, request.bounds);
}

MigrationStatuses statuses_to_undo(const Text& url, std::optional<int> wait, const Settings& settings) {
  postgres::Connection connection = connect(url, wait, settings);
  return read_migration_statuses(connection, runner::Ledger(settings.config.ledger, seconds_of(wait)), settings);
}

List labels_of(const Undoings& undoings) {
  List all;
  for (const runner::Undoing& undoing : undoings) all.push_back(undoing.entry.label());
  return all;
}

UndoPreview preview_undo(const Text& url, const UndoRequest& request, const Settings& settings,
                         const std::vector<Migration>& again) {
  postgres::Connection connection = connect(url, request.wait, settings);
  Undoings undoings = choose_undoings(connection, request, settings);
  const HookSections hooks = undoings.empty() ? HookSections() : hook_sections(settings);
  std::vector<const Section*> sections;
  for (const Section& hook : hooks.before) sections.push_back(&hook);
  for (const runner::Undoing& undoing : undoings) sections.push_back(&undoing.down);
  for (auto undoing = undoings.rbegin(); undoing != undoings.rend(); ++undoing)
    if (const auto file = std::ranges::find(again, undoing->entry.version, &Migration::version); file != again.end())
      sections.push_back(&file->up);
  for (const Section& hook : hooks.after) sections.push_back(&hook);
  std::vector<runner::Loss> losses = find_losses(connection, sections, {});
  return {std::move(undoings), std::move(losses), connection.name()};
}

Undoings undo_all(LockedLedger& work, FollowedRun& run, const UndoPreview& asked, const UndoRequest& request) {
  work.ledger.create(work.connection);
  const Undoings chosen = choose_undoings(work.connection, request, work.settings);
  if (labels_of(chosen) != labels_of(asked.undoings)) {
    throw Error(Code::refused, "another runner has changed what is applied meanwhile", {},
                "look at quoin status, then run it again");
  }
  watch_holdings(work, asked.losses, request.allow);
  if (!chosen.empty()) run.works(work, chosen.size());
  Undoings undone;
  for (const runner::Undoing& undoing : chosen) {
    work.lock.require_held();
    const Progress progress(work.settings, concat("undoing ", undoing.entry.label()));
    if (run.step(step_down(undoing), [&] { return runner::undo(work.session, undoing); })) undone.push_back(undoing);
  }
  return undone;
}

void require_runnable(const Undoings& undoings, const std::vector<Migration>& files) {
  for (const runner::Undoing& undoing : undoings) {
    const auto file = std::ranges::find(files, undoing.entry.version, &Migration::version);
    if (file == files.end())
      throw Error(Code::refused, concat(undoing.entry.label(), " has no file, so it could not run again"), {},
                  "put the file back; or only undo it: quoin rollback");
    for (const Finding& finding : refusals(*file))
      if (finding.severity == Severity::error) throw Error(Code::refused, finding.message, finding.place, finding.hint);
    runner::read_script(file->up, runner::wrapping_of(file->up));
  }
}

void run_again(LockedLedger& work, FollowedRun& run, const Undoings& undone, const std::vector<Migration>& files) {
  for (auto undoing = undone.rbegin(); undoing != undone.rend(); ++undoing) {
    const auto file = std::ranges::find(files, undoing->entry.version, &Migration::version);
    work.lock.require_held();
    const Progress progress(work.settings, concat("running ", file->file));
    run.step(step_up(*file), [&] { return runner::apply(work.session, *file, std::nullopt); });
  }
}

}  // namespace quoin
