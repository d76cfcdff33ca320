// What a rename does to the texts that mention what is renamed.
#pragma once
#include "parser/names/resolver.h"

namespace quoin {

using Renamed = std::unordered_map<Id, Id>;  // all that get another Id: the object, and what lies below it

/// `from` and all below it, with the Ids they get when it becomes `to`.
void collect_renamed(const Schema&, Id from, Id to, Renamed&);
/// Whose texts may mention one of them.
std::vector<Id> users_of(const Renamed&, Schema&);
/// Rewrites every text of an object that mentions one of them. The Schema still has them under their old names.
void rewrite(Object&, const Schema&, const Renamed&);

}  // namespace quoin
