#include "runner/baseline.h"

#include "runner/work.h"

namespace quoin::runner {
namespace {

void write(LedgerSession& session, const std::vector<MigrationStatus>& chosen) {
  session.ledger.hold(session.connection);
  for (const MigrationStatus& status : chosen) {
    const Entry entry = entry_of(*status.file);
    if (!write_row(session, entry, [&] { return add_row(session, entry, status.lost); }))
      throw Error(Code::refused, concat("another runner has written the row of ", entry.label(), " meanwhile"), {},
                  "nothing was written; look at quoin status, then say it again");
    session.ledger.log(session.connection, {entry.version, entry.name, "baseline", "taken as applied, without a run"});
  }
}

}  // namespace

std::vector<MigrationStatus> choose_baseline(const std::vector<MigrationStatus>& all, const Text& version) {
  const MigrationStatus& last = named(all, version);
  std::vector<MigrationStatus> chosen;
  for (const MigrationStatus& status : all) {
    if (&status > &last) break;
    if (status.state == State::failed)
      throw Error(Code::refused, concat(status.label(), " is done in part, so nobody can take it for applied unasked"),
                  {}, concat("settle it first: quoin repair ", status.version(), " --applied, --pending or --done N"));
    const bool is_named = &status == &last;  // one that repeats is of no version, so it is taken by its name alone
    if (status.entry == nullptr && (is_named || !status.repeats())) chosen.push_back(status);
  }
  return chosen;
}

void baseline(LedgerSession& session, const std::vector<MigrationStatus>& chosen) {
  in_one_transaction(session.connection, [&] { write(session, chosen); });
}

}  // namespace quoin::runner
