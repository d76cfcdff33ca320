// Default privileges: what roles may do with the objects that a role creates from now on, in one schema or in all.
#pragma once
#include "core/model/reading.h"
#include "kinds/access/default_rights.h"

namespace quoin {

/// The default privileges in a Schema, and what they do to objects that are created.
class DefaultPrivileges {
 public:
  explicit DefaultPrivileges(const Schema&);
  /// The steps after an object is created: REVOKE for rights that default privileges give it and `wanted` does not
  /// have, GRANT for those that they withhold.
  Steps close_to_others(Id made, const Schema& wanted) const;
  /// The rights of each role to a new object under these default privileges, where they are not those of any new
  /// object.
  std::map<Text, List> rights_to(Id made, const Schema&) const;
  /// Of the default privileges, those for objects that the session itself has created.
  static DefaultPrivileges of_session(std::span<const Id> made, const Schema&);

 private:
  DefaultPrivileges() = default;
  std::vector<DefaultRights> all_;
};

/// In replay: adds the grants that default privileges give to what the session has created.
void grant_by_default(std::span<const Id> made, Reading&);
/// What `schema` has and `before` has not gets the rights that default privileges of `before` give it, as what it has
/// at first: no statement is about them.
void grant_as_made(const Schema& before, Schema& schema);
/// Makes all of them what they are on a server of that major.
void settle_default_privileges(Schema&, int major);
/// Replaces a role's old name by the new one in all default privileges of the schema.
void rename_in_default_privileges(Schema&, const Text& old_role, const Text& role);

}  // namespace quoin
