// Comments taken out of SQL as Liquibase does it.
#pragma once
#include "core/base/text.h"

namespace quoin {

/// The SQL without comments, in the bodies of routines too. Line breaks stay, so that places do; only those inside of a
/// comment in a body go, as the tool takes them out.
Text without_comments(std::string_view sql);

}  // namespace quoin
