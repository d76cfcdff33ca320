// Checks that files and ledger agree, and that all migrations run up, down and up again.
#pragma once
#include "project/settings.h"

namespace quoin {

struct ValidateRequest {
  Text shadow;  // auto, off, or a server's URL; empty: as the settings say
  std::optional<int> wait;
};

struct Validity {
  Findings findings;
  std::size_t migrations = 0;

  bool is_sound() const;        // there are no errors
  bool was_seen_whole() const;  // everything could be tried on this machine
};

/// Looks at the files and, where a database is named, at its ledger; tries all out on the shadow server, where there is
/// one.
Validity validate(const ValidateRequest&, const Settings&);

}  // namespace quoin
