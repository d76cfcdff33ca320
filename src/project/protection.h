// Databases on which nothing may be taken back or away.
#pragma once
#include "project/settings.h"

namespace quoin {

/// Throws Error(Code::refused) where the environment that was chosen, or one whose database `url` names, says
/// `protected: true` in quoin.yaml. `doing`: what was asked for, "quoin reset".
void refuse_protected(const Settings&, const Text& url, std::string_view doing);

}  // namespace quoin
