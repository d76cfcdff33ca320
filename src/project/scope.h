// Which objects are quoin's, by `manage` in quoin.yaml. What is not is known all the same: others may need it, and it
// stands on both sides of a comparison as the database has it, so that nothing becomes of it.
#pragma once
#include <unordered_map>

#include "core/model/schema.h"
#include "diff/diff.h"
#include "project/settings.h"

namespace quoin {

/// The objects that are not managed, each with the rule that says so. A rule that fits an object fits what lies in it
/// and what goes with it (a column's sequence, a partition) as well; the first rule that fits decides.
using Unmanaged = std::unordered_map<Id, const Manage::Rule*>;
Unmanaged unmanaged_in(const Schema&, const Settings&);
/// True if the first rule that fits the object includes it, and has no sign for any characters in its name.
bool is_included_by_name(Id, const Settings&);
/// "quoin.yaml:7: exclude: table public.audit_*".
Text said_by(const Manage::Rule&);

/// What stands beside the managed objects of two schemas.
struct Beside {
  Unmanaged ids;
  List errors, notes;  // a sentence each
};
/// Makes `to` have of the unmanaged what `from` has of it, and no more; a schema that holds some of it stays. An error
/// names what unmanaged objects need and `to` does not have, and what managed ones need that is in neither.
Beside keep_unmanaged(const Schema& from, Schema& to, const Settings&);
/// Takes out of `to` what asks that unmanaged objects be renamed, a sentence each.
List renamed_unmanaged(const Schema& from, Schema& to, const Settings&);
/// A sentence for each unmanaged object that the plan's steps make, change or drop, where none lacks anything.
List touched_unmanaged(const Plan&, const Beside&, const Schema& from, const Schema& to);
/// Adds to what was written the unmanaged objects of `other`, but for those that need what is in neither.
void add_unmanaged(const Schema& other, Schema& written, const Settings&);

/// Removes what is not managed, and notes what managed objects need of it.
void leave_out_unmanaged(Schema&, const Settings&);

}  // namespace quoin
