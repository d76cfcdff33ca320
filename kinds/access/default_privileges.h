// Default privileges: what roles may do with what a role makes from now on, in one schema or in all.
#pragma once
#include "core/model/reading.h"
#include "kinds/access/default_rights.h"

namespace quoin {

/// Those of a schema, as they act on what is made.
class DefaultPrivileges {
 public:
  explicit DefaultPrivileges(const Schema&);
  /// After an object is made: what takes back the rights that they give and the object is not to have in `wanted`, and
  /// gives what they withhold.
  Steps close_to_others(Id made, const Schema& wanted) const;
  /// What they leave of each role's rights to a new object, where that is not what the object allows by itself.
  std::map<Text, List> rights_to(Id made, const Schema&) const;
  /// Those alone that act on these, which the session has made.
  static DefaultPrivileges of_session(std::span<const Id> made, const Schema&);

 private:
  DefaultPrivileges() = default;
  std::vector<DefaultRights> all_;
};

/// In replay: the grants that they give to what the session has made.
void grant_by_default(std::span<const Id> made, Reading&);
/// Says the new name of a role where they say the old one.
void rename_in_default_privileges(Schema&, const Text& old_role, const Text& role);

}  // namespace quoin
