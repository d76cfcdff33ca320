// The project's folder of migrations.
#pragma once
#include "parser/migrations/migration.h"
#include "project/settings.h"

namespace quoin {

/// How the folder is to be read, by --layout, layout:, vars: and --set. Throws Error(Code::usage) for a --set without a
/// name.
FolderReading reading_of(const Settings&, CodeSteps = CodeSteps::refused);
/// Throws Error(Code::refused) where a new file in the folder would not count, since its tool has a plan that names the
/// files.
void require_new_files_count(const Settings&);
/// Throws Error(Code::refused) where a migration of quoin's own that holds this SQL would not run as it stands: a value
/// of `vars:` or --set would be put into it.
void require_no_placeholders(const Text& sql, const Settings&);
/// As load_migrations(); files that are left out are told to the Audience, once a run.
std::vector<Migration> migrations_in(const Text& folder, const Settings&, CodeSteps = CodeSteps::refused);
/// True if the folder is as `quoin init` leaves it: empty, or with nothing but text for people.
bool is_begun_folder(const Text& folder);
/// The migrations of the project; none where the folder has none, since a ledger tells much without files.
std::vector<Migration> project_migrations(const Settings&, CodeSteps = CodeSteps::refused);

}  // namespace quoin
