// A plan in words, as a comment on a pull request has it.
#pragma once
#include "project/routes.h"

namespace quoin {

/// A plan as Markdown: what changes, object by object; its hazards, both ways; whether it was proven, and on what; what
/// is left out.
Text change_summary(const Routes&);
/// "unproven: …", and the other lines of why below it.
void remark_unproven(const Routes&, const Settings&);

}  // namespace quoin
