// What was done to a database, as its log has it.
#pragma once
#include <optional>

#include "project/settings.h"
#include "runner/ledger.h"

namespace quoin {

/// Which lines of the log.
struct LogRequest {
  std::optional<Text> migration;  // a version or a label; a file is not needed
  std::optional<Text> since;      // as Ledger::logged() takes it
  std::optional<int> count;       // the last so many
  std::optional<int> wait;
};
/// The oldest first. Only reads. Throws Error(Code::usage) for a count below 1 and for what is no time, and
/// Error(Code::input) for a migration that the log does not know.
std::vector<runner::LoggedLine> logged(const Text& url, const LogRequest&, const Settings&);

}  // namespace quoin
