// The fields of triggers, for their kind and their readers.
#pragma once
#include "core/model/kind.h"

namespace quoin {

/// ENABLE, ENABLE ALWAYS, ENABLE REPLICA or DISABLE: what leads to a state of the field `enabled`.
std::string_view trigger_verb(std::string_view state);

struct TriggerFields : FieldTable {
  Field<Text> function{*this, "function", "what it calls", {.role = Role::routine, .presence = Presence::filled}};
  Field<Text> timing{
      *this, "timing", "before, after or instead of", {.fallback = "after", .words = "before|after|instead of"}};
  Field<List> events{*this,
                     "events",
                     "insert, delete, update, truncate",
                     {.presence = Presence::filled, .words = "insert|delete|update|truncate"}};
  Field<List> columns{*this, "columns", "the columns whose update counts", {.role = Role::column}};
  Field<Text> level{*this, "level", "row or statement", {.fallback = "statement", .words = "row|statement"}};
  Field<Text> when{*this, "when", "the condition for a call", {.role = Role::expression}};
  Field<List> arguments{*this, "arguments", "texts that the function is given", {.role = Role::text}};
  Field<Text> old_table{*this, "old_table", "name for the rows before"};
  Field<Text> new_table{*this, "new_table", "name for the rows after"};
  Field<bool> constraint{*this, "constraint", "a constraint trigger"};
  Field<Text> from{*this, "from", "the other table of a constraint trigger", {.role = Role::relation}};
  Field<bool> deferrable{*this, "deferrable", "may wait for the end of the transaction"};
  Field<bool> initially_deferred{*this, "initially_deferred", "waits unless told otherwise"};
  Field<Text> enabled{*this,
                      "enabled",
                      "origin, replica, always or disabled",
                      {.fallback = "origin", .words = "origin|replica|always|disabled"}};
};
inline constexpr TriggerFields trigger_fields;

}  // namespace quoin
