// What renaming an object does to the texts that mention it.
#pragma once
#include "parser/names/resolver.h"

namespace quoin {

using Renamed = std::unordered_map<Id, Id>;  // old and new Id: of the object, and of all that lies below it

/// Adds `from` and all below it, with the Ids that they get when it becomes `to`.
void collect_renamed(const Schema&, Id from, Id to, Renamed&);
/// The objects whose texts may mention a renamed one, each once.
std::vector<Id> users_of(const Renamed&, Schema&);
/// Rewrites every text of an object that mentions one of them. The Schema still has them under their old names.
void rewrite(Object&, const Schema&, const Renamed&);

}  // namespace quoin
