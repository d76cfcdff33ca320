// A migration file tried on a scratch database, as a runner would run it: on empty tables, then with rows.
#pragma once
#include "diff/proof.h"
#include "project/migration_file.h"
#include "project/source.h"

namespace quoin {

/// What is tried: the file, and the plans that it was written from.
struct Candidate {
  const MigrationFile& file;
  const Steps &up, &down;
  const Schema &current, &desired;
};

/// What a proof stands on.
struct ProofBasis {
  Text server;                       // "15.14"; empty: it was not tried
  List with_rows{}, without_rows{};  // tables whose rows the migration changes or minds, by their current names
  Text stopped_by{};                 // why the trial with rows came to no end; empty: it did
};
/// "PostgreSQL 15.14, with rows in 2 tables"
Text to_text(const ProofBasis&);
/// What stands behind "proven": ": up and down on PostgreSQL 15.14, with rows in 2 tables"; or, where the trial with
/// rows came to no end, " on empty tables only, …; unproven for rows, …".
Text verdict_of(const ProofBasis&);

/// What rows have shown of a step, and nothing says yet.
struct UnannouncedHazard {
  Direction direction;
  std::size_t step;  // among those of its direction
  Hazard hazard;
};

struct Verdict {
  Proof proof;
  ProofBasis basis{};
  std::vector<UnannouncedHazard> unannounced{};
};
/// Rows make no right migration wrong: where they stop it, it is tried with fewer, and what stopped it is an
/// unannounced hazard unless it was said. What they hold afterwards may disprove it.
Verdict try_file(Shadow&, const Candidate&, const Settings&);

}  // namespace quoin
