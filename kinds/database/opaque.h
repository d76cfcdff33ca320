// The kind `other object`: its fields, for what quoin has no kind for.
#pragma once
#include "kinds/list.h"

namespace quoin {

inline constexpr struct OpaqueFields : FieldTable {
  Field<Text> what{*this, "what", "its kind, in the server's words", {.counts = Counts::derived}};
  Field<Text> space{*this, "space", "the name space it takes a name in", {.counts = Counts::derived}};
  Field<Text> called{*this, "called", "the name it takes there", {.role = Role::text, .counts = Counts::derived}};
  Field<Text> arguments{*this, "arguments", "its input types", {.role = Role::text, .counts = Counts::derived}};
} opaque_fields;

/// The types of object that statements name and no kind models. quoin follows nothing that statements say of such an
/// object, but it can tell whether the object is there.
std::span<const ObjectType> types_without_kind();

}  // namespace quoin
