// The key that a foreign key rests on, as a name that a statement makes and another needs.
#pragma once
#include <optional>

#include "core/model/schema.h"

namespace quoin {

/// The name space of these names: "users (id)", in the scope of the table, the columns sorted.
inline constexpr std::string_view space_of_keys = "unique key";

/// Of a primary key, unique constraint or unique index of whole columns: the name; no value for anything else.
std::optional<Slot> key_made_by(const Object&);
/// Of a foreign key for whose columns the table that it refers to has no key that the server would take
/// (transformFkeyCheckAttrs() in tablecmds.c): the key's name. No value: it has one, or not all is known of the table.
std::optional<Slot> key_missed_by(const Object&, const Schema&);

}  // namespace quoin
