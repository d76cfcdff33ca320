#include "core/postgres/postgres.h"

#include <libpq-fe.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <exception>
#include <mutex>
#include <shared_mutex>

#include "core/base/secret.h"
#include "core/postgres/postgres_connect.h"
#include "core/postgres/postgres_failure.h"

namespace quoin::postgres {
namespace {

using ResultPointer = std::unique_ptr<PGresult, decltype(&PQclear)>;

ResultPointer owned(PGresult* result) { return {result, &PQclear}; }

void remember_password(PGconn* connection) {
  const auto text = [](const char* value) { return Text(value == nullptr ? "" : value); };
  const Text names[] = {text(PQuser(connection)), text(PQdb(connection)), text(PQhost(connection))};
  remember_secret(text(PQpass(connection)), names);
}

std::shared_mutex connecting;  // who connects reads the variables

/// While it lives, there are no PG… variables.
class WithoutVariables {
 public:
  WithoutVariables() {
    for (char** one = environ; *one != nullptr; ++one)
      if (const std::string_view variable = *one; variable.starts_with("PG")) saved_.emplace_back(variable);
    for (const Text& one : saved_) unsetenv(one.substr(0, one.find('=')).c_str());
  }
  WithoutVariables(const WithoutVariables&) = delete;
  WithoutVariables& operator=(const WithoutVariables&) = delete;
  ~WithoutVariables() {
    for (const Text& one : saved_)
      setenv(one.substr(0, one.find('=')).c_str(), one.substr(one.find('=') + 1).c_str(), 1);
  }

 private:
  List saved_;
};

using Clock = std::chrono::steady_clock;

/// Waits for the server to send something. False: `end` has come, or a signal.
bool sends_by(PGconn* connection, Clock::time_point end) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now());
  pollfd answer{PQsocket(connection), POLLIN, 0};
  return left.count() > 0 && poll(&answer, 1, static_cast<int>(left.count())) > 0;
}

void read_away(PGconn* connection) {
  for (char* row = nullptr; PQgetCopyData(connection, &row, 0) > 0;) PQfreemem(row);
}

/// One row as COPY's CSV writes it: a field without quotes and text is NULL. `line` is overwritten.
void parse_row(std::span<char> line, std::vector<Cell>& cells) {
  cells.clear();
  char* at = line.data();
  char* const end = at + line.size() - (line.empty() || line.back() != '\n' ? 0 : 1);
  for (;;) {
    char* const begin = at;
    if (at == end || *at != '"') {
      while (at != end && *at != ',') ++at;
      cells.push_back(at == begin ? Cell() : Cell(std::in_place, begin, static_cast<std::size_t>(at - begin)));
    } else {
      char* out = begin;
      for (++at; at != end; ++at) {
        if (*at == '"' && (++at == end || *at != '"')) break;
        *out++ = *at;
      }
      cells.emplace_back(std::in_place, begin, static_cast<std::size_t>(out - begin));
    }
    if (at == end) return;
    ++at;
  }
}

}  // namespace

struct Connection::Handle {
  PGconn* connection = nullptr;
  PGcancel* canceller = nullptr;
  std::function<void(std::string_view, std::string_view)> notice;
  std::function<void(std::chrono::milliseconds)> waiting;  // of while_waiting()
  std::chrono::milliseconds first_wait{};
  bool is_asked = false;  // by answers()
  bool is_opening = true;
  std::vector<std::pair<Text, Text>> unheard;  // what the server said before somebody listened

  Handle() = default;
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  ~Handle() {
    PQfreeCancel(canceller);
    PQfinish(connection);
  }

  static void receive(void* self, const PGresult* result) {
    auto& handle = *static_cast<Handle*>(self);
    Text severity = field(result, PG_DIAG_SEVERITY_NONLOCALIZED), message = field(result, PG_DIAG_MESSAGE_PRIMARY);
    if (severity.empty()) severity = field(result, PG_DIAG_SEVERITY);
    constexpr std::size_t most = 100;
    if (handle.notice)
      handle.notice(severity, message);
    else if (handle.is_opening && handle.unheard.size() < most)
      handle.unheard.emplace_back(std::move(severity), std::move(message));
  }

  /// Reads all results of what was sent; `copied` gets each COPY … TO STDOUT while it runs. The first error wins.
  template <class Copied>
  ResultPointer finish(const Text& sql, Copied copied);
  void wait_for_result();
  void end_copy_in();
  void roll_back();
  void pin_strings();
};

// A backslash in '…' is itself to whoever parsed the statement, and so to the server. It reports the setting, so that
// asking costs nothing; where it is off, database, role or a statement have set it.
void Connection::Handle::pin_strings() {
  const char* setting = PQparameterStatus(connection, "standard_conforming_strings");
  if (setting == nullptr || std::string_view(setting) != "off") return;
  if (PQtransactionStatus(connection) == PQTRANS_INERROR) return;
  owned(PQexec(connection, "SET standard_conforming_strings = on"));
}

