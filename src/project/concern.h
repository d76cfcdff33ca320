// How far owners, grants and comments are quoin's concern, by `manage` in quoin.yaml (extension versions are in
// project/versions.h). Where they are not compared, both sides get them as the first has them, so that no step changes
// them.
#pragma once
#include <unordered_set>

#include "core/model/kind.h"
#include "project/source.h"

namespace quoin {

/// A key of `manage`, and the matter that it is about.
struct MatterRow {
  Matter matter;
  std::string_view key;  // in quoin.yaml
  Concern Manage::*concern;
  std::string_view doc;
};
std::span<const MatterRow> matters();
/// "otherwise, and left as it is (manage: KEY: report): …"
Text told_otherwise(std::string_view key, const List& names);
/// The concern for a matter; `on` for one that has no key.
Concern concern_of(Matter, const Settings&);

/// Makes the owners, grants and comments of `to` those of `from`, where their concern is not `on`. Returns a sentence
/// for each matter that is `report` and differs.
List keep_uncompared(const Schema& from, Schema& to, const Settings&);

/// A schema to be compared, and where it is from.
struct OwnedSide {
  Schema& schema;
  SourceForm form;
};
/// Leaves out what is told of rights and owners beside the model, where these are `off`.
void leave_out_outside(Schema&, const Settings&);
/// Unless owners are `off`: reads who owns the schema public, if that is not its first owner.
void read_owners_of_template(postgres::Connection&, Schema&, const Settings&);
/// Unless owners are `off`: makes an object of each owner that is told or, where they are `on`, is that of a database.
void add_owners(OwnedSide, const Settings&);
/// Call it after add_owners() and renames. An owner that a document does not say becomes the other side's; one that a
/// database does not say is the role that has read it. Marks the sequences of columns in `to` whose table another role
/// owns, so that their statements give them to that role.
void complete_owners(OwnedSide from, OwnedSide to, const Settings&);
/// The schema without owner objects that no privilege depends on, for a throw-away server, where such an owner may lack
/// what it has in the database (an event trigger's owner must be a superuser). nullopt: there is none to leave out.
std::optional<Schema> without_idle_owners(const Schema&);
/// For documents that are no SQL: removes the owners of columns' sequences, which are those of the tables.
void leave_owners_to_tables(Schema&);
/// For YAML, where owners are `report`: adds an owner object for each owner but the database's.
void add_other_owners(Schema&, const SchemaSource&, const Settings&);

/// For YAML: makes owners, grants and comments of template0's objects, where their concern is `off`, as they are in a
/// new database, so that YAML does not mention them.
void reset_template_objects(Schema&, const Settings&);

/// The role that tries a migration, and the objects that the trial gives to their owners although owners are not `on`.
struct TrialOwners {
  Text session;
  std::unordered_set<Id> given;
};
/// The part of a schema that a trial can compare: without what is not compared, and without owners that are the role
/// that tries it. nullopt: all of it.
std::optional<Schema> for_trial(const Schema&, const TrialOwners&, const Settings&);

/// Removes from a schema that is to be documented what is `off`; adds every owner where they are `on`.
void leave_out_unconcerned(Schema&, const Settings&);

}  // namespace quoin
