// The privileges that an owner has on its object, where owners are not compared (project/concern.h).
#pragma once
#include <unordered_set>

#include "core/model/schema.h"

namespace quoin {

/// Rights on an object and its columns that a source gives to its session's role, whose name is told with the owner.
void name_session_in_rights(Id owned, const Text& role, Schema&);
/// The same of all whose owner is told to be the session's role.
void name_session_in_rights(Schema&);

/// What a trial has to give to its owner, since one of the schemas says what that one may do with it.
std::unordered_set<Id> with_rights_of_owners(const Schema& from, const Schema& to);

/// Makes a grant that is said of any role one of the owner, as `owners` is on the other side: that one may grant
/// everything, said or not.
void call_owners(Object& grant, const Object& owners);

/// Where owners are not compared: makes `to` say of the rights of each owner in `from` what `from` says, unless it has
/// another wish about that role.
void keep_rights_of_owners(const Schema& from, Schema& to);

}  // namespace quoin
