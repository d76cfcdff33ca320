// Line ends of SQL, which a checkout may have as CR LF. What stands in quotes is a value, and stays as the file has it.
#pragma once
#include "core/base/text.h"

namespace quoin {

/// LF for every CR LF that is no part of a string, a dollar quote or a quoted name.
Text with_line_feeds(Text sql);
/// LF for every CR LF, wherever it stands: for checksums, which are to be the same in any checkout.
Text with_line_feeds_alone(Text sql);

}  // namespace quoin
