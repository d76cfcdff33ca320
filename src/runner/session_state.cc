#include "runner/session_state.h"

#include <algorithm>

namespace quoin::runner {
namespace {

/// Where a part begins that can be rolled back by itself: the transaction (without a name), or a savepoint.
struct Mark {
  Text name;
  SessionState before;
};

bool outlives_rollback(const Piece* piece) {
  const Text sql = lower(piece->sql.substr(0, 10));
  return sql.starts_with("prepare") || sql.starts_with("deallocate");
}

class Walk {
 public:
  SessionState state;

  void read(const Piece& piece) {
    std::vector<Error> unread;
    const ast::Tree tree = ast::Tree::parse_all(piece.sql, unread);
    for (const ast::Statement& statement : tree.statements()) read(statement.node);
    if (piece.effect == SessionEffect::setting) state.settings.push_back(&piece);
    if (piece.effect == SessionEffect::temporary) state.temporaries.push_back(&piece);
  }

 private:
  std::vector<Mark> marks_;

  void read(ast::Node node) {
    if (node.is("TransactionStmt")) read_transaction(node);
    if (node.is("DropStmt"))
      for (const ast::Node object : node["objects"])
        if (const List names = object.texts(); !names.empty())
          std::erase_if(state.temporaries, [&](const Piece* piece) { return piece->object == names.back(); });
    if (!node.is("DiscardStmt")) return;
    const std::string_view target = node["target"].text();
    if (!node.has("target") || target == "DISCARD_ALL") state = {};
    if (target == "DISCARD_TEMP") state.temporaries.clear();
  }

  void read_transaction(ast::Node node) {
    const std::string_view kind = node["kind"].text();
    const Text name(node["savepoint_name"].text());
    if (kind == "TRANS_STMT_BEGIN" || kind == "TRANS_STMT_START") begin();
    if (kind == "TRANS_STMT_SAVEPOINT" && !marks_.empty()) marks_.push_back({name, state});
    if (kind == "TRANS_STMT_RELEASE" || kind == "TRANS_STMT_ROLLBACK_TO") to_savepoint(kind, name);
    if (kind == "TRANS_STMT_ROLLBACK" && !marks_.empty()) go_back(marks_.front());
    if (kind != "TRANS_STMT_COMMIT" && kind != "TRANS_STMT_ROLLBACK" && kind != "TRANS_STMT_PREPARE") return;
    marks_.clear();
    if (node["chain"].flag()) begin();
  }

  void begin() {
    if (marks_.empty()) marks_.push_back({{}, state});
  }

  void to_savepoint(std::string_view kind, const Text& name) {
    const auto last = std::find_if(marks_.rbegin(), marks_.rend(), [&](const Mark& mark) { return mark.name == name; });
    if (name.empty() || last == marks_.rend()) return;
    if (kind == "TRANS_STMT_ROLLBACK_TO") {
      go_back(*last);
      marks_.erase(last.base(), marks_.end());
    } else {
      marks_.erase(last.base() - 1, marks_.end());
    }
  }

  void go_back(const Mark& mark) {
    std::vector<const Piece*> kept = mark.before.settings;
    for (std::size_t i = kept.size(); i < state.settings.size(); ++i)
      if (outlives_rollback(state.settings[i])) kept.push_back(state.settings[i]);
    state = mark.before;
    state.settings = std::move(kept);
  }
};

bool is_made_by(const Piece& piece, const List& names) {
  const Text sql = lower(piece.sql);
  const bool makes =
      sql.starts_with("create ") && (sql.find("function") != Text::npos || sql.find("procedure") != Text::npos);
  return makes && body_changes_session(piece.sql) &&
         std::ranges::any_of(names, [&](const Text& name) { return sql.find(lower(name)) != Text::npos; });
}

}  // namespace

bool may_change_session(postgres::Connection& connection, const Piece& piece, std::span<const Piece> pieces) {
  if (piece.may_change_session) return true;
  if (piece.calls.empty()) return false;
  for (const Piece& other : pieces)
    if (&other < &piece && is_made_by(other, piece.calls)) return true;
  for (const Text& name : piece.calls) {
    const auto bodies = connection.query(
        "SELECT p.prosrc FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n"
        " ON n.oid OPERATOR(pg_catalog.=) p.pronamespace"
        " WHERE p.proname::pg_catalog.text OPERATOR(pg_catalog.=) $1"
        " AND n.nspname::pg_catalog.text OPERATOR(pg_catalog.<>) 'pg_catalog'",
        std::vector<postgres::Parameter>{name});
    for (std::size_t row = 0; row < bodies.rows(); ++row)
      if (body_changes_session(bodies.text(row, 0))) return true;
  }
  return false;
}

SessionState state_after(postgres::Connection& connection, std::span<const Piece> done) {
  Walk walk;
  for (const Piece& piece : done) {
    walk.read(piece);
    if (may_change_session(connection, piece, done)) walk.state.hidden.push_back(&piece);
  }
  return std::move(walk.state);
}

}  // namespace quoin::runner
