#include "runner/piece.h"

#include <algorithm>
#include <cctype>

#include "runner/relation_name.h"

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

bool is_one_of(std::string_view tag, const List& tags) {
  return std::find(tags.begin(), tags.end(), tag) != tags.end();
}

/// ALTER TABLE … DETACH PARTITION … CONCURRENTLY, or FINALIZE.
void look_at_detach(ast::Node node, Piece& piece) {
  for (const ast::Node command : node["cmds"]) {
    const std::string_view subtype = command["subtype"].text();
    const bool concurrent = subtype == "AT_DetachPartition" && command["def"]["concurrent"].flag();
    if (!concurrent && subtype != "AT_DetachPartitionFinalize") continue;
    piece.effect = SessionEffect::alone;
    piece.leftover = Leftover::partition;
    piece.table = name_of(node["relation"]);
    piece.object = name_of(command["def"]["name"]);
  }
}

void look_at_index(ast::Node node, Piece& piece) {
  if (!node["concurrent"].flag()) return;
  piece.effect = SessionEffect::alone;
  if (node.is("DropStmt")) {
    piece.leftover = Leftover::no_index;
    const List names = node["objects"].items()[0].texts();
    for (const Text& part : names) piece.object += concat(piece.object.empty() ? "" : ".", quote_ident(part));
    return;
  }
  piece.leftover = Leftover::index;
  piece.table = name_of(node["relation"]);
  if (node.has("idxname")) piece.object = quote_ident(node["idxname"].text());
  piece.if_not_exists = node["if_not_exists"].flag();
}

void look_at_reindex(ast::Node node, Piece& piece) {
  const std::string_view kind = node["kind"].text();
  const bool concurrent = node["concurrent"].flag() || has_option(node["params"], "concurrently");
  if (!concurrent && (kind == "REINDEX_OBJECT_INDEX" || kind == "REINDEX_OBJECT_TABLE")) return;
  piece.effect = SessionEffect::alone;
  piece.leftover = concurrent ? Leftover::reindexed : Leftover::harmless;
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

SessionEffect effect_of_transaction(ast::Node node) {
  const std::string_view kind = node["kind"].text();
  if (kind == "TRANS_STMT_COMMIT") return SessionEffect::commit;
  const bool savepoint =
      kind == "TRANS_STMT_SAVEPOINT" || kind == "TRANS_STMT_RELEASE" || kind == "TRANS_STMT_ROLLBACK_TO";
  return savepoint ? SessionEffect::passing : SessionEffect::begin;
}

/// All that a query does besides reading.
struct Effects {
  List calls;
  bool sets = false;        // set_config(…, false), or with what only the server knows
  bool reads_rows = false;  // of more than pg_settings
};

void read_effects(ast::Node node, Effects& effects) {
  if (node.is("FuncCall")) {
    const List names = node["funcname"].texts();
    const Text name = names.empty() ? Text() : names.back();
    if (name != "set_config") effects.calls.push_back(name);
    const auto arguments = node["args"].items();
    const bool is_local = arguments.size() == 3 && arguments[2].is("A_Const") && arguments[2]["boolval"].flag();
    if (name == "set_config" && !is_local) effects.sets = true;
  }
  if (node.is("RangeVar") && node["relname"].text() != "pg_settings") effects.reads_rows = true;
  for (const ast::Node item : node.items()) read_effects(item, effects);
  for (const auto& [name, value] : node.fields()) read_effects(value, effects);
}

/// What a function gives is the same when it is asked again.
bool is_asked_again(const Text& name) {
  static const List names{"current_setting", "format", "concat", "concat_ws", "quote_ident",    "quote_literal",
                          "coalesce",        "lower",  "upper",  "replace",   "current_schema", "current_database"};
  return std::ranges::count(names, name) > 0;
}

void look_at_query(ast::Node node, Piece& piece) {
  Effects effects;
  read_effects(node, effects);
  const bool again = !effects.reads_rows && std::ranges::all_of(effects.calls, is_asked_again);
  if (effects.sets && again && piece.effect == SessionEffect::none) piece.effect = SessionEffect::setting;
  piece.may_change_session = effects.sets && !again;
  std::erase_if(effects.calls, is_asked_again);
  piece.calls = std::move(effects.calls);
}

bool sets_by_view(ast::Node node) {
  return node.is("UpdateStmt") && node["relation"]["relname"].text() == "pg_settings";
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
    piece.effect = effect_of_transaction(node);
  } else if (tag == "IndexStmt" || tag == "DropStmt") {
    look_at_index(node, piece);
  } else if (tag == "ReindexStmt") {
    look_at_reindex(node, piece);
  } else if (tag == "AlterTableStmt") {
    look_at_detach(node, piece);
  } else if (is_alone_and_harmless(node)) {
    piece.effect = SessionEffect::alone;
    piece.leftover = Leftover::harmless;
  } else if (is_alone(node)) {
    piece.effect = SessionEffect::alone;
  } else if (is_passing(node)) {
    piece.effect = SessionEffect::passing;
  } else if (tag == "VariableSetStmt" || tag == "PrepareStmt" || tag == "DeallocateStmt" || sets_by_view(node)) {
    piece.effect = SessionEffect::setting;
  } else if (const ast::Node made = temporary_of(node)) {
    piece.effect = SessionEffect::temporary;
    piece.object = Text(made["relname"].text());
  } else if (may_commit(node)) {
    piece.effect = SessionEffect::calling;
  }
  if (tag == "SelectStmt" || tag == "CallStmt") look_at_query(node, piece);
  if (tag == "DoStmt")
    for (const ast::Node argument : node["args"])
      if (argument["defname"].text() == "as") piece.may_change_session = body_changes_session(argument["arg"].text());
}

