// Tries a migration file on a scratch database, as a runner would run it: on empty tables, then with rows.
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

/// What was tried for a proof: on which server, with rows in which tables.
struct ProofBasis {
  Text server;                       // "15.14"; empty: it was not tried
  List with_rows{}, without_rows{};  // tables whose rows the migration changes or depends on, by their current names
  Text stopped_by{};                 // why the trial with rows did not end; empty: it did
};
/// "PostgreSQL 15.14, with rows in 2 tables"
Text to_text(const ProofBasis&);
/// What stands behind "proven": ": up and down on PostgreSQL 15.14, with rows in 2 tables"; or, where the trial with
/// rows came to no end, " on empty tables only, …; unproven for rows, …".
Text verdict_of(const ProofBasis&);

/// A hazard that a trial with rows has shown, and that the step does not have yet.
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
/// Tries the file. Rows alone do not make a migration wrong: where they stop it, it is tried with fewer rows, and what
/// stopped it becomes an unannounced hazard, unless the step has that. What the tables contain afterwards may disprove
/// the migration.
Verdict try_file(Shadow&, const Candidate&, const Settings&);

}  // namespace quoin
