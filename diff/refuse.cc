#include "diff/planner.h"

namespace quoin {

namespace {
using Holders = std::unordered_map<Slot, Id>;

template <class Visit>
void each_opaque(const Schema& schema, Visit visit) {
  schema.each([&](const Object& object) {
    if (object.id->kind->has(opaque)) visit(object);
  });
}

Holders opaque_holders(const Schema& schema) {
  Holders holders;
  each_opaque(schema, [&](const Object& object) {
    for (Slot& slot : slots_of(object)) holders.emplace(std::move(slot), object.id);
  });
  return holders;
}

Id holder_of_a_name(const Object& object, const Holders& holders) {
  if (holders.empty()) return Id();
  for (const Slot& slot : slots_of(object))
    if (const auto found = holders.find(slot); found != holders.end()) return found->second;
  return Id();
}
}  // namespace

void Planner::refuse(Id id, std::string_view why) {
  errors.push_back(concat(path(id), ": ", why, "; change it in a migration written by hand"));
}

// quoin could not create an opaque object again, so that a plan may drop it only where it drops its host for good.
void Planner::refuse_loss_of_opaque() {
  each_opaque(from_, [&](const Object& object) {
    if (const Id host = dropped_with(object); from_.find(host) && fate(host) == Fate::dropped) return;
    std::vector<Id> used = object.needs;
    if (object.id->parent) used.push_back(object.id->parent);
    for (Id id : used)
      if (from_.find(id) && (is_dropped(id) || users_decided_.contains(id)))
        errors.push_back(concat(path(id), " has to be ", fate(id) == Fate::dropped ? "dropped" : "built anew",
                                ", but quoin could not make ", path(object.id),
                                " again, which needs it; drop that by hand first, and create it again afterwards"));
  });
}

// A wanted object needs, or has the name of, an opaque object that quoin can neither create nor drop.
void Planner::refuse_want_of_opaque() {
  const Holders before = opaque_holders(from_), after = opaque_holders(to_);
  for (Id id : touched_) {
    const Object *old = from_.find(id), *wanted = to_.find(id);
    for (Id used : wanted ? wanted->needs : std::vector<Id>())
      if (used->kind->has(opaque) && !from_.find(used))
        errors.push_back(concat(path(id), " needs ", path(used),
                                ", which quoin cannot create yet; create that by hand first, then diff again"));
    if (const Id other = wanted && !old ? holder_of_a_name(*wanted, before) : Id())
      errors.push_back(concat(path(id), " cannot be created: ", path(other),
                              " has that name, and quoin does not change it; drop or rename that by hand first"));
    if (const Id other = old && !wanted ? holder_of_a_name(*old, after) : Id())
      errors.push_back(concat(path(id), " cannot become ", path(other),
                              ": quoin cannot create that yet; change it in a migration written by hand"));
  }
}

}  // namespace quoin
