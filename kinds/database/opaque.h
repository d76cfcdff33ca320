// The fields of what no kind models.
#pragma once
#include "kinds/list.h"

namespace quoin {

inline constexpr struct OpaqueFields : FieldTable {
  Field<Text> what{*this, "what", "its kind, in the server's words", {.counts = Counts::derived}};
  Field<Text> space{*this, "space", "the name space it takes a name in", {.counts = Counts::derived}};
  Field<Text> called{*this, "called", "the name it takes there", {.role = Role::text, .counts = Counts::derived}};
  Field<Text> arguments{*this, "arguments", "its input types", {.role = Role::text, .counts = Counts::derived}};
} opaque_fields;

/// How statements name what has no kind yet: what they say of it is not followed, but whether it is there can be told.
std::span<const ObjectType> types_without_kind();

}  // namespace quoin
