// What rollback and redo share: their options, who is asked, and what is said.
#pragma once
#include "commands/event_log.h"
#include "project/undoing.h"

namespace quoin {

struct UndoOptions {
  UndoRequest request;
  std::optional<Text> allow{};  // rules of losses that need no question: "data-loss,access"
  bool dry_run = false, yes = false, list = false;
  Telling telling{};
};

/// The request as the person has made it: -y allows all losses.
UndoRequest request_of(const UndoOptions&);

/// Asks the person. Throws Error(Code::refused) where the answer is no, or nobody can be asked.
void confirm(const UndoPreview&, const UndoOptions&, const CommandLine&);

/// Declares --allow.
void declare_undo_allow(Options&, UndoOptions&);

/// Says of each migration that was undone, or run again, that it was, and keeps them, in the order in which they ended.
class UndoReport : public Follower {
 public:
  explicit UndoReport(const CommandLine& settings) : settings_(settings) {}
  void ends(const RunStep&, const RunEnd&) override;
  const std::vector<RunStep>& undone() const { return undone_; }
  const std::vector<RunStep>& applied() const { return applied_; }
  const std::vector<RunStep>& failed() const { return failed_; }
  /// True if a run that stops here has done something, or tried to.
  bool has_news() const { return !undone_.empty() || !failed_.empty(); }

 private:
  const CommandLine& settings_;
  std::vector<RunStep> undone_, applied_, failed_;
};
nlohmann::ordered_json json_of(const std::vector<RunStep>&);
/// Why there is nothing to undo, a line.
Text why_nothing(const UndoRequest&);

}  // namespace quoin
