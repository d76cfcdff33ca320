// A plan is run before it is believed: current state, up, equal to desired, down, equal to current (DESIGN 7).
#pragma once
#include "diff/diff.h"

namespace quoin {

enum class Direction { up, down };
std::string_view to_string(Direction);

/// A scratch database, empty at first. This room opens no connection itself, and knows no runner.
struct ProofDatabase {
  std::function<void(const Text& sql)> run;  // one string: one transaction; throws Error(database)
  std::function<Schema()> read;
  /// Runs a section of the file, read back from the text as it is written; throws Error(database) with its place there.
  std::function<void(Direction)> migrate;
  std::function<bool(const Error&)> is_environment;  // what only the scratch server lacks: a role, an extension
  /// What means the same in other words: not every text that the server shows is one that it shows again when it reads
  /// it (`x BETWEEN 1 AND 2 AND y` loses a pair of parentheses). Null: only the same words are the same.
  std::function<Same(const Schema& found, const Schema& wanted)> same{};
};

enum class Outcome {
  proven,
  unproven,   // the state could not be built there; `why` tells
  disproven,  // `why` has the statement and the server's words, or what differs
};
struct Proof {
  Outcome outcome = Outcome::unproven;
  Text why;
  Text sqlstate{};  // of the statement that failed, where one did
};

struct Claim {
  const Schema &current, &desired;  // in the words of the proof database's major
};
Proof prove(const ProofDatabase&, const Claim&);

/// "table public.users: column … : type is integer, should be bigint": one line a difference, at most ten.
Text describe_differences(const Schema& found, const Schema& wanted, const Same& same = nullptr);

}  // namespace quoin
