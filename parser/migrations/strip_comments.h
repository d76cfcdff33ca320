// Comments taken out of SQL as Liquibase does it.
#pragma once
#include "core/base/text.h"

namespace quoin {

/// Without comments, in the bodies of routines too. Line breaks stay, so that places do, but those within a comment in
/// a body, which the tool takes out with it.
Text without_comments(std::string_view sql);

}  // namespace quoin
