// The history of a development database forgotten, and its contents dropped where that is asked for.
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

/// What a reset takes away (`what`, `members`), and from where.
struct ResetPreview : runner::Going {
  Text database, name;  // the latter for people
};
/// Looks on a connection that is closed when this returns. Throws Error(Code::refused) that lists what lies elsewhere
/// and could not stay.
ResetPreview preview_reset(const ResetRequest&, const Settings&);
/// Waits for other runners; whether the environment is protected, refuse_protected() has been asked before. Throws
/// Error(Code::refused) where what goes is no more what
/// `shown` says.
void reset(const ResetRequest&, const ResetPreview& shown, const Settings&, const std::stop_token&);

}  // namespace quoin
