#include "runner/piece.h"

#include <algorithm>

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

Text name_of(ast::Node relation) { return quote_qualified(relation["schemaname"].text(), relation["relname"].text()); }

bool is_one_of(std::string_view tag, const List& tags) {
  return std::find(tags.begin(), tags.end(), tag) != tags.end();
}

/// ALTER TABLE … DETACH PARTITION … CONCURRENTLY, or FINALIZE.
void look_at_detach(ast::Node node, Piece& piece) {
  for (const ast::Node command : node["cmds"]) {
    const std::string_view subtype = command["subtype"].text();
    const bool concurrent = subtype == "AT_DetachPartition" && command["def"]["concurrent"].flag();
    if (!concurrent && subtype != "AT_DetachPartitionFinalize") continue;
    piece.trait = Trait::alone;
    piece.aftermath = Aftermath::partition;
    piece.table = name_of(node["relation"]);
    piece.object = name_of(command["def"]["name"]);
  }
}

void look_at_index(ast::Node node, Piece& piece) {
  if (!node["concurrent"].flag()) return;
  piece.trait = Trait::alone;
  if (node.is("DropStmt")) {
    piece.aftermath = Aftermath::no_index;
    const List names = node["objects"].items()[0].texts();
    for (const Text& part : names) piece.object += concat(piece.object.empty() ? "" : ".", quote_ident(part));
    return;
  }
  piece.aftermath = Aftermath::index;
  piece.table = name_of(node["relation"]);
  if (node.has("idxname")) piece.object = quote_ident(node["idxname"].text());
  piece.if_not_exists = node["if_not_exists"].flag();
}

void look_at_reindex(ast::Node node, Piece& piece) {
  const std::string_view kind = node["kind"].text();
  const bool concurrent = node["concurrent"].flag() || has_option(node["params"], "concurrently");
  if (!concurrent && (kind == "REINDEX_OBJECT_INDEX" || kind == "REINDEX_OBJECT_TABLE")) return;
  piece.trait = Trait::alone;
  piece.aftermath = concurrent ? Aftermath::reindexed : Aftermath::harmless;
}

bool is_alone_and_harmless(ast::Node node) {
  const std::string_view tag = node.tag();
  if (tag == "VacuumStmt") return node["is_vacuumcmd"].flag();
  if (tag == "ClusterStmt") return !node.has("relation");
  if (tag == "DiscardStmt") return !node.has("target") || node["target"].text() == "DISCARD_ALL";
  return tag == "AlterSystemStmt";
}

bool is_alone(ast::Node node) {
  const std::string_view tag = node.tag();
  if (tag == "CreateSubscriptionStmt") {
    return !says_no(node["options"], "connect") && !says_no(node["options"], "create_slot");
  }
  if (tag == "AlterDatabaseStmt") return has_option(node["options"], "tablespace");
  static const List others{"CreatedbStmt", "DropdbStmt", "CreateTableSpaceStmt", "DropTableSpaceStmt",
                           "DropSubscriptionStmt"};
  return is_one_of(tag, others);
}

Trait trait_of_transaction(ast::Node node) {
  const std::string_view kind = node["kind"].text();
  if (kind == "TRANS_STMT_COMMIT") return Trait::commit;
  const bool savepoint =
      kind == "TRANS_STMT_SAVEPOINT" || kind == "TRANS_STMT_RELEASE" || kind == "TRANS_STMT_ROLLBACK_TO";
  return savepoint ? Trait::passing : Trait::begin;
}

/// SELECT set_config('search_path', '…', false), as dumps write it.
bool sets_for_session(ast::Node select) {
  for (const ast::Node target : select["targetList"]) {
    const ast::Node call = target["val"];
    if (!call.is("FuncCall") || call["funcname"].size() == 0) return false;
    if (call["funcname"].texts().back() != "set_config" || call["args"].size() != 3) return false;
    const ast::Node local = call["args"].items()[2];
    if (!local.is("A_Const") || local["boolval"].flag()) return false;
  }
  return select["targetList"].size() > 0 && !select.has("fromClause");
}

/// The temporary relation that a statement makes; null where none.
ast::Node temporary_of(ast::Node node) {
  const ast::Node made = node.is("CreateTableAsStmt") ? node["into"]["rel"]
                         : node.is("ViewStmt")        ? node["view"]
                         : node.is("CreateSeqStmt")   ? node["sequence"]
                         : node.is("SelectStmt")      ? node["intoClause"]["rel"]
                         : node.is("CreateStmt")      ? node["relation"]
                                                      : ast::Node();
  const bool is_temporary = made["relpersistence"].text() == "t" || made["schemaname"].text() == "pg_temp";
  return is_temporary ? made : ast::Node();
}

bool may_commit(ast::Node node) {
  if (node.is("CallStmt")) return true;
  if (!node.is("DoStmt")) return false;
  for (const ast::Node argument : node["args"]) {
    const Text body = lower(argument["arg"].text());
    for (const char* word : {"commit", "rollback", "call"})
      if (body.find(word) != Text::npos) return true;
  }
  return false;
}

bool is_passing(ast::Node node) {
  static const List tags{"LockStmt", "ConstraintsSetStmt", "DeclareCursorStmt"};
  if (node.is("VariableSetStmt")) return node["is_local"].flag() || node["name"].text() == "TRANSACTION";
  return is_one_of(node.tag(), tags);
}

void look_at(ast::Node node, Piece& piece) {
  const std::string_view tag = node.tag();
  if (tag == "TransactionStmt") {
    piece.trait = trait_of_transaction(node);
  } else if (tag == "IndexStmt" || tag == "DropStmt") {
    look_at_index(node, piece);
  } else if (tag == "ReindexStmt") {
    look_at_reindex(node, piece);
  } else if (tag == "AlterTableStmt") {
    look_at_detach(node, piece);
  } else if (is_alone_and_harmless(node)) {
    piece.trait = Trait::alone;
    piece.aftermath = Aftermath::harmless;
  } else if (is_alone(node)) {
    piece.trait = Trait::alone;
  } else if (is_passing(node)) {
    piece.trait = Trait::passing;
  } else if (tag == "VariableSetStmt" || tag == "PrepareStmt" || (tag == "SelectStmt" && sets_for_session(node))) {
    piece.trait = Trait::setting;
  } else if (const ast::Node made = temporary_of(node)) {
    piece.trait = Trait::temporary;
    piece.object = Text(made["relname"].text());
  } else if (may_commit(node)) {
    piece.trait = Trait::calling;
  }
}

}  // namespace

Piece piece_of(const ast::Statement& statement, std::string_view text) {
  Piece piece{Text(text.substr(statement.begin, statement.end - statement.begin)), statement.begin};
  look_at(statement.node, piece);
  return piece;
}

}  // namespace quoin::runner
