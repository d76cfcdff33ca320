// Who names what, in a whole schema. Of this room alone.
#pragma once
#include <unordered_map>
#include <vector>

#include "core/model/schema.h"

namespace quoin {

/// Of each Id the objects that need it or mention it in a body, which the server may look up when the routine is made,
/// and whoever calls it runs.
using UsersById = std::unordered_map<Id, std::vector<Id>>;
UsersById users_by_id(const Schema&);

}  // namespace quoin
