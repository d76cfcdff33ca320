#include "runner/script.h"

#include <algorithm>

#include "base/ast.h"

namespace quoin::runner {
namespace {

bool has_option(ast::Node options, std::string_view name) {
  for (const ast::Node option : options) {
    if (option["defname"].text() == name) return true;
  }
  return false;
}

/// Whether an option is given and says no, as in WITH (create_slot = false).
bool says_no(ast::Node options, std::string_view name) {
  for (const ast::Node option : options) {
    if (option["defname"].text() != name) continue;
    const ast::Node value = option["arg"];
    const Text text = lower(value.text());
    return text == "false" || text == "off" || text == "no" || text == "none" ||
           (value && text.empty() && value.number() == 0);
  }
  return false;
}

bool detaches_concurrently(ast::Node statement) {
  for (const ast::Node command : statement["cmds"]) {
    if (command["subtype"].text() == "AT_DetachPartition" && command["def"]["concurrent"].flag()) return true;
    if (command["subtype"].text() == "AT_DetachPartitionFinalize") return true;
  }
  return false;
}

bool must_be_alone(ast::Node node) {
  const std::string_view tag = node.tag();
  if (tag == "IndexStmt" || tag == "DropStmt") return node["concurrent"].flag();
  if (tag == "ReindexStmt") {
    const std::string_view kind = node["kind"].text();
    return node["concurrent"].flag() || has_option(node["params"], "concurrently") ||
           (kind != "REINDEX_OBJECT_INDEX" && kind != "REINDEX_OBJECT_TABLE");
  }
  if (tag == "VacuumStmt") return node["is_vacuumcmd"].flag();
  if (tag == "AlterTableStmt") return detaches_concurrently(node);
  if (tag == "ClusterStmt") return !node.has("relation");
  if (tag == "DiscardStmt") return !node.has("target") || node["target"].text() == "DISCARD_ALL";
  if (tag == "CreateSubscriptionStmt") {
    return !says_no(node["options"], "connect") && !says_no(node["options"], "create_slot");
  }
  if (tag == "AlterDatabaseStmt") return has_option(node["options"], "tablespace");
  static const List others{"CreatedbStmt",         "DropdbStmt",         "AlterSystemStmt",
                           "CreateTableSpaceStmt", "DropTableSpaceStmt", "DropSubscriptionStmt"};
  return std::find(others.begin(), others.end(), tag) != others.end();
}

Trait trait_of(ast::Node node) {
  if (node.is("TransactionStmt")) {
    const std::string_view kind = node["kind"].text();
    const bool savepoint =
        kind == "TRANS_STMT_SAVEPOINT" || kind == "TRANS_STMT_RELEASE" || kind == "TRANS_STMT_ROLLBACK_TO";
    return savepoint ? Trait::none : Trait::transaction;
  }
  if (must_be_alone(node)) return Trait::alone;
  if (node.is("VariableSetStmt") && !node["is_local"].flag()) return Trait::setting;
  return Trait::none;
}

Text table_of(ast::Node relation) { return quote_qualified(relation["schemaname"].text(), relation["relname"].text()); }

Piece piece_of(const ast::Statement& statement, std::string_view text) {
  Piece piece{Text(text.substr(statement.begin, statement.end - statement.begin)),
              statement.begin,
              trait_of(statement.node),
              {},
              {}};
  if (statement.node.is("IndexStmt") && piece.trait == Trait::alone) {
    piece.index = Text(statement.node["idxname"].text());
    piece.table = table_of(statement.node["relation"]);
  }
  return piece;
}

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
  pieces.push_back({Text(gap.substr(first)), begin + first, Trait::none, {}, {}});
}

/// The byte of a character position that the server counts from 1.
std::size_t byte_of(std::string_view text, int position) {
  std::size_t byte = 0;
  for (int character = 1; character < position && byte < text.size(); ++character) {
    for (++byte; byte < text.size() && (static_cast<unsigned char>(text[byte]) & 0xC0) == 0x80;) ++byte;
  }
  return byte;
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

Script read_script(const Section& section, Wrapping wrapping) {
  Script script;
  std::vector<Error> errors;
  const ast::Tree tree = ast::Tree::parse_all(section.text, errors);
  std::size_t at = 0;
  for (const ast::Statement& statement : tree.statements()) {
    if (!errors.empty()) add_unread(section.text, at, statement.begin, script.pieces);
    script.pieces.push_back(piece_of(statement, section.text));
    at = statement.end;
  }
  if (!errors.empty()) add_unread(section.text, at, section.text.size(), script.pieces);
  for (const Error& error : errors) {
    script.notes.push_back(concat(section.file, ":", std::to_string(section.line + error.where.line - 1),
                                  ": quoin's grammar cannot read this, the server is the judge: ", error.what()));
  }
  script.transactional = wrapping == Wrapping::transaction;
  for (const Piece& piece : script.pieces) {
    if (piece.trait == Trait::alone) script.transactional = false;
    if (piece.trait != Trait::transaction || wrapping == Wrapping::bare) continue;
    throw Error(Code::refused, concat(section.file, " begins or ends a transaction by itself: ", piece.sql),
                place_of(section, piece.begin),
                "remove the statement (a migration is one transaction already), or say `-- quoin: no-transaction`");
  }
  return script;
}

Text checksum_of(const Script& script, std::size_t count) {
  Text all;
  for (std::size_t i = 0; i < std::min(count, script.pieces.size()); ++i) all += script.pieces[i].sql + ";\n";
  return all.empty() ? all : sha256(all);
}

void send(postgres::Connection& connection, const Section& section, const Piece& piece) {
  try {
    connection.execute(piece.sql);
  } catch (Error& error) {
    const std::size_t offset = error.where.column > 0 ? byte_of(piece.sql, error.where.column) : 0;
    error.where = place_of(section, piece.begin + offset);
    explain(error);
    error.detail += concat(error.detail.empty() ? "" : "\n", "statement: ", beginning(piece.sql, 400));
    throw;
  }
}

}  // namespace quoin::runner
