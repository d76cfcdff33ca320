// Conditions that ask the catalogs whether something is there: IF EXISTS (SELECT … FROM pg_indexes WHERE …).
#pragma once
#include <optional>

#include "parser/names/lookup.h"
#include "parser/replay/known_values.h"

namespace quoin {

/// What is known at the place where the question is asked.
struct Asked {
  const Lookup& lookup;
  const UnmodelledNames& beyond;
  const std::unordered_set<Id>& maybe_made;  // objects that may be there
  const KnownValues& values;
  bool all_known;          // else something has run that cannot be known, and what is not in the schema may be there
  std::size_t& looked_at;  // objects, in the whole session: beyond some millions nothing is answered
};

/// Whether the expression holds, which NULL does not; nothing: only a server can tell.
std::optional<bool> answer(std::string_view expression, const Asked&);
/// EXISTS (SELECT …).
std::optional<bool> exists(ast::Node select, const Asked&);

}  // namespace quoin
