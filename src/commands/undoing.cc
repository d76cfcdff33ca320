#include "commands/undoing.h"

namespace quoin {

Undoings choose_undoings(postgres::Connection& connection, const UndoOptions& given, const Settings& settings) {
  if (given.count && *given.count < 1)
    throw Error(Code::usage, concat("--count ", std::to_string(*given.count), " undoes nothing"), {}, "give 1 or more");
  const MigrationStatuses statuses =
      read_standings(connection, runner::Ledger(settings.config.ledger, seconds_of(given.wait)), settings);
  return runner::choose_undo(statuses.all, {given.to, given.count, {}, {}});
}

List labels_of(const Undoings& undoings) {
  List all;
  for (const runner::Undoing& undoing : undoings) all.push_back(undoing.entry.label());
  return all;
}

AskedUndoings ask_undoings(const Text& url, const UndoOptions& given, const CommandLine& settings) {
  postgres::Connection connection = connect(url, given.wait, settings);
  Undoings undoings = choose_undoings(connection, given, settings);
  std::vector<const Section*> downs;
  for (const runner::Undoing& undoing : undoings) downs.push_back(&undoing.down);
  std::vector<runner::Loss> losses = find_losses(connection, downs, runner::AppliedBefore::some);
  return {std::move(undoings), std::move(losses), connection.name()};
}

void confirm(const AskedUndoings& asked, const UndoOptions& given, const CommandLine& settings) {
  if (given.yes) return tell(settings, lines_of(asked.losses));
  const Text what = concat("undo ", join(labels_of(asked.undoings), ", "), " on ", asked.database);
  require_terminal(what, "say -y to go ahead", lines_of(asked.losses));
  tell(settings, lines_of(asked.losses));
  if (says_yes(concat("Really ", what, "? Data that it drops is lost."))) return;
  throw Error(Code::refused, "not confirmed, so nothing was undone");
}

Undoings undo_all(AtWork& work, FollowedRun& run, const AskedUndoings& asked, const UndoOptions& given) {
  work.ledger.create(work.connection);
  const Undoings chosen = choose_undoings(work.connection, given, work.settings);
  if (labels_of(chosen) != labels_of(asked.undoings)) {
    throw Error(Code::refused, "another runner has changed what is applied meanwhile", {},
                "look at quoin status, then run it again");
  }
  if (!chosen.empty()) run.works(work, chosen.size());
  Undoings undone;
  for (const runner::Undoing& undoing : chosen) {
    work.lock.require_held();
    const Progress progress(work.settings, concat("undoing ", undoing.entry.label()));
    if (run.step(step_down(undoing), [&] { return runner::undo(work.session, undoing); })) undone.push_back(undoing);
  }
  return undone;
}

namespace {
class UndoReport : public Follower {
 public:
  explicit UndoReport(const CommandLine& settings) : settings_(settings) {}
  void ends(const RunStep& step, const RunEnd& end) override {
    const char* what = step.way == Way::up ? "applied" : "undone";
    if (end.how == Ending::skipped)
      remark(settings_, concat(step.label(), " was ", what, " by another runner meanwhile"));
    if (end.how == Ending::succeeded && !settings_.json) print_lines(concat(what, " ", step.label(), "\n"));
  }

 private:
  const CommandLine& settings_;
};
}  // namespace

std::shared_ptr<Follower> undo_report(const CommandLine& settings) { return std::make_shared<UndoReport>(settings); }

}  // namespace quoin
