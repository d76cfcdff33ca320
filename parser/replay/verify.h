// Migrations replayed one after the other, to see whether everything that a statement needs exists by then.
#pragma once
#include <memory>
#include <span>

#include "parser/migrations/migration.h"
#include "parser/replay/replay.h"

namespace quoin {

/// One statement of a migration, and what it does.
struct ReplayedStatement {
  const Section* section;
  Effects effects;
  Place place() const { return place_of(*section, effects.begin); }
};
/// A migration's down, replayed on what its own up has left.
struct ReplayedDown {
  std::size_t after = 0;  // the number of statements before it
  std::vector<ReplayedStatement> statements;
};
/// Two migrations in the wrong order, by their indexes: `first` should come before `second`, and comes after it.
struct OutOfOrder {
  std::size_t first, second;
  Text why;  // "0007_users makes table public.users, which 0003_orders needs"
};
/// A file that psql reads for a migration (\i, \ir), and the migration's index.
struct IncludedSection {
  std::shared_ptr<const Section> section;
  std::size_t migration;
};
struct Verified {
  std::vector<ReplayedStatement> statements;
  std::vector<ReplayedDown> downs;
  std::vector<IncludedSection> included;  // whose statements are among them
  Findings findings;
  std::size_t possible_errors = 0;        // they would be errors, if SQL that is not known had not run before
  std::optional<std::size_t> unfilled{};  // the first statement behind one with a placeholder that got no value
  std::vector<OutOfOrder> out_of_order;   // pairs whose exchange may mend an error; several may be about one error
};

/// Replays what is assumed, then the ups in order on the Schema (a fresh database at first), and checks every name that
/// they need. Rules: syntax, missing, created-later, dropped-before, renamed-before, duplicate, needed-by, depends-on
/// (errors), unknown (note), and those of refusals(). Each down is replayed on what its own up has left: by the same
/// rules as warnings, since it does not hinder the ups, and by down-leaves (warning), irreversible and no-down (notes);
/// in a long history of a large schema only the later downs (downs-left-out, a note). Findings are in the order of
/// files and lines. The Sections must outlive the result.
Verified verify(std::span<const Migration>, Schema&, const List& search_path, const Assumed& = {});

}  // namespace quoin
