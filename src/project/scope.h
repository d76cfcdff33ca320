// Which objects quoin manages, by `manage` in quoin.yaml. Unmanaged objects are read all the same, since others may
// need them; both sides of a comparison have them as the database does, so that no step changes them.
#pragma once
#include <unordered_map>

#include "core/model/schema.h"
#include "diff/diff.h"
#include "project/settings.h"

namespace quoin {

/// The objects that are not managed, each with the rule that excludes it. A rule that fits an object also fits what
/// lies in it and what its DROP drops (a column's sequence, a partition); the first rule that fits decides.
using Unmanaged = std::unordered_map<Id, const Manage::Rule*>;
Unmanaged unmanaged_in(const Schema&, const Settings&);
/// True if the first rule that fits the object includes it, and has no sign for any characters in its name.
bool is_included_by_name(Id, const Settings&);
/// "quoin.yaml:7: exclude: table public.audit_*".
Text said_by(const Manage::Rule&);

/// The unmanaged objects that both sides of a comparison have got.
struct KeptUnmanaged {
  Unmanaged ids;
  List errors, notes;  // a sentence each
};
/// Makes the unmanaged objects of `to` those of `from`, with the schemas that they lie in. `errors` name objects that
/// unmanaged ones need and `to` lacks, and unmanaged objects that managed ones need and neither side has.
KeptUnmanaged keep_unmanaged(const Schema& from, Schema& to, const Settings&);
/// Removes from `to` each renamed_from that would rename an unmanaged object; returns a sentence for each.
List renamed_unmanaged(const Schema& from, Schema& to, const Settings&);
/// A sentence for each unmanaged object that the plan's steps would make, change or drop; none where there are
/// `errors`.
List touched_unmanaged(const Plan&, const KeptUnmanaged&, const Schema& from, const Schema& to);
/// Adds to `written` the unmanaged objects of `other`, but for those that need an object that neither has.
void add_unmanaged(const Schema& other, Schema& written, const Settings&);

/// Removes the unmanaged objects, and names in Schema::notes those that managed ones need.
void leave_out_unmanaged(Schema&, const Settings&);

}  // namespace quoin
