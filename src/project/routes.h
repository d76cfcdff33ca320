// The plans between two sources, up and down, proven if a shadow server is at hand.
#pragma once
#include "diff/diff.h"
#include "diff/proof.h"
#include "project/migration_file.h"
#include "project/source.h"
#include "project/trial.h"

namespace quoin {

enum class Proving { no, yes };
struct RouteOptions {
  Text shadow = "auto";  // auto, off or a URL
  Proving proving = Proving::yes;
};

/// Both plans, their file, and the outcome of the proof.
struct Routes {
  std::shared_ptr<Ids> ids = std::make_shared<Ids>();  // the steps' Ids live in it
  Text from_name, to_name;
  Plan up, down;
  MigrationFile file;  // of both plans, without the comments at its head
  Text planned_up;     // the up as it was planned, before a trial has added hazards to it: equal plans, equal texts
  List notes;
  List left_out;  // what the plans leave as it is
  List missed;    // those of `left_out` that keep the plans from being proven
  Outcome outcome = Outcome::unproven;
  Text why;          // of unproven and disproven
  Text sqlstate;     // of the statement that the shadow server refused, where one was
  ProofBasis basis;  // of whatever was tried
};

/// Reads both sources (on the shadow server, if any), plans up and down, and proves them.
Routes find_routes(const SchemaSource& from, const SchemaSource& to, const RouteOptions&, const Settings&);

}  // namespace quoin
