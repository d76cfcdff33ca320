// SQL cut into the pieces that a runner sends one by one.
#pragma once
#include <vector>

#include "core/postgres/postgres.h"
#include "parser/migrations/migration.h"
#include "runner/piece.h"

namespace quoin::runner {

struct Script {
  std::vector<Piece> pieces;
  bool transactional = true;  // all in one transaction; else piece by piece
  List notes;                 // what the grammar cannot read (the server may), one sentence each
};

/// Cuts a section. `bare`: it says no-transaction, and so may hold its own BEGIN and COMMIT; without that they throw
/// Error(Code::refused) with their place.
enum class Wrapping { transaction, bare };
Script read_script(const Section&, Wrapping);

/// SHA-256 of the first `count` pieces; "" of none.
Text checksum_of(const Script&, std::size_t count);

/// A statement cut short for people, at a character's boundary.
Text beginning(std::string_view sql, std::size_t bytes);

/// Sends one piece. What fails is thrown with its place in the file and the statement.
void send(postgres::Connection&, const Section&, const Piece&);

}  // namespace quoin::runner
