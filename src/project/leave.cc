#include "project/leave.h"

#include <algorithm>

#include "project/hooks.h"

namespace quoin {

bool is_allowed(std::string_view rule, const List& said, const Settings& settings) {
  return std::ranges::count(said, rule) > 0 || std::ranges::count(settings.config.allow, rule) > 0;
}

void check_allowed(const List& said, const Settings& settings) {
  List rules = said;
  rules.insert(rules.end(), settings.config.allow.begin(), settings.config.allow.end());
  const List known(runner::loss_rules().begin(), runner::loss_rules().end());
  for (const Text& rule : rules)
    if (!rule.empty() && std::ranges::count(known, rule) == 0)
      throw Error(Code::usage, concat("there is nothing to allow that is called \"", rule, "\""), {},
                  concat("there are ", join(known, ", ")));
}

std::vector<runner::Loss> losses_of(postgres::Connection& connection, const MigrationStatuses& all,
                                    const std::vector<runner::MigrationStatus>& pending, const Settings& settings) {
  if (pending.empty()) return {};
  const HookSections hooks = hook_sections(settings);
  std::vector<const Section*> sections;
  sections.reserve(pending.size() + hooks.before.size() + hooks.after.size());
  for (const Section& hook : hooks.before) sections.push_back(&hook);
  for (const runner::MigrationStatus& status : pending) sections.push_back(&status.file->up);
  for (const Section& hook : hooks.after) sections.push_back(&hook);
  const auto before = all.entries.empty() ? runner::AppliedBefore::none : runner::AppliedBefore::some;
  return find_losses(connection, sections, {before, runner::Ledger(settings.config.ledger).tables()});
}

void watch_holdings(LockedLedger& work, const std::vector<runner::Loss>& agreed, const List& said) {
  constexpr RuleName rule = "data-loss";
  const bool is_agreed = std::ranges::count(agreed, rule, &runner::Loss::rule) > 0;
  work.session.holdings.reset();
  if (!is_agreed && !is_allowed(rule, said, work.settings)) work.session.holdings.emplace(work.connection);
}

UnallowedLosses unallowed_losses(const std::vector<runner::Loss>& losses, const List& said, const Settings& settings) {
  UnallowedLosses leave;
  for (const runner::Loss& loss : losses) {
    if (loss.rule == runner::note_rule || loss.opens) {
      leave.notes.push_back(loss);
    } else if (!is_allowed(loss.rule, said, settings)) {
      if (std::ranges::count(leave.rules, loss.rule.text()) == 0) leave.rules.emplace_back(loss.rule);
      leave.open.push_back(loss);
    }
  }
  return leave;
}

void require_allowed(const UnallowedLosses& leave) {
  if (leave.rules.empty()) return;
  Error error(Code::refused, "pending migrations do what wants leave, and nobody has given it",
              leave.open.front().place,
              concat("if it is meant: quoin migrate --allow ", join(leave.rules, ","), ", or allow: [",
                     join(leave.rules, ", "), "] in quoin.yaml"));
  error.detail = join(lines_of(leave.open), "\n");
  throw error;
}

void require_allowed_unasked(const std::vector<runner::Loss>& losses, const List& said, const Settings& settings) {
  const UnallowedLosses leave = unallowed_losses(losses, said, settings);
  for (const Text& line : lines_of(leave.notes)) remark(settings, line);
  require_allowed(leave);
}

}  // namespace quoin
