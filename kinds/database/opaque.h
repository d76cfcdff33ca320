// The fields of what no kind models.
#pragma once
#include "core/model/kind.h"

namespace quoin {

inline constexpr struct OpaqueFields : FieldTable {
  Field<Text> what{*this, "what", "its kind, in the server's words", {.counts = Counts::derived}};
  Field<Text> space{*this, "space", "the name space it takes a name in", {.counts = Counts::derived}};
  Field<Text> called{*this, "called", "the name it takes there", {.role = Role::text, .counts = Counts::derived}};
  Field<Text> arguments{*this, "arguments", "its input types", {.role = Role::text, .counts = Counts::derived}};
  Field<bool> acts{*this, "acts", "it acts on what is created beside it", {.counts = Counts::derived}};
  Field<List> gives{
      *this, "gives", "of default privileges: sort, schema, role, then the rights", {.counts = Counts::derived}};
} opaque_fields;

/// True if it acts on what is created beside it, as event triggers do, though no kind knows how.
bool acts_on_new(const Object&);

}  // namespace quoin
