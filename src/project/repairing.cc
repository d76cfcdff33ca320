#include "project/repairing.h"

#include "runner/lost_rows.h"
#include "runner/replaced.h"

namespace quoin {
namespace {
using runner::State;

bool is_nothing(const runner::Entry& entry) {
  return entry.odd.empty() && entry.forced.empty() && entry.status == runner::Status::failed &&
         entry.statements_done == 0 && entry.begun == 0;
}

LedgerFault changed(const runner::MigrationStatus& status, const RepairRequest& request) {
  const Text& file = status.file->file;
  return {status.version(),
          {runner::ClaimedState::applied},
          concat(file, " was changed after being applied"),
          "where the change was reviewed: quoin repair --checksums",
          concat("take ", file, " as it is now"),
          concat("took ", file, " as it is now"),
          request.checksums};
}

LedgerFault unlike_replaced(const runner::MigrationStatus& status, const RepairRequest& request) {
  const Text ran = status.entry->label(), meant = concat("the file that ", status.baseline->label(), " replaces");
  return {status.version(),
          {runner::ClaimedState::as_replaced},
          concat(ran, " ran here as another than ", meant),
          "where this database is as that would have made it: quoin repair --checksums",
          concat("take ", ran, " as ", meant),
          concat("took ", ran, " as ", meant),
          request.checksums};
}

LedgerFault forgettable(const runner::MigrationStatus& status, Text what, Text way, const Text& forgotten) {
  return {status.version(), {runner::ClaimedState::pending}, std::move(what),
          std::move(way),   concat("forget ", forgotten),    concat("forgot ", forgotten)};
}

/// A failure that was rolled back as a whole is no fault of the ledger, but what a person who repairs is after.
LedgerFault without_trace(const runner::MigrationStatus& status) {
  const Text& action = status.failure->action;
  const Text what = action == "rollback" ? " failed when it was undone, and stands"
                    : action == "force"  ? " failed when it ran once more, and nothing of that is kept"
                                         : " failed, and nothing of it is kept";
  const Text way = action == "rollback" ? Text("run quoin rollback again once what it needs is there")
                   : action == "force"  ? Text("its row needs no repair")
                                        : Text("quoin migrate runs it again");
  return {status.version(),
          {},
          concat(status.label(), what, ": ", status.last_error()),
          concat("the ledger needs no repair for it: ", way),
          {},
          {}};
}

std::optional<LedgerFault> fault_of(const runner::MigrationStatus& status, const RepairRequest& request) {
  const Text label = status.label();
  const bool is_finished = status.state == State::changed || status.state == State::replaced;
  if (is_finished && status.is_unlike_replaced()) return unlike_replaced(status, request);
  if (status.state == State::changed && status.baseline == nullptr) return changed(status, request);
  std::optional<LedgerFault> fault;
  if (status.state == State::lost) {
    fault = {status.version(),
             {},
             concat(label, " has lost its row: the log says that it was ", runner::told_of_lost(status)),
             runner::way_of_lost(status),
             {},
             {}};
  } else if (status.state == State::missing) {
    fault = forgettable(status, concat(label, " was applied, and its file is gone"),
                        "to forget it: quoin repair --missing", concat(label, ", whose file is gone"));
    fault->is_asked_for = request.missing;
  } else if (status.state == State::failed && is_nothing(*status.entry)) {
    fault = forgettable(status, concat(label, " has failed, and nothing of it stands"),
                        "to begin it anew: quoin repair --failed",
                        concat("the failure of ", label, ", of which nothing stands"));
    fault->is_asked_for = request.failed;
  } else if (status.state != State::failed && status.failure != nullptr) {
    fault = without_trace(status);
  } else if (status.state == State::failed) {
    fault = {status.version(),
             {},
             concat(label, " is done in part: ", status.state_in_words()),
             concat("look what stands, and say: quoin repair ", status.version(), " --applied, --pending or --done N"),
             {},
             {}};
  }
  return fault;
}

/// A baseline of which the database has only part is nothing that a row could be mended for.
void add_refusal(const MigrationStatuses& statuses, std::vector<LedgerFault>& all) {
  try {
    runner::refuse_part_of_replaced(statuses.all);
  } catch (const Error& refusal) {
    all.push_back({{}, {}, concat(refusal.where.file, ": ", refusal.what()), refusal.hint, {}, {}});
  }
}

std::vector<LedgerFault> faults_in(const MigrationStatuses& statuses, const RepairRequest& request) {
  std::vector<LedgerFault> all;
  for (const runner::MigrationStatus& status : statuses.all)
    if (std::optional<LedgerFault> fault = fault_of(status, request)) all.push_back(std::move(*fault));
  if (all.empty()) add_refusal(statuses, all);
  return all;
}
}  // namespace

std::vector<LedgerFault> ledger_faults(const RepairRequest& request, const Settings& settings) {
  postgres::Connection connection = connect(request.url, request.wait, settings);
  const runner::Ledger ledger(settings.config.ledger, seconds_of(request.wait));
  return faults_in(read_migration_statuses(connection, ledger, settings), request);
}

std::vector<LedgerFault> mend_ledger(const RepairRequest& request, const Settings& settings,
                                     const std::stop_token& stop) {
  LockedLedger work(request.url, request.wait, settings, stop);
  work.ledger.create(work.connection);
  const MigrationStatuses statuses = read_migration_statuses(work.connection, work.ledger, settings);
  std::vector<LedgerFault> all;
  for (const runner::MigrationStatus& status : statuses.all) {
    std::optional<LedgerFault> fault = fault_of(status, request);
    if (!fault) continue;
    all.push_back(std::move(*fault));
    if (all.back().is_asked_for) runner::repair(work.session, status, all.back().repair);
  }
  return all;
}

Repaired repair_migration(const MigrationRepair& said, const Settings& settings, const std::stop_token& stop) {
  LockedLedger work(said.url, said.wait, settings, stop);
  work.ledger.create(work.connection);
  const MigrationStatuses statuses = read_migration_statuses(work.connection, work.ledger, settings);
  const runner::MigrationStatus& status = runner::named(statuses.all, said.version);
  Text before = runner::repair(work.session, status, said.repair);
  return {status.version(), status.file != nullptr ? status.file->name : status.entry->name, status.label(),
          std::move(before)};
}

Text make_log(const Text& url, std::optional<int> wait, const Settings& settings, const std::stop_token& stop) {
  LockedLedger work(url, wait, settings, stop);
  work.ledger.create(work.connection);
  return work.ledger.tables().back();
}

}  // namespace quoin
