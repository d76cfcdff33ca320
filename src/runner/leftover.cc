#include "runner/leftover.h"

#include <algorithm>

#include "runner/waiting.h"

namespace quoin::runner {
namespace {

using postgres::Connection;
using postgres::Parameter;

struct Index {
  Text id, name;  // name: qualified, as SQL
  bool is_valid = false, is_being_built = false;
};

/// Of pg_index i with its pg_class c, where `condition` holds; $1 and on are `values`.
std::vector<Index> indexes_where(Connection& connection, std::string_view condition, const List& values) {
  const std::vector<Parameter> parameters(values.begin(), values.end());
  const auto rows = connection.query(
      concat("SELECT i.indexrelid, pg_catalog.format('%I.%I', n.nspname, c.relname), i.indisvalid,"
             " EXISTS (SELECT FROM pg_catalog.pg_stat_progress_create_index p WHERE p.index_relid"
             " OPERATOR(pg_catalog.=) i.indexrelid AND p.datname OPERATOR(pg_catalog.=) pg_catalog.current_database())"
             " FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid OPERATOR(pg_catalog.=) i.indexrelid"
             " JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace WHERE ",
             condition, " ORDER BY i.indexrelid"),
      parameters);
  std::vector<Index> found;
  for (std::size_t row = 0; row < rows.rows(); ++row)
    found.push_back({rows.text(row, 0), rows.text(row, 1), rows.text(row, 2) == "t", rows.text(row, 3) == "t"});
  return found;
}

constexpr const char* of_table = "i.indrelid OPERATOR(pg_catalog.=) pg_catalog.to_regclass($1)";
constexpr const char* of_table_and_name =
    "i.indrelid OPERATOR(pg_catalog.=) pg_catalog.to_regclass($1) AND c.relname OPERATOR(pg_catalog.=) $2";
/// REINDEX CONCURRENTLY names its copies so (indexcmds.c, ReindexRelationConcurrently).
constexpr const char* copies = "NOT i.indisvalid AND c.relname OPERATOR(pg_catalog.~) '_cc(new|old)[0-9]*$'";

std::vector<Index> indexes_of(Connection& connection, const Piece& piece) {
  if (piece.leftover == Leftover::reindexed) return indexes_where(connection, copies, {});
  if (piece.object.empty()) return indexes_where(connection, of_table, {piece.table});
  return indexes_where(connection, of_table_and_name, {piece.table, unquote_ident(piece.object)});
}

bool is_noted(const Text& note, const Text& id) {
  const List ids = split(note, ' ');
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

/// The invalid indexes that did not exist before, once no session is building one of them.
std::vector<Index> new_indexes(LedgerSession& session, const Piece& piece, const Text& note) {
  RetryPauses pauses({session.waiting, session.messages.remark, session.stop});
  for (;;) {
    std::vector<Index> found = indexes_of(session.connection, piece);
    std::erase_if(found, [&](const Index& index) { return is_noted(note, index.id); });
    const auto built =
        std::find_if(found.begin(), found.end(), [](const Index& index) { return index.is_being_built; });
    if (built == found.end()) return found;
    pauses.wait(concat("  waiting for the index ", built->name, ", which is still being built"), [&] {
      return Error(Code::refused, concat("the index ", built->name, " is still being built by another session"), {},
                   "wait for it to end, or give it longer with --wait SECONDS");
    });
  }
}

void drop_invalid(LedgerSession& session, const Index& index) {
  session.messages.remark(concat("  dropping the invalid index ", index.name, " that an earlier run left"));
  session.connection.execute(concat("DROP INDEX CONCURRENTLY IF EXISTS ", index.name));
}

Completion completion_of_index(LedgerSession& session, const Piece& piece, const Text& note) {
  std::vector<Index> found = new_indexes(session, piece, note);
  // The statement names no index, so that more than one may be it.
  if (found.size() > 1) return Completion::unknown;
  if (found.empty()) return Completion::not_done;
  if (found[0].is_valid) return Completion::done;
  drop_invalid(session, found[0]);
  return Completion::not_done;
}

Completion completion_of_reindex(LedgerSession& session, const Piece& piece, const Text& note) {
  for (const Index& index : new_indexes(session, piece, note)) drop_invalid(session, index);
  return Completion::not_done;
}

Completion completion_of_detach(Connection& connection, const Piece& piece) {
  const auto attached = connection.query(
      "SELECT pg_catalog.to_jsonb(i) OPERATOR(pg_catalog.->>) 'inhdetachpending' FROM pg_catalog.pg_inherits i"
      " WHERE inhparent OPERATOR(pg_catalog.=) pg_catalog.to_regclass($1)"
      " AND inhrelid OPERATOR(pg_catalog.=) pg_catalog.to_regclass($2)",
      std::vector<Parameter>{piece.table, piece.object});
  if (attached.rows() == 0) return Completion::done;
  if (attached.text(0, 0) != "true") return Completion::not_done;
  connection.execute(concat("ALTER TABLE ", piece.table, " DETACH PARTITION ", piece.object, " FINALIZE"));
  return Completion::done;
}

}  // namespace

void wait_for_worker(LedgerSession& session, const Entry& entry) {
  const Text process = entry.worker.substr(0, entry.worker.find(' '));
  RetryPauses pauses({session.waiting, session.messages.remark, session.stop});
  while (is_at_work(session.connection, entry.worker)) {
    pauses.wait(concat("  waiting for process ", process, " of the server, still at ", entry.label()), [&] {
      return Error(Code::refused,
                   concat("process ", process, " of the server is still at work on ", entry.label(), " for a runner"),
                   {},
                   concat("wait for it to end (--wait SECONDS), or end it: SELECT pg_catalog.pg_terminate_backend(",
                          process, ")"));
    });
  }
}

Text note_before(Connection& connection, const Piece& piece) {
  if (piece.leftover != Leftover::index && piece.leftover != Leftover::reindexed) return {};
  List ids;
  for (Index& index : indexes_of(connection, piece)) ids.push_back(std::move(index.id));
  return join(ids, " ");
}

Completion completion_of(LedgerSession& session, const Piece& piece, const Text& note) {
  switch (piece.leftover) {
    case Leftover::index:
      return completion_of_index(session, piece, note);
    case Leftover::no_index:
      return is_there(session.connection, piece.object) ? Completion::not_done : Completion::done;
    case Leftover::reindexed:
      return completion_of_reindex(session, piece, note);
    case Leftover::partition:
      return completion_of_detach(session.connection, piece);
    case Leftover::harmless:
      return Completion::not_done;
    case Leftover::unknown:
      break;
  }
  return Completion::unknown;
}

std::optional<Piece> begun_piece(const Entry& entry) {
  if (entry.begun == 0) return std::nullopt;
  const std::size_t line = std::min(entry.begun_with.find('\n'), entry.begun_with.size());
  const Script script = read_script({entry.label(), entry.begun_with.substr(line)}, Wrapping::bare);
  if (script.pieces.empty()) return std::nullopt;
  return script.pieces.front();
}

std::optional<Bound> bound_of_batch(const Entry& entry) {
  if (entry.begun == 0) return std::nullopt;
  return bound_in_note(std::string_view(entry.begun_with).substr(0, entry.begun_with.find('\n')));
}

Text progress_of(const Entry& entry) {
  Text text = concat(std::to_string(entry.statements_done), entry.statements_done == 1 ? " statement" : " statements");
  if (entry.begun == 0) return text;
  text += concat(", statement ", std::to_string(entry.begun), " begun");
  const std::optional<Bound> bound = bound_of_batch(entry);
  return bound ? concat(text, ", ", bound->shown()) : text;
}

Text done_in_words(const Entry& entry) {
  const Text whole =
      concat(std::to_string(entry.statements_done), entry.statements_done == 1 ? " statement" : " statements");
  const std::optional<Bound> bound = bound_of_batch(entry);
  if (!bound) return whole;
  const Text rows = concat("of statement ", std::to_string(entry.begun), " ", bound->rows_done());
  return entry.statements_done == 0 ? rows : concat(whole, ", and ", rows);
}

bool is_nothing_done(const Entry& entry) {
  if (entry.status != Status::failed || entry.was_applied() || repeats(entry.version)) return false;
  if (!entry.odd.empty() || entry.statements_done > 0) return false;
  if (entry.begun == 0) return true;
  const std::optional<Piece> piece = begun_piece(entry);
  return piece && piece->leftover != Leftover::unknown && !bound_of_batch(entry);
}

void require_something_done(const Entry& entry) {
  if (!is_nothing_done(entry)) return;
  Error error(Code::refused,
              concat("there is nothing to undo of ", entry.label(), ": it failed, and none of its statements is done"),
              {},
              concat("quoin migrate runs it again, once it is mended; or forget it: quoin repair ", entry.version,
                     " --pending, then quoin rollback undoes what was applied before it"));
  error.detail = entry.error;
  throw error;
}

void require_same_batch(const Entry& entry, const Script& script, const Section& section) {
  const std::optional<Bound> bound = bound_of_batch(entry);
  if (!bound) return;
  const std::size_t number = entry.begun;
  if (!bound->is_portable())
    throw Error(
        Code::refused,
        concat("where the batch of statement ", std::to_string(number), " of ", entry.label(),
               " stands is not certain: its last run kept the key as its own session writes it, ", bound->shown()),
        {section.file},
        concat("look which rows are done, do the rest by hand, and say: quoin repair ", entry.version, " --done ",
               std::to_string(number)));
  const std::optional<Piece> begun = begun_piece(entry);
  const auto& pieces = script.pieces;
  if (number <= pieces.size() && pieces[number - 1].batch && begun && pieces[number - 1].sql == begun->sql) return;
  throw Error(Code::refused,
              concat("statement ", std::to_string(number), " of ", entry.label(),
                     " is done in part, in batches, and was changed since"),
              {section.file},
              concat("put it back as it was; or do the rest of it by hand, and say: quoin repair ", entry.version,
                     " --done ", std::to_string(number)));
}

Completion completion_of_begun(LedgerSession& session, const Entry& entry) {
  if (bound_of_batch(entry)) return Completion::not_done;
  const std::optional<Piece> piece = begun_piece(entry);
  if (!piece) return entry.begun == 0 ? Completion::not_done : Completion::unknown;
  return completion_of(session, *piece, entry.begun_with.substr(0, entry.begun_with.find('\n')));
}

namespace {

/// The server tells which bodies it was in; one that it could not compile has not begun.
bool failed_before_any_body(const Error& error) {
  constexpr std::string_view label = "context: ";
  const std::size_t at = error.detail.find(label);
  if (at == Text::npos) return true;
  const std::string_view context = std::string_view(error.detail).substr(at + label.size());
  return context.starts_with("compilation of ") && context.find("\nPL/pgSQL") == context.npos;
}

/// PL/pgSQL can commit by COMMIT and ROLLBACK alone, not by EXECUTE; SQL cannot; other languages may.
bool has_procedures_that_commit(Connection& connection) {
  return connection
             .execute(
                 "SELECT EXISTS (SELECT FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_language l"
                 " ON l.oid OPERATOR(pg_catalog.=) p.prolang WHERE p.prokind::pg_catalog.text OPERATOR(pg_catalog.=) "
                 "'p'"
                 " AND l.lanname::pg_catalog.text OPERATOR(pg_catalog.<>) 'sql'"
                 " AND (l.lanname::pg_catalog.text OPERATOR(pg_catalog.<>) 'plpgsql'"
                 " OR p.prosrc OPERATOR(pg_catalog.~*) 'commit|rollback'))")
             .text(0, 0) == "t";
}

}  // namespace

bool may_have_committed(Connection& connection, const Piece& piece, const Error& error) {
  if (piece.effect != SessionEffect::calling || failed_before_any_body(error)) return false;
  const Text sql = lower(piece.sql);
  if (sql.find("commit") != Text::npos || sql.find("rollback") != Text::npos) return true;
  try {
    return has_procedures_that_commit(connection);
  } catch (const Error&) { return true; }  // not known; `error` is what there is to tell
}

void clear_way(LedgerSession& session, const Piece& piece) {
  if (piece.leftover != Leftover::index || !piece.if_not_exists) return;
  for (const Index& index : new_indexes(session, piece, {}))
    if (!index.is_valid) drop_invalid(session, index);
}

}  // namespace quoin::runner
