// The names that an Id's own name is made of: the types of a routine's signature, the role of a grant.
#pragma once
#include <unordered_map>

#include "core/model/object.h"

namespace quoin {

/// Splits SQL text at its dots, quotes undone and the rest folded: `"My".Tab` → {My, tab}.
List name_parts(std::string_view sql_name);
/// The types of a signature: of "(a, public.\"b,c\"[])" both.
std::vector<std::string_view> types_of(std::string_view signature);

/// A name in a name space, whoever holds it on either side, if anybody. Its Id is that of no object: kind, parent and
/// name are those of the name space, the schema's name and the name itself. Interned with the others, so that whoever
/// names the same has the same Id.
Id name_id(Ids&, const Slot&);
Id find_name_id(const Ids&, const Slot&);  // null where nobody names it
bool is_name(Id);

/// What a kind's names are made of, by the kind's own word and the signature's types. Empty for most.
std::vector<Id> names_in(Ids&, const Kind&, std::string_view name, std::string_view signature);

using NewNames = std::unordered_map<Id, Id>;  // names, before and now
/// The Id with these names for the others, elsewhere the same.
Id with_names(Ids&, Id, const NewNames&);

}  // namespace quoin
