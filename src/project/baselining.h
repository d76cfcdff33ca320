// Marks migrations as applied in a database that had them before it had a ledger.
#pragma once
#include "project/project.h"

namespace quoin {

struct BaselineRequest {
  Text url, version;  // version: of the last migration that the database has already
  std::optional<int> wait;
};
/// A migration that was, or would be, taken as applied.
struct TakenMigration {
  Text version, name, label;
};
/// Only reads. Throws Error(Code::refused) where another tool has run migrations here, whose ledger knows better, and
/// as runner::choose_baseline().
std::vector<TakenMigration> preview_baseline(const BaselineRequest&, const Settings&);
/// The same, and writes them into the ledger.
std::vector<TakenMigration> take_baseline(const BaselineRequest&, const Settings&, const std::stop_token&);

}  // namespace quoin
