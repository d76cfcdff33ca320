// The proof of a plan on a scratch database: from the current state the up must lead to the desired one, and the down
// back to the current one.
#pragma once
#include "diff/diff.h"

namespace quoin {

enum class Direction { up, down };
std::string_view to_string(Direction);

/// A scratch database, empty at first, as functions: diff/ opens no connection itself, and knows no runner.
struct ProofDatabase {
  std::function<void(const Text& sql)> run;  // without BEGIN in it: as one transaction; throws Error(database)
  std::function<Schema()> read;
  /// Runs a section of the file, read back from the text as it is written; throws Error(database) with its place there.
  std::function<void(Direction)> migrate;
  std::function<bool(const Error&)>
      is_environment;  // the scratch server lacks something (a role, an extension) that the real one may have
  /// Which texts mean the same though they differ: the server does not show every text again as it has shown it before
  /// (`x BETWEEN 1 AND 2 AND y` loses a pair of parentheses). Null: only equal texts are the same.
  std::function<Same(const Schema& found, const Schema& wanted)> same{};
};

enum class Outcome {
  proven,
  unproven,   // the state could not be built there; `why` tells
  disproven,  // `why` has the statement and the server's message, or what differs
};
struct Proof {
  Outcome outcome = Outcome::unproven;
  Text why;
  Text sqlstate{};  // of the statement that failed, where one did
};

/// What is to be proven: that the file leads from `current` to `desired` and back.
struct Claim {
  const Schema &current, &desired;  // in the words of the proof database's major
};
Proof prove(const ProofDatabase&, const Claim&);

/// "table public.users: column … : type is integer, should be bigint": one line a difference, at most ten.
Text describe_differences(const Schema& found, const Schema& wanted, const Same& same = nullptr);

}  // namespace quoin
