// Conditions that ask the catalogs whether something is there: IF EXISTS (SELECT … FROM pg_indexes WHERE …).
#pragma once
#include <optional>

#include "parser/names/lookup.h"
#include "parser/replay/known_values.h"

namespace quoin {

/// What the replay knows where the condition stands.
struct QuestionContext {
  const Lookup& lookup;
  const UnmodelledNames& unmodelled;
  const std::unordered_set<Id>& maybe_made;  // objects of the schema that a statement may not have created
  const KnownValues& values;
  bool all_known;          // false: some SQL that ran is not known, so that objects which the schema lacks may exist
  std::size_t& looked_at;  // objects, in the whole session: past some millions no question is answered
};

/// True if the expression holds (NULL does not); no value: only a server can tell.
std::optional<bool> answer(std::string_view expression, const QuestionContext&);
/// The value of EXISTS (SELECT …); no value: only a server can tell.
std::optional<bool> exists(ast::Node select, const QuestionContext&);

}  // namespace quoin