/// What goes wrong with the connection meanwhile, the reading of the result tells.
void Connection::Handle::wait_for_result() {
  using std::chrono::milliseconds;
  const auto begin = Clock::now();
  auto next = begin + first_wait;
  while (waiting && PQisBusy(connection) != 0) {
    if (sends_by(connection, next)) {
      if (PQconsumeInput(connection) == 0) return;
    } else if (Clock::now() >= next) {
      waiting(std::chrono::duration_cast<milliseconds>(Clock::now() - begin));
      next = Clock::now() + std::chrono::seconds(1);
    }
  }
}

template <class Copied>
ResultPointer Connection::Handle::finish(const Text& sql, Copied copied) {
  ResultPointer last = owned(nullptr), failure = owned(nullptr);
  for (;;) {
    wait_for_result();
    ResultPointer result = owned(PQgetResult(connection));
    if (result == nullptr) break;
    const ExecStatusType status = PQresultStatus(result.get());
    if (status == PGRES_COPY_OUT) {
      copied(connection);
      continue;
    }
    if (status == PGRES_COPY_IN) {
      end_copy_in();
      continue;
    }
    const bool failed = status == PGRES_FATAL_ERROR || status == PGRES_BAD_RESPONSE || status == PGRES_NONFATAL_ERROR;
    if (status == PGRES_COPY_BOTH) throw Error(Code::database, "a replication command cannot be run here");
    (failed && failure == nullptr ? failure : last) = std::move(result);
  }
  if (failure != nullptr || last == nullptr || PQstatus(connection) == CONNECTION_BAD) {
    throw server_error(connection, failure.get(), sql);
  }
  return last;
}

void Connection::Handle::end_copy_in() {
  PQputCopyEnd(connection,
               "there is no data for COPY FROM STDIN here: write INSERT, or COPY from a file of the server");
}

void Connection::Handle::roll_back() {
  if (PQtransactionStatus(connection) == PQTRANS_IDLE || PQstatus(connection) == CONNECTION_BAD) return;
  owned(PQexec(connection, "ROLLBACK"));
}

std::size_t Result::rows() const { return static_cast<std::size_t>(PQntuples(static_cast<PGresult*>(result_.get()))); }

std::size_t Result::columns() const {
  return static_cast<std::size_t>(PQnfields(static_cast<PGresult*>(result_.get())));
}

Cell Result::operator()(std::size_t row, std::size_t column) const {
  const auto* result = static_cast<PGresult*>(result_.get());
  const int r = static_cast<int>(row), c = static_cast<int>(column);
  if (PQgetisnull(result, r, c) != 0) return std::nullopt;
  return std::string_view(PQgetvalue(result, r, c), static_cast<std::size_t>(PQgetlength(result, r, c)));
}

Text Result::text(std::size_t row, std::size_t column) const {
  return Text((*this)(row, column).value_or(std::string_view()));
}

std::size_t Result::affected() const {
  return std::strtoul(PQcmdTuples(static_cast<PGresult*>(result_.get())), nullptr, 10);
}

Connection::Connection(const Text& conninfo, Environment environment) {
  require_known_scheme(conninfo);
  handle_ = std::make_unique<Handle>();
  Text failure;
  {
    std::shared_lock others_too(connecting, std::defer_lock);
    std::unique_lock alone(connecting, std::defer_lock);
    std::optional<WithoutVariables> none;
    environment == Environment::ignored ? alone.lock() : others_too.lock();
    if (alone) none.emplace();
    Opened opened = open_connection(conninfo, {&Handle::receive, handle_.get()});
    handle_->connection = opened.connection;
    failure = std::move(opened.failure);
  }
  handle_->is_opening = false;
  remember_password(handle_->connection);
  if (PQstatus(handle_->connection) != CONNECTION_OK) throw connection_error(handle_->connection, conninfo, failure);
  handle_->canceller = PQgetCancel(handle_->connection);
}

Connection::Connection(Connection&&) noexcept = default;
Connection& Connection::operator=(Connection&&) noexcept = default;
Connection::~Connection() = default;

int Connection::server_version() const { return PQserverVersion(handle_->connection); }
Text Connection::database() const { return PQdb(handle_->connection); }
Text Connection::user() const { return PQuser(handle_->connection); }
int Connection::told_process() const { return PQbackendPID(handle_->connection); }

Text Connection::name() const {
  return concat(PQhost(handle_->connection), ":", PQport(handle_->connection), "/", database());
}

List Connection::variables() const {
  const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> options(PQconninfo(handle_->connection),
                                                                             &PQconninfoFree);
  List all;
  for (const PQconninfoOption* option = options.get(); option != nullptr && option->keyword != nullptr; ++option) {
    const bool is_of_ours = std::string_view(option->keyword) == "application_name" ||
                            std::string_view(option->keyword) == "client_encoding";
    if (is_of_ours || option->envvar == nullptr || option->val == nullptr || *option->val == '\0') continue;
    all.push_back(concat(option->envvar, "=", option->val));
  }
  return all;
}

