// Drops a whole database.
#pragma once
#include "project/project.h"

namespace quoin {

/// A database that is to be dropped, and the other sessions that are connected to it.
struct DatabaseInUse {
  Text database, name;  // name: for people
  std::size_t sessions = 0;
  Text user;  // one of the sessions, for people
};
/// Looks on a connection that is closed when this returns. No value: there is no such database.
std::optional<DatabaseInUse> find_database(const Text& url, std::optional<int> wait, const Settings&);

enum class Others { refuse, end };  // what to do about other sessions
/// Throws Error(Code::refused) where other sessions are connected and may not be ended.
void require_unused(const DatabaseInUse&, Others);
struct DropRequest {
  Text url;
  Others others;
  std::optional<int> wait;
};
/// Drops the database. Call refuse_protected() before.
void drop_database(const DropRequest&, const DatabaseInUse&, const Settings&);

}  // namespace quoin
