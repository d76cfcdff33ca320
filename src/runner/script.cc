#include "runner/script.h"

#include <algorithm>

#include "core/base/secret.h"
#include "core/sql/ast.h"
#include "core/sql/line_ends.h"
#include "runner/batch.h"
#include "runner/script_faults.h"

namespace quoin::runner {
namespace {

/// What lies between statements that parse: nothing but signs and comments, or SQL for the server to judge.
void add_unread(std::string_view text, std::size_t begin, std::size_t end, std::vector<Piece>& pieces) {
  const std::string_view gap = text.substr(begin, end - begin);
  std::size_t first = gap.size(), at = 0;
  const auto look = [&](std::size_t until) {
    const std::size_t found = gap.substr(0, until).find_first_not_of(" \t\r\n\f\v;", at);
    if (found != gap.npos) first = std::min(first, found);
  };
  for (const ast::Comment& comment : ast::comments(gap)) {
    if (first == gap.size()) look(comment.begin);
    at = comment.end;
  }
  if (first == gap.size()) look(gap.size());
  if (first == gap.size()) return;
  pieces.push_back({Text(gap.substr(first)), begin + first, SessionEffect::calling});
}

void explain(Error& error) {
  if (error.sqlstate == "25001") {
    error.hint = "say `-- quoin: no-transaction` in the file: this statement cannot run in a transaction";
  } else if (error.sqlstate == "2D000") {
    error.hint = "say `-- quoin: no-transaction` in the file: what it calls commits by itself";
  } else if (error.sqlstate == "55P04") {
    error.hint = "a new enum label can be used only after a commit: use it in a migration of its own";
  }
}

}  // namespace

Text beginning(std::string_view sql, std::size_t bytes) {
  if (sql.size() <= bytes) return Text(sql);
  while (bytes > 0 && (static_cast<unsigned char>(sql[bytes]) & 0xC0) == 0x80) --bytes;
  return concat(sql.substr(0, bytes), " …");
}

namespace {
/// Commands of psql are refused here; other text that does not parse the server judges.
void refuse_psql(const Section& section, const std::vector<Error>& errors) {
  for (const Error& error : errors) {
    if (error.code != Code::refused) continue;
    throw Error(Code::input, error.what(),
                {section.file, section.line + error.where.line - 1, section.indent + error.where.column}, error.hint);
  }
}

/// Comments that may be lines `-- quoin: batch …`. Most sections hold none, and these words nowhere.
std::vector<ast::Comment> batch_lines(const Section& section) {
  constexpr std::string_view signs[] = {"batch", "quoin:"};
  const auto is_in = [&](std::string_view sign) { return section.text.find(sign) != Text::npos; };
  return std::ranges::all_of(signs, is_in) ? ast::comments(section.text) : std::vector<ast::Comment>();
}

/// `-- quoin: batch …` is said of the statement below it.
void attach_batches(const Section& section, const std::vector<ast::Comment>& lines, std::vector<Piece>& pieces) {
  for (const ast::Comment& line : lines) {
    try {
      const auto request = batch_request(std::string_view(section.text).substr(line.begin, line.end - line.begin));
      if (!request) continue;
      const auto piece = std::ranges::find_if(pieces, [&](const Piece& one) { return one.begin >= line.end; });
      if (piece == pieces.end())
        throw Error(Code::input, "no statement stands below this batch line", {},
                    "put it above the one that it is for");
      if (piece->batch)
        throw Error(Code::input, "this statement has a batch line already", {}, "keep one of them, right above it");
      batch_target(piece->sql);
      piece->batch = request;
    } catch (Error& error) {
      error.where = place_of(section, line.begin);
      throw;
    }
  }
}
}  // namespace

namespace {
std::vector<Piece> pieces_of(const Section& section, const ast::Tree& tree, const std::vector<Error>& errors) {
  std::vector<Piece> pieces;
  std::size_t at = 0;
  for (const ast::Statement& statement : tree.statements()) {
    if (!errors.empty()) add_unread(section.text, at, statement.begin, pieces);
    pieces.push_back(piece_of(statement, section.text));
    at = statement.end;
  }
  if (!errors.empty()) add_unread(section.text, at, section.text.size(), pieces);
  return pieces;
}
}  // namespace

std::optional<Error> fault_of_batches(const Section& section) {
  const std::vector<ast::Comment> lines = batch_lines(section);
  if (lines.empty()) return std::nullopt;
  std::vector<Error> errors;
  const ast::Tree tree = ast::Tree::parse_all(section.text, errors);
  std::vector<Piece> pieces = pieces_of(section, tree, errors);
  try {
    attach_batches(section, lines, pieces);
  } catch (const Error& error) { return error; }
  return std::nullopt;
}

Script read_script(const Section& section, Wrapping wrapping) {
  Script script;
  std::vector<Error> errors;
  const ast::Tree tree = ast::Tree::parse_all(section.text, errors);
  refuse_psql(section, errors);
  script.pieces = pieces_of(section, tree, errors);
  for (const Error& error : errors) {
    script.notes.push_back(concat(section.file, ":", std::to_string(section.line + error.where.line - 1),
                                  ": quoin's grammar cannot read this, the server is the judge: ", error.what()));
  }
  attach_batches(section, batch_lines(section), script.pieces);
  script.transactional = wrapping == Wrapping::transaction;
  for (const Piece& piece : script.pieces) {
    if (piece.effect == SessionEffect::alone || piece.batch) script.transactional = false;
    const bool ends_transaction = piece.effect == SessionEffect::begin || piece.effect == SessionEffect::commit;
    if (!ends_transaction || wrapping == Wrapping::bare) continue;
    throw Error(Code::refused, concat(section.file, " begins or ends a transaction by itself: ", piece.sql),
                place_of(section, piece.begin),
                "remove the statement (a migration is one transaction already), or say `-- quoin: no-transaction`");
  }
  return script;
}

std::optional<Finding> why_no_transaction(const Section& section) {
  if (section.directive("no-transaction") != nullptr) return std::nullopt;
  for (const Piece& piece : read_script(section, Wrapping::transaction).pieces) {
    if (piece.effect != SessionEffect::alone && !piece.batch) continue;
    Finding finding;
    finding.severity = Severity::note;
    finding.rule = "transaction";
    finding.place = place_of(section, piece.begin);
    finding.message = concat(masked(beginning(std::string_view(piece.sql).substr(0, piece.sql.find('\n')), 60)),
                             piece.batch ? " runs in batches, a transaction each" : " cannot run in a transaction",
                             ", so this migration runs statement by statement, and what fails leaves those before it");
    finding.hint = "what shall stand or fall together belongs in a migration of its own";
    return finding;
  }
  return std::nullopt;
}

Text checksum_of(const Script& script, std::size_t count) {
  Text all;
  for (std::size_t i = 0; i < std::min(count, script.pieces.size()); ++i) all += script.pieces[i].sql + ";\n";
  return all.empty() ? all : sha256(with_line_feeds_alone(std::move(all)));
}

postgres::Result send(postgres::Connection& connection, const Section& section, const Piece& piece) {
  try {
    return connection.execute(piece.sql);
  } catch (Error& error) {
    const std::size_t offset =
        error.where.column > 0 ? byte_of(piece.sql, static_cast<std::size_t>(error.where.column) - 1) : 0;
    error.where = place_of(section, piece.begin + offset);
    explain(error);
    error.detail += concat(error.detail.empty() ? "" : "\n", "statement: ", masked(beginning(piece.sql, 400)));
    throw;
  }
}

}  // namespace quoin::runner
