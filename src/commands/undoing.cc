#include "commands/undoing.h"

namespace quoin {

void confirm(const UndoPreview& asked, const UndoOptions& given, const CommandLine& settings) {
  if (given.yes) return tell(settings, lines_of(asked.losses));
  const Text what = concat("undo ", join(labels_of(asked.undoings), ", "), " on ", asked.database);
  require_terminal(what, "say -y to go ahead", lines_of(asked.losses));
  tell(settings, lines_of(asked.losses));
  if (says_yes(concat("Really ", what, "? Data that it drops is lost."))) return;
  throw Error(Code::refused, "not confirmed, so nothing was undone");
}

namespace {
class UndoReport : public Follower {
 public:
  explicit UndoReport(const CommandLine& settings) : settings_(settings) {}
  void ends(const RunStep& step, const RunEnd& end) override {
    const char* what = step.way == RunDirection::up ? "applied" : "undone";
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
