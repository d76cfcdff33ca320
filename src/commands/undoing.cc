#include "commands/undoing.h"

#include <nlohmann/json.hpp>

#include "project/leave.h"

namespace quoin {

UndoRequest request_of(const UndoOptions& given) {
  UndoRequest request = given.request;
  if (given.yes)
    request.allow.assign(runner::loss_rules().begin(), runner::loss_rules().end());
  else if (given.allow)
    request.allow = split(*given.allow, ',');
  return request;
}

void confirm(const UndoPreview& asked, const UndoOptions& given, const CommandLine& settings) {
  if (given.yes) return tell(settings, lines_of(asked.losses));
  if (given.allow) {
    const UnallowedLosses leave = unallowed_losses(asked.losses, split(*given.allow, ','), settings);
    if (leave.rules.empty()) return tell(settings, lines_of(asked.losses));
    Error error(Code::refused, "what is undone takes away what --allow does not name", leave.open.front().place,
                concat("if it is meant: --allow ", join(leave.rules, ","), " too, or -y for all of it"));
    error.detail = join(lines_of(leave.open), "\n");
    throw error;
  }
  const Text what = concat("undo ", join(labels_of(asked.undoings), ", "), " on ", asked.database);
  require_terminal(what, "say -y to go ahead", lines_of(asked.losses));
  tell(settings, lines_of(asked.losses));
  if (says_yes(concat("Really ", what, "? Data that it drops is lost."))) return;
  throw Error(Code::refused, "not confirmed, so nothing was undone", {},
              "where it is meant, say it again and answer yes, or give -y; --dry-run only shows it");
}

void declare_undo_allow(Options& options, UndoOptions& given) {
  options.value("--allow RULES", given.allow,
                "do not ask where no more than these is lost, as data-loss,access; what else is lost is refused");
}

void UndoReport::ends(const RunStep& step, const RunEnd& end) {
  const bool is_up = step.way == RunDirection::up;
  const char* what = is_up ? "applied" : "undone";
  if (end.how == Ending::skipped)
    remark(settings_, concat(step.label(), " was ", what, " by another runner meanwhile"));
  if (end.how == Ending::failed) failed_.push_back(step);
  if (end.how != Ending::succeeded) return;
  (is_up ? applied_ : undone_).push_back(step);
  if (!settings_.json) print_lines(concat(what, " ", step.label(), "\n"));
}

nlohmann::ordered_json json_of(const std::vector<RunStep>& steps) {
  nlohmann::ordered_json all = nlohmann::ordered_json::array();
  for (const RunStep& step : steps) all.push_back({{"version", step.version}, {"name", step.name}});
  return all;
}

Text why_nothing(const UndoRequest& request) {
  return concat("nothing to undo: nothing is applied",
                request.bounds.to ? concat(" after ", *request.bounds.to) : Text(), "\n");
}

}  // namespace quoin
