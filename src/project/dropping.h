// A whole database taken away.
#pragma once
#include "project/project.h"

namespace quoin {

/// A database that is to be dropped, and who is in it.
struct DatabaseInUse {
  Text database, name;  // the latter for people
  std::size_t sessions = 0;
  Text user;  // one of them, for people
};
/// Looks on a connection that is closed when this returns. No value: there is no such database.
std::optional<DatabaseInUse> find_database(const Text& url, std::optional<int> wait, const Settings&);

enum class Others { refuse, end };  // what is done about other sessions in it
/// Throws Error(Code::refused) where others are in it and may not be ended.
void require_unused(const DatabaseInUse&, Others);
struct DropRequest {
  Text url;
  Others others;
  std::optional<int> wait;
};
/// Drops it; whether its environment is protected, refuse_protected() has been asked before.
void drop_database(const DropRequest&, const DatabaseInUse&, const Settings&);

}  // namespace quoin
