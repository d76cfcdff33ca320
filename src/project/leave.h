// Losses of a run, which --allow or allow: must permit.
#pragma once
#include "project/project.h"

namespace quoin {

/// The rule to allow for running files although another tool has a history in the database.
inline constexpr RuleName other_history_rule = "other-history";

/// Throws Error(Code::usage) for a name in --allow (`said`) or allow: that is no rule of losses.
void check_allowed(const List& said, const Settings&);
bool is_allowed(std::string_view rule, const List& said, const Settings&);

/// The losses of a run of `pending`, and of the SQL of its hooks.
std::vector<runner::Loss> losses_of(postgres::Connection&, const MigrationStatuses& all,
                                    const std::vector<runner::MigrationStatus>& pending, const Settings&);

/// The losses of a run that neither --allow nor allow: permits.
struct UnallowedLosses {
  List rules;                       // each once
  std::vector<runner::Loss> open;   // of these rules
  std::vector<runner::Loss> notes;  // losses and notes that need not be allowed, for a person to know
};
UnallowedLosses unallowed_losses(const std::vector<runner::Loss>&, const List& said, const Settings&);
/// Throws Error(Code::refused) where there are any.
void require_allowed(const UnallowedLosses&);
/// The same where nobody can be asked: the notes are remarked.
void require_allowed_unasked(const std::vector<runner::Loss>&, const List& said, const Settings&);

/// Has the session watch what the database holds, where nobody has given leave that data is lost: neither `said` nor
/// allow: has it, and the losses that were agreed to have none of it.
void watch_holdings(LockedLedger&, const std::vector<runner::Loss>& agreed, const List& said);

}  // namespace quoin
