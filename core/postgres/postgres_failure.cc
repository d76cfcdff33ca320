#include "core/postgres/postgres_failure.h"

#include <cstdlib>

#include "core/base/secret.h"
#include "core/postgres/postgres_conninfo.h"

namespace quoin::postgres {
namespace {

Text without_line_end(const char* message) { return Text(trim(message == nullptr ? "" : message)); }

/// What to do about it, where the server gives no hint of its own.
std::string advice(std::string_view sqlstate) {
  if (sqlstate == "42501") return "connect as the owner, or have the missing privilege granted";
  if (sqlstate == "57014") return "it was cancelled, or ran into statement_timeout: try again, or raise that";
  if (sqlstate == "55P03") return "another session holds the lock: try again later, or raise lock_timeout";
  if (sqlstate == "40P01") return "two sessions waited for each other: try again";
  if (sqlstate == "53300") return "close other connections, or raise max_connections";
  if (sqlstate == "25006")
    return "connect to the primary; or, where database or role say default_transaction_read_only = on and it is "
           "to be"
           " written all the same: PGOPTIONS='-c default_transaction_read_only=off'";
  if (sqlstate == "57P01")
    return "this session was ended, or the server is stopping: try again once it takes connections";
  if (sqlstate.starts_with("57P")) return "the server is stopping or was restarted: try again when it is up";
  return {};
}

void add_line(std::string& text, std::string_view label, const Text& value) {
  if (value.empty()) return;
  if (!text.empty()) text += '\n';
  text += concat(label, value);
}

Text described(PGconn* connection) {
  const auto said = [](const char* value, const char* otherwise) {
    return Text(value == nullptr || *value == '\0' ? otherwise : value);
  };
  return concat("host ", said(PQhost(connection), "(default)"), ", port ", said(PQport(connection), "5432"),
                ", database ", said(PQdb(connection), "(default)"), ", user ", said(PQuser(connection), "(default)"));
}

constexpr const char* no_room =
    "close other connections, or raise the limit: max_connections, the role's or database's, or the pooler's";

constexpr const char* options_advice =
    "the server does not take a setting that the connection asks for: mend options= in the URL, or PGOPTIONS";

std::string connection_advice(std::string_view message) {
  const auto says = [&](std::string_view part) { return message.find(part) != message.npos; };
  if (says("password authentication") || says("no password supplied")) {
    return "check user and password (in the URL, PGPASSWORD or ~/.pgpass)";
  }
  if (says("does not exist")) return "check the names in the URL, or create it first (createdb, createuser)";
  if (says("pg_hba.conf")) return "the server's pg_hba.conf does not let this user in from here";
  if (says("translate host name")) return "check the host's name in the URL or in PGHOST";
  if (says("too many c") || says("connection slots") || says("no more connections")) return no_room;
  if (says("SSL")) return "check sslmode in the URL and the server's certificate";
  return "check that the server runs and that --database (or DATABASE_URL, PGHOST, PGPORT) names it";
}

struct Failure {
  Text said, sqlstate;
};

/// Takes apart "FATAL:  53300: sorry, too many clients already" and the line with the place in the server's source.
Failure failure_of(std::string_view verbose) {
  Failure failure;
  List lines;
  for (Text& line : split(trim(verbose), '\n')) {
    const std::size_t colon = line.rfind(':');
    const bool is_place = line.find(":  ") != Text::npos && line.substr(0, colon).ends_with(".c") &&
                          line.find_first_not_of("0123456789", colon + 1) == Text::npos;
    if (is_place) continue;
    constexpr std::size_t length = 5;
    const std::size_t state = line.find(":  ") + 3;
    const bool has_state =
        state >= 3 && line.size() >= state + length + 2 && line.substr(state + length, 2) == ": " &&
        line.substr(state, length).find_first_not_of("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") == Text::npos;
    if (has_state) {
      failure.sqlstate = line.substr(state, length);
      line.erase(state, length + 2);
    }
    lines.push_back(std::move(line));
  }
  failure.said = join(lines, "\n");
  return failure;
}

/// Whether libpq found another password than the one that is meant, so that its messages may quote parts of that.
bool is_misread(PGconn* connection, const Text& conninfo) {
  const Text meant = password_of(conninfo);
  const char* found = PQpass(connection);
  return !meant.empty() && (found == nullptr || meant != found);
}

/// What libpq stumbled over may be any part of a password.
Text without_quoted(std::string_view message) {
  List parts = split(message, '"');  // every second one stands between quotes
  for (std::size_t i = 1; i < parts.size(); i += 2) parts[i] = hidden;
  return join(parts, "\"");
}

}  // namespace

Text field(const PGresult* result, int code) {
  const char* value = PQresultErrorField(result, code);
  return value == nullptr ? Text() : Text(value);
}

Error server_error(PGconn* connection, const PGresult* result, std::string_view sql) {
  const auto shown = [&](const Text& text) { return masked(text, sql); };
  Text message = field(result, PG_DIAG_MESSAGE_PRIMARY);
  const Text sqlstate = field(result, PG_DIAG_SQLSTATE);
  const bool lost = PQstatus(connection) == CONNECTION_BAD;
  if (message.empty()) message = without_line_end(PQresultErrorMessage(result));
  if (message.empty()) message = without_line_end(PQerrorMessage(connection));
  if (message.empty()) message = "the server gave no answer";
  if (lost) message = concat("the connection was lost: ", message);
  Error error(Code::database, shown(message), {}, shown(field(result, PG_DIAG_MESSAGE_HINT)));
  error.sqlstate = sqlstate;
  if (error.hint.empty()) error.hint = advice(sqlstate);
  if (message.find("statement pooling") != Text::npos)
    error.hint = "a pooler stands before the server: connect to the server itself";
  if (error.hint.empty() && lost) error.hint = "see the server's log, and try again when it is up";
  error.server_detail = shown(field(result, PG_DIAG_MESSAGE_DETAIL));
  add_line(error.detail, "", error.server_detail);
  add_line(error.detail, "in: ", shown(field(result, PG_DIAG_INTERNAL_QUERY)));
  add_line(error.detail, "context: ", shown(field(result, PG_DIAG_CONTEXT)));
  if (const Text position = field(result, PG_DIAG_STATEMENT_POSITION); !position.empty()) {
    error.where.column = std::atoi(position.c_str());
  }
  return error;
}

Error connection_error(PGconn* connection, const Text& conninfo, std::string_view failure) {
  const Failure told = failure_of(failure);
  const Text& said = told.said;
  const bool is_read = PQhost(connection) != nullptr && PQdb(connection) != nullptr;
  if (is_misread(connection, conninfo)) {
    return {Code::input,
            concat("cannot connect: ", without_password(conninfo), " cannot be read as it is meant: ",
                   is_read ? without_pieces(said, password_of(conninfo)) : without_quoted(said)),
            {},
            looks_like_url(conninfo)
                ? "write special characters of the password in percent form: %40 for @, %2F for /, %3A for :, %25 for %"
                : "put a password with blanks or quotes between single quotes, with a backslash before those in it"};
  }
  if (!is_read) {
    return {Code::input,
            concat("cannot connect: ", without_password(conninfo), ": ", masked(said)),
            {},
            "write it as postgresql://user@host:port/database"};
  }
  const char* options = PQoptions(connection);
  const bool is_about_setting = told.sqlstate == "42704" || told.sqlstate == "22023" || told.sqlstate == "42601";
  Error error(Code::database,
              concat("cannot connect to PostgreSQL (", described(connection),
                     "): ", without_values(said, options == nullptr ? "" : options)),
              {},
              told.sqlstate == "53300" ? no_room
              : is_about_setting       ? options_advice
                                       : connection_advice(said));
  error.sqlstate = told.sqlstate;
  return error;
}

}  // namespace quoin::postgres