std::string_view word_at(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && (std::isalnum(static_cast<unsigned char>(text[end])) || text[end] == '_')) ++end;
  return text.substr(at, end - at);
}

/// The word in front of `at`, or the sign; empty: it is the first.
std::string_view before(std::string_view text, std::size_t at) {
  const std::string_view head = trim(text.substr(0, at));
  std::size_t begin = head.size();
  while (begin > 0 && word_at(head, begin - 1).size() == head.size() - begin + 1) --begin;
  return head.substr(std::min(begin, head.empty() ? 0 : head.size() - 1));
}

bool begins_statement(std::string_view text, std::size_t at) {
  static const List words{"begin", "then", "else", "loop", ";", "'", "$", ""};
  return std::ranges::count(words, before(text, at)) > 0;
}

/// set_config(…, true) goes with its transaction.
bool is_local_call(std::string_view text, std::size_t at) {
  const std::size_t open = text.find('(', at);
  int depth = 0;
  for (std::size_t end = open; end < text.size(); ++end) {
    depth += text[end] == '(' ? 1 : text[end] == ')' ? -1 : 0;
    if (depth == 0) return trim(text.substr(open, end - open)).ends_with("true");
  }
  return false;
}

}  // namespace

bool body_changes_session(std::string_view body) {
  const Text text = lower(body);
  static const List passing{"local", "constraints", "transaction"},
      makers{"create", "local", "global", "replace", "into"};
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::string_view word = word_at(text, at);
    if (word.empty()) continue;
    const std::size_t end = at + word.size(), next = std::min(text.find_first_not_of(" \t\r\n", end), text.size());
    if (word == "set_config" && !is_local_call(text, at)) return true;
    if ((word == "set" || word == "reset") && begins_statement(text, at) &&
        std::ranges::count(passing, word_at(text, next)) == 0)
      return true;
    const bool is_temporary = word == "temp" || word == "temporary" || word == "pg_temp";
    if (is_temporary && (word == "pg_temp" || std::ranges::count(makers, before(text, at)) > 0) &&
        text.find("on commit drop", end) == Text::npos)
      return true;
    at = end - 1;
  }
  return false;
}

Piece piece_of(const ast::Statement& statement, std::string_view text) {
  Piece piece{Text(text.substr(statement.begin, statement.end - statement.begin)), statement.begin};
  look_at(statement.node, piece);
  return piece;
}

}  // namespace quoin::runner
