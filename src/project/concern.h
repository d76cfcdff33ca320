// How far owners, rights and comments are quoin's, by `manage` in quoin.yaml (versions: project/versions.h). What is
// not compared stands on both sides of a comparison as the first has it, so that no step is about it.
#pragma once
#include <unordered_set>

#include "core/model/kind.h"
#include "project/source.h"

namespace quoin {

struct MatterRow {
  Matter matter;
  std::string_view key;  // in quoin.yaml
  Concern Manage::*concern;
  std::string_view doc;
};
std::span<const MatterRow> matters();
/// "otherwise, and left as it is (manage: KEY: report): …"
Text told_otherwise(std::string_view key, const List& names);
/// Of what is about nothing of these: on.
Concern concern_of(Matter, const Settings&);

/// Makes `to` have of owners, rights and comments that are not `on` what `from` has of them; a sentence for each that
/// is `report` and differs.
List keep_uncompared(const Schema& from, Schema& to, const Settings&);

/// A schema to be compared, and where it is from.
struct OwnedSide {
  Schema& schema;
  SourceForm form;
};
/// Leaves out what is told of rights and owners beside the model, where these are `off`.
void leave_out_outside(Schema&, const Settings&);
/// Unless owners are `off`: who owns the schema that every database has, if not the role that owns it at first.
void read_owners_of_template(postgres::Connection&, Schema&, const Settings&);
/// Unless owners are `off`: makes an object of each owner that is told or, where they are `on`, is that of a database.
void say_owners(OwnedSide, const Settings&);
/// After say_owners(), and renames: what says no owner leaves it as it is, and what a database does not say is the
/// role's that has read it. Tells sequences of columns in `to` that their table is another role's.
void settle_owners(OwnedSide from, OwnedSide to, const Settings&);
/// What a throw-away server is to build, where some owner does not matter for rights: it may not be allowed there what
/// it is in the database (an event trigger's owner is a superuser). nullopt: all of it.
std::optional<Schema> without_idle_owners(const Schema&);
/// For documents that are no SQL: leaves out who owns a column's sequence, which its table says.
void leave_owners_to_tables(Schema&);
/// For YAML, where owners are `report`: makes an object of each owner but the database's own.
void say_other_owners(Schema&, const SchemaSource&, const Settings&);

/// For YAML: what every database is born with and is `off` is as it was, of which nothing is said.
void say_as_born(Schema&, const Settings&);

/// Who tries a migration, and what is given to its owner there where owners are not `on`.
struct TrialOwners {
  Text session;
  std::unordered_set<Id> given;
};
/// What a trial can tell: without what is not compared, and without owners that are the role that tries it. nullopt: it
/// is all of it.
std::optional<Schema> for_trial(const Schema&, const TrialOwners&, const Settings&);

/// What is to be documented: without what is `off`, and with every owner where they are `on`.
void leave_out_unconcerned(Schema&, const Settings&);

}  // namespace quoin
