#include "runner/baseline.h"

#include "runner/work.h"

namespace quoin::runner {
namespace {

Entry entry_of(const Migration& file) {
  Entry entry;
  entry.version = file.version;
  entry.name = file.name;
  entry.description = file.description;
  take_file(entry, file);
  return entry;
}

void write(LedgerSession& session, const std::vector<MigrationStatus>& chosen) {
  session.ledger.hold(session.connection);
  for (const MigrationStatus& status : chosen) {
    const Entry entry = entry_of(*status.file);
    if (!write_row(session, entry, [&] { return session.ledger.add(session.connection, entry); }))
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
    if (status.entry == nullptr && !status.repeats()) chosen.push_back(status);
  }
  return chosen;
}

void baseline(LedgerSession& session, const std::vector<MigrationStatus>& chosen) {
  in_one_transaction(session.connection, [&] { write(session, chosen); });
}

}  // namespace quoin::runner
