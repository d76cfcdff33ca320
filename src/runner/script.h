// SQL cut into the pieces that a runner sends one by one.
#pragma once
#include <vector>

#include "core/postgres/postgres.h"
#include "parser/migrations/migration.h"
#include "runner/piece.h"

namespace quoin::runner {

/// A section as the runner sends it.
struct Script {
  std::vector<Piece> pieces;
  bool transactional = true;  // all in one transaction; else piece by piece
  List notes;                 // what the grammar cannot read (the server may), one sentence each
};

/// How a section is run: in a transaction of the runner's; or bare, since it is no-transaction, so that it may have its
/// own BEGIN and COMMIT.
enum class Wrapping { transaction, bare };
/// Cuts a section. A BEGIN or COMMIT of its own throws Error(Code::refused) with its place, unless it is bare.
Script read_script(const Section&, Wrapping);

/// SHA-256 of the first `count` pieces; "" of none.
Text checksum_of(const Script&, std::size_t count);

/// A statement cut short for people, at a character's boundary.
Text beginning(std::string_view sql, std::size_t bytes);

/// Sends one piece. An error has the place in the file and the statement.
postgres::Result send(postgres::Connection&, const Section&, const Piece&);

}  // namespace quoin::runner