std::chrono::seconds Connection::connect_timeout() const {
  const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> options(PQconninfo(handle_->connection),
                                                                             &PQconninfoFree);
  for (const PQconninfoOption* option = options.get(); option != nullptr && option->keyword != nullptr; ++option)
    if (std::string_view(option->keyword) == "connect_timeout" && option->val != nullptr)
      return std::chrono::seconds(std::max(std::atoi(option->val), 0));
  return {};
}

bool Connection::answers(std::chrono::milliseconds within) {
  PGconn* connection = handle_->connection;
  if (!handle_->is_asked && PQsendQuery(connection, "") == 0) throw server_error(connection, nullptr, "");
  handle_->is_asked = true;
  const auto end = Clock::now() + within;
  while (PQisBusy(connection) != 0) {
    if (!sends_by(connection, end)) return false;
    if (PQconsumeInput(connection) == 0) throw server_error(connection, nullptr, "");
  }
  handle_->is_asked = false;
  handle_->finish("", &read_away);
  return true;
}

Result Connection::query(const Text& sql, std::span<const Parameter> values) {
  std::vector<const char*> texts;
  for (const Parameter& value : values) texts.push_back(value ? value->c_str() : nullptr);
  handle_->pin_strings();
  const int sent = PQsendQueryParams(handle_->connection, sql.c_str(), static_cast<int>(texts.size()), nullptr,
                                     texts.data(), nullptr, nullptr, 0);
  if (sent == 0) throw server_error(handle_->connection, nullptr, sql);
  Result result;
  result.result_ = handle_->finish(sql, &read_away);
  return result;
}

Result Connection::execute(const Text& sql) {
  handle_->pin_strings();
  if (PQsendQuery(handle_->connection, sql.c_str()) == 0) throw server_error(handle_->connection, nullptr, sql);
  Result result;
  result.result_ = handle_->finish(sql, &read_away);
  return result;
}

void Connection::copy_out(const Text& settings, std::span<const Text> queries, const RowSink& sink) {
  Text sql = concat("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;\n", settings, ";\n");
  std::vector<std::size_t> begins;
  for (const Text& query : queries) {
    begins.push_back(sql.size());
    sql += concat("COPY (", query, ") TO STDOUT (FORMAT csv, HEADER);\n");
  }
  sql += "COMMIT";
  if (PQsendQuery(handle_->connection, sql.c_str()) == 0) throw server_error(handle_->connection, nullptr, sql);
  std::size_t query = 0;
  std::vector<Cell> cells;
  std::exception_ptr thrown;
  const auto take = [&](char* row, int length) {
    const std::unique_ptr<char, decltype(&PQfreemem)> owner(row, &PQfreemem);
    if (thrown) return;
    try {
      parse_row({row, static_cast<std::size_t>(length)}, cells);
      sink(query, cells);
    } catch (...) {  // kept until the server has stopped sending
      thrown = std::current_exception();
      cancel();
    }
  };
  try {
    handle_->finish(sql, [&](PGconn* connection) {
      char* row = nullptr;
      int length = 0;
      while ((length = PQgetCopyData(connection, &row, 0)) > 0) take(row, length);
      ++query;
    });
  } catch (Error& error) {
    handle_->roll_back();
    if (thrown) std::rethrow_exception(thrown);
    // The position counts in the joined text, which the caller does not know; the query itself says more.
    const auto position = static_cast<std::size_t>(std::exchange(error.where.column, 0));
    const auto after = std::upper_bound(begins.begin(), begins.end(), position) - begins.begin();
    const std::size_t number = position > 0 ? static_cast<std::size_t>(after) : query;
    if (number > 0)
      error.detail += concat(error.detail.empty() ? "" : "\n", "reading: ", queries[number - 1].substr(0, 300));
    throw;
  }
  if (thrown) std::rethrow_exception(thrown);
}

void Connection::on_notice(std::function<void(std::string_view, std::string_view)> notice) {
  handle_->notice = std::move(notice);
  for (const auto& [severity, message] : std::exchange(handle_->unheard, {}))
    if (handle_->notice) handle_->notice(severity, message);
}

void Connection::while_waiting(std::chrono::milliseconds first,
                               std::function<void(std::chrono::milliseconds)> waiting) {
  handle_->first_wait = first;
  handle_->waiting = std::move(waiting);
}

void Connection::cancel() noexcept {
  char message[256];
  if (handle_ && handle_->canceller != nullptr) PQcancel(handle_->canceller, message, sizeof message);
}

bool Connection::alive() const { return PQstatus(handle_->connection) == CONNECTION_OK; }

bool Connection::in_transaction() const {
  const PGTransactionStatusType status = PQtransactionStatus(handle_->connection);
  return status == PQTRANS_INTRANS || status == PQTRANS_INERROR || status == PQTRANS_ACTIVE;
}

}  // namespace quoin::postgres
