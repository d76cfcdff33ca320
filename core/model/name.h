// The names of other objects within an Id's own name: the types of a routine's signature, the role of a grant.
#pragma once
#include <unordered_map>

#include "core/model/object.h"

namespace quoin {

/// The parts of a name written in SQL, unquoted and folded: `"My".Tab` → {My, tab}.
List name_parts(std::string_view sql_name);
/// The types in a signature: "(a, public.\"b,c\"[])" has two.
std::vector<std::string_view> types_of(std::string_view signature);

/// An Id for a name in a name space, whether or not some object has that name. It is the Id of no object: its kind,
/// parent and name are the name space, the schema's name and the name itself. It is interned like other Ids, so that
/// all that mention the name share it.
Id name_id(Ids&, const Slot&);
Id find_name_id(const Ids&, const Slot&);  // null where name_id() was never called for it
bool is_name(Id);

/// The names of other objects that an object's own name contains: by Kind::named_after, and the types of its signature.
/// Empty for most kinds.
std::vector<Id> names_in(Ids&, const Kind&, std::string_view name, std::string_view signature);

using NewNames = std::unordered_map<Id, Id>;  // by name_id() of the old name that of the new one
/// The Id with each of these names replaced by the new one; the same Id where it has none of them.
Id with_names(Ids&, Id, const NewNames&);

}  // namespace quoin
