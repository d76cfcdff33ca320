// Connections to a server. Only core/postgres uses libpq.
#pragma once
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/base/text.h"

namespace quoin::postgres {

using Cell = std::optional<std::string_view>;  // nullopt: NULL; valid while its Result (or the callback) lasts
using Parameter = std::optional<Text>;

class Result {
 public:
  std::size_t rows() const;
  std::size_t columns() const;
  Cell operator()(std::size_t row, std::size_t column) const;
  Text text(std::size_t row, std::size_t column) const;  // "" for NULL
  std::size_t affected() const;                          // rows an INSERT, UPDATE or DELETE touched
 private:
  friend class Connection;
  std::shared_ptr<void> result_;
};

/// Rows of one query of `copy_out`: its position among the queries, then the row's cells (the header row comes first).
using RowSink = std::function<void(std::size_t query, std::span<const Cell> row)>;

/// Whether the PG… environment variables fill in what the URL leaves open.
enum class Environment { applies, ignored };

/// One connection; closes itself. Every failure throws Error(Code::database) with SQLSTATE, the server's message, its
/// hint, and in `detail` its DETAIL and CONTEXT; no message, here or anywhere, holds a password.
class Connection {
 public:
  /// A libpq URL or conninfo string; .pgpass applies. Sets application_name to quoin unless given. What is sent is read
  /// with standard_conforming_strings on, whatever database, role or an earlier statement have set: so it was parsed.
  explicit Connection(const Text& conninfo, Environment = Environment::applies);
  Connection(Connection&&) noexcept;
  Connection& operator=(Connection&&) noexcept;
  ~Connection();

  int server_version() const;  // 150004 for 15.4
  int major() const { return server_version() / 10000; }
  Text database() const;
  Text user() const;
  /// The process id that the server sent when connecting (PQbackendPID()); behind a pooler that is none of the
  /// server's.
  int told_process() const;
  /// For people: "host:port/database", never a password.
  Text name() const;

  /// Environment variables by which another client of libpq connects to the same database, password included:
  /// "PGHOST=db".
  List variables() const;
  /// The connect_timeout that applies, from the conninfo or PGCONNECT_TIMEOUT; 0: none.
  std::chrono::seconds connect_timeout() const;

  /// True if a server process answers an empty statement within that time: a pooler lets clients in before it has a
  /// process for them. After false, call nothing but this until it gives true.
  bool answers(std::chrono::milliseconds within);
  /// One statement with bound values.
  Result query(const Text& sql, std::span<const Parameter> values = {});
  /// Any number of statements by the simple protocol: without BEGIN they are one implicit transaction. The last result.
  /// On failure Error::where.column holds the character position that the server names within `sql` (line 0), if any.
  Result execute(const Text& sql);
  /// All `queries` in one round trip: "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; COPY (…) TO STDOUT (FORMAT csv,
  /// HEADER); …; COMMIT", the sink called row by row as they arrive. `settings` run first in the transaction, in the
  /// same round trip. Each query must have at least one column. After a failure the transaction is rolled back.
  void copy_out(const Text& settings, std::span<const Text> queries, const RowSink& sink);
  /// Sets what is called for each NOTICE and WARNING; by default they are dropped. Those that came while the connection
  /// was opened are passed on at once.
  void on_notice(std::function<void(std::string_view severity, std::string_view message)>);
  /// Sets what is called while a statement runs, with the time since it was sent: first after `first`, then each
  /// second. It must not throw, nor use this connection.
  void while_waiting(std::chrono::milliseconds first, std::function<void(std::chrono::milliseconds)>);
  /// Asks the server to stop the running statement; safe in a signal handler and from another thread.
  void cancel() noexcept;
  bool alive() const;  // false once the connection was lost
  bool in_transaction() const;

 private:
  struct Handle;
  std::unique_ptr<Handle> handle_;
};

Text quote_conninfo(std::string_view value);  // for key='value' strings
/// The conninfo, in whatever form, with what it leaves open filled in from `variables` by libpq's names (PGPASSWORD),
/// unless the environment has them. Server and database are filled into an empty conninfo alone. Variables that name
/// files with other servers and passwords, or a program library (PGPASSFILE, PGSSLKEY=engine:key), are not used.
Text filled_in(const Text& conninfo, const std::map<Text, Text>& variables);
/// The same database server, another database: works for URLs and key=value strings.
Text with_database(const Text& conninfo, const Text& database);
/// The same database, with one more setting of the session from its beginning: "-c search_path=a".
Text with_session_setting(const Text& conninfo, const Text& name, const Text& value);
/// True if both name one database, as far as their text tells: host, port and database, with libpq's defaults.
bool name_one_database(const Text& a, const Text& b);
/// "host:port/database" of a conninfo, for people: as Connection::name(), without connecting.
Text name_of(const Text& conninfo);
/// The conninfo without its password, for messages; also where libpq could not read it.
Text without_password(const Text& conninfo);
/// The password that a conninfo is meant to hold, decoded; empty: none.
Text password_of(const Text& conninfo);
/// libpq's message about a conninfo that it misread, with *** for each quoted part that shares a piece with the
/// password.
Text without_pieces(std::string_view message, std::string_view password);
/// Throws Error(Code::input) for a URL of a scheme that libpq does not know, which says what to write instead.
void require_known_scheme(const Text& conninfo);
/// True if a text looks like the URL of a database, of whatever scheme.
bool looks_like_url(std::string_view text);
/// Elements of an array's text, as {a,"b c",NULL}; NULL becomes "".
List array_items(std::string_view text);

}  // namespace quoin::postgres
