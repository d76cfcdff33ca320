// What a document says and no server holds, where only the whole schema tells: said with its place, before a server is
// asked.
#pragma once
#include "core/model/schema.h"

namespace quoin {

/// A sentence, and what to do.
struct Mistake {
  Text message, hint;
};
std::vector<Mistake> mistakes_in(const Object&, const Schema&);

/// Of names of a partition's NOT NULL constraints, and of triggers that it has from its parent.
std::vector<Mistake> mistakes_in_not_null_names(const Object& table, const Schema&);
std::vector<Mistake> mistakes_in_trigger_state(const Object&, const Schema&);

}  // namespace quoin
