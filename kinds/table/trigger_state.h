// How a partition's trigger that is its parent's is enabled, where that is told by a statement.
#pragma once
#include "core/model/step.h"

namespace quoin {
class Reading;
class Users;

/// Reads how ALTER TABLE leaves a trigger, the table's own or one that it has from its parent; without a name, all of
/// them.
void read_trigger_state(Id table, const Text& trigger, std::string_view state, Reading&);
/// A table that is a partition no more has none of its parent's triggers.
void forget_trigger_states(Id table, Reading&);
/// Adds to the steps, of which the last attaches a partition, those that leave its triggers, and its own partitions',
/// as they are to be: when they come, each is as its parent's.
void restore_trigger_states(Id partition, const Users&, Steps&);
/// Marks the states of the triggers that go when the partition leaves as dropped by that step.
void drop_trigger_states(Id partition, const Users&, Step& leaving);

}  // namespace quoin
