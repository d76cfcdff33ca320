// Which objects name which, in a whole schema. For diff/ alone.
#pragma once
#include <unordered_map>
#include <vector>

#include "core/model/schema.h"

namespace quoin {

/// For each Id the objects that need it or mention it in a body. The server may look up what a body mentions when the
/// routine is created, and does when it is called.
using UsersById = std::unordered_map<Id, std::vector<Id>>;
UsersById users_by_id(const Schema&);

}  // namespace quoin
