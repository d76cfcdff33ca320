#include "kinds/column/numbering.h"

namespace quoin {

Standing standing(std::string_view sequence, const Bounds& from, const Bounds& to) {
  const bool below = from.start < to.least;
  if (!below && from.start <= to.greatest) return {};
  const std::int64_t nearest = below ? to.least : to.greatest;
  if (nearest < from.least || nearest > from.greatest)
    return {.move = {}, .restart = "RESTART WITH " + std::to_string(to.start)};
  const Text limit = std::to_string(nearest);
  return {.move = concat("SELECT pg_catalog.setval(", quote_literal(sequence), ", ", below ? "greatest" : "least",
                         "(last_value, ", limit, "), is_called AND last_value ", below ? ">= " : "<= ", limit,
                         ") FROM ", sequence),
          .restart = {}};
}

Step past_the_rows(const Numbering& numbering, std::int64_t start, std::int64_t increment) {
  const Text column = quote_ident(numbering.column->name), first = std::to_string(start);
  const Text next = increment > 0 ? concat("greatest(max(", column, ")::bigint + 1, ", first, ")")
                                  : concat("least(min(", column, ")::bigint - 1, ", first, ")");
  return {.sql = concat("SELECT pg_catalog.setval(", quote_literal(numbering.sequence), ", ", next, ", false) FROM ",
                        qualified(numbering.column->parent)),
          .needs = {numbering.maker, numbering.column},
          .for_rows = true};
}

}  // namespace quoin
