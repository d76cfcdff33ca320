// What a run takes away wants leave.
#pragma once
#include "project/project.h"

namespace quoin {

/// The rule under which files run although another tool has a history there.
inline constexpr RuleName other_history_rule = "other-history";

/// Throws Error(Code::usage) for a rule, of --allow or allow:, that there is not.
void check_allowed(const List& said, const Settings&);
bool is_allowed(std::string_view rule, const List& said, const Settings&);

/// What a run of `pending` takes away.
std::vector<runner::Loss> losses_of(postgres::Connection&, const runner::Ledger&, const MigrationStatuses& all,
                                    const std::vector<runner::MigrationStatus>& pending);

/// What of a run's losses nobody has given leave for.
struct Leave {
  List rules;                       // each once
  std::vector<runner::Loss> open;   // of these rules
  std::vector<runner::Loss> notes;  // what wants no leave, and should be known
};
Leave leave_for(const std::vector<runner::Loss>&, const List& said, const Settings&);
/// Throws Error(Code::refused) where leave is wanted.
void require_leave(const Leave&);
/// The same where nobody can be asked: what wants no leave is remarked.
void require_leave_unasked(const std::vector<runner::Loss>&, const List& said, const Settings&);

}  // namespace quoin
