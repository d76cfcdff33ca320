// How far owners, rights, comments and versions of extensions are quoin's, by `manage` in quoin.yaml. What is not
// compared stands on both sides of a comparison as the first has it, so that no step is about it.
#pragma once
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
/// Of what is about nothing of these: on.
Concern concern_of(Matter, const Settings&);

/// Makes `to` have of owners, rights and comments that are not `on` what `from` has of them; a sentence for each that
/// is `report` and differs.
List keep_uncompared(const Schema& from, Schema& to, const Settings&);

/// Where owners are `on`: makes an object of each owner that is not the role that has read the schema, or builds it.
/// Desired YAML that says no owner leaves it as `from` has it.
struct OwnedSide {
  Schema& schema;
  SourceForm form;
};
void settle_owners(OwnedSide from, OwnedSide to, const Settings&);

/// Where versions of extensions are not `off`: reads those of the database.
void read_versions(postgres::Connection&, Schema&, const Settings&);
/// Of a schema that was read without a server: makes those that are said count.
void count_versions(Schema&, const Settings&);
/// Where they are `report`: tells how they differ, and counts them no more.
List report_versions(Schema& from, Schema& to, const Settings&);

/// What a trial can tell: without what is not compared, and without owners that are `session`, the role that tries it.
/// nullopt: it is all of it.
std::optional<Schema> for_trial(const Schema&, std::string_view session, const Settings&);

/// What is to be documented: without what is `off`, and with every owner where they are `on`.
void leave_out_unconcerned(Schema&, const Settings&);

}  // namespace quoin
