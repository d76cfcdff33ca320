// SQL without its comments, for Liquibase's stripComments.
#pragma once
#include "core/base/text.h"

namespace quoin {

/// The SQL without comments, also of those in the bodies of routines. Line breaks stay, so that line numbers do; only
/// those within a comment in a body are removed, as Liquibase does.
Text without_comments(std::string_view sql);

}  // namespace quoin
