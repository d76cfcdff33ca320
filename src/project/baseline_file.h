// A baseline's file, in the form of the folder in which it lies.
#pragma once
#include "parser/migrations/migration.h"
#include "project/settings.h"

namespace quoin {

/// The tool's layout that the folder's files have, quoin's own where they have none. What a baseline takes from the
/// last migration that it stands for: its version, its folder, and how its name is made.
struct BaselineForm {
  Layout layout = Layout::quoin;
  Text last;     // the file of the last one
  Text version;  // of it
};
BaselineForm baseline_form(const std::vector<Migration>& folder, const Migration& last);

/// Where it lies: "3_baseline.sql", "V3__baseline.sql", "3_baseline.up.sql", "3_baseline/up.sql".
Text baseline_path(const BaselineForm&, const Text& name);
/// The file's text, with a section that goes up alone: what undoes a baseline is no part of it.
Text baseline_text(Layout, const Text& description, const Text& up);

/// Why the folder, with its settings, reads the file as other than what was proven; empty: it does not.
Text unlike_when_read(const Text& file, const Section& proven, const Settings&);

/// The files that a migration is made of: also what undoes it and its settings. What else lies in a folder of its own
/// is none of them.
List files_of(const Migration&);

}  // namespace quoin
