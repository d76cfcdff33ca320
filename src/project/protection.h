// Protected environments, on whose databases nothing may be undone or dropped.
#pragma once
#include "project/settings.h"

namespace quoin {

/// Throws Error(Code::refused) where quoin.yaml says `protected: true` of the chosen environment, or of one whose
/// database is that of `url`, which both servers are asked; and where that cannot be known, unless --env names another
/// environment. `doing`: what is refused, "quoin reset". Needs room for one connection, and leaves none open.
void refuse_protected(const Settings&, const Text& url, std::string_view doing);

}  // namespace quoin
