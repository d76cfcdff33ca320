// The names that an Id's own name is made of: the types of a routine's signature, the role of a grant.
#pragma once
#include <unordered_map>

#include "core/model/object.h"

namespace quoin {

/// Splits SQL text at its dots, quotes undone and the rest folded: `"My".Tab` → {My, tab}.
List name_parts(std::string_view sql_name);
/// The types of a signature: of "(a, public.\"b,c\"[])" both.
std::vector<std::string_view> types_of(std::string_view signature);

/// An Id for a name in a name space, whether or not an object holds that name on either side. It is the Id of no
/// object: its kind, parent and name are the name space, the schema's name and the name itself. Interned with the
/// others, so that all who use the same name have the same Id.
Id name_id(Ids&, const Slot&);
Id find_name_id(const Ids&, const Slot&);  // null where nobody names it
bool is_name(Id);

/// The names of other objects that an object's own name contains: by Kind::named_after, and the types of its signature.
/// Empty for most kinds.
std::vector<Id> names_in(Ids&, const Kind&, std::string_view name, std::string_view signature);

using NewNames = std::unordered_map<Id, Id>;  // names, before and now
/// The Id with each name that `NewNames` lists replaced by the new one; else the same Id.
Id with_names(Ids&, Id, const NewNames&);

}  // namespace quoin
