// The history of a development database forgotten, and its contents dropped where that is asked for.
#pragma once
#include "project/project.h"

namespace quoin {

enum class ResetExtent { history, all };  // all: what is in the database, too

/// What a reset would take away, and from where.
struct ResetPreview {
  List what;            // "the history of 3 migrations in quoin.migrations", "schema app"
  Text database, name;  // the latter for people
};
/// Looks on a connection that is closed when this returns.
ResetPreview preview_reset(const Text& url, ResetExtent, std::optional<int> wait, const Settings&);
/// Waits for other runners. Throws Error(Code::refused) on a protected environment.
void reset(const Text& url, ResetExtent, std::optional<int> wait, const Settings&, const std::stop_token&);

}  // namespace quoin
