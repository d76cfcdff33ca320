// Empties the ledger of a development database, and on request the database.
#pragma once
#include "project/project.h"
#include "runner/emptying.h"

namespace quoin {

enum class ResetExtent { history, all };  // all: what is in the database, too

struct ResetRequest {
  Text url;
  ResetExtent extent;
  std::optional<int> wait;
};

/// What a reset would drop (`what`, `members`), and from where.
struct ResetPreview : runner::DroppedContents {
  Text database, name;  // the latter for people
};
/// Reads on a connection that is closed when this returns. Throws as runner::find_contents().
ResetPreview preview_reset(const ResetRequest&, const Settings&);
/// Waits for other runners, then resets. Call refuse_protected() before. Throws Error(Code::refused) where the contents
/// are not those of `shown` any more.
void reset(const ResetRequest&, const ResetPreview& shown, const Settings&, const std::stop_token&);

}  // namespace quoin
