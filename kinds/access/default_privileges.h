// Default privileges: what roles may do with what is created from now on. There is no kind for them yet, so that
// nothing changes them, but what they do to new objects is known.
#pragma once
#include "core/model/reading.h"

namespace quoin {

/// Those of a schema.
std::vector<const Object*> default_privileges(const Schema&);

/// After an object is made where `there` are default privileges: what takes back the rights that they give and the
/// object is not to have in `wanted`, and gives everybody what they withhold.
Steps close_to_others(Id made, const std::vector<const Object*>& there, const Schema& wanted);

/// In replay: the grants that they give to what the session has made.
void grant_by_default(std::span<const Id> made, Reading&);
void read_default_privileges(ast::Node, Reading&);
/// Says the new name of a role or schema where they say the old one.
void rename_in_default_privileges(Schema&, const Slot& old, std::string_view name);

}  // namespace quoin
