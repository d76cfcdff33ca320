#include "core/postgres/shadow.h"

#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <climits>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <mutex>

#include "core/base/files.h"
#include "core/base/secret.h"
#include "core/base/visible.h"
#include "core/postgres/shadow_server.h"

namespace quoin {
namespace {

constexpr std::string_view prefix = "quoin_shadow_";

/// Says where a process id means this process's: host, boot and process namespace. Empty where that cannot be known.
Text here() {
  char host[HOST_NAME_MAX + 1] = {};
  std::error_code unknown;
  const auto space = std::filesystem::read_symlink("/proc/self/ns/pid", unknown);
  const std::filesystem::path boot = "/proc/sys/kernel/random/boot_id";
  if (unknown || gethostname(host, HOST_NAME_MAX) != 0 || !std::filesystem::exists(boot)) return {};
  return sha256(concat(host, " ", space.string(), " ", read_file(boot))).substr(0, 10);
}

Text new_name() {
  static std::atomic<unsigned> count = 0;
  const Text place = here();
  return concat(prefix, place.empty() ? "x" : place, "_", std::to_string(getpid()), "_", std::to_string(++count));
}

/// Sessions that were just closed take a moment to end, and DROP DATABASE would sleep for a tenth of a second over
/// them.
void wait_for_sessions(postgres::Connection& admin, const Text& name) {
  for (int tries = 0; tries < 20; ++tries) {
    const auto sessions = admin.query(
        "SELECT 1 FROM pg_catalog.pg_stat_activity WHERE datname OPERATOR(pg_catalog.=) $1::pg_catalog.name",
        std::vector<postgres::Parameter>{name});
    if (sessions.rows() == 0) return;
    usleep(2000);
  }
}

/// A subscription holds its database; what it has on the other server is not ours to touch.
void drop_subscriptions(const Text& url) {
  postgres::Connection connection(url);
  const auto names = connection.query(
      "SELECT s.subname FROM pg_catalog.pg_subscription s JOIN pg_catalog.pg_database d"
      " ON d.oid OPERATOR(pg_catalog.=) s.subdbid"
      " WHERE d.datname OPERATOR(pg_catalog.=) pg_catalog.current_database()");
  for (std::size_t row = 0; row < names.rows(); ++row) {
    const Text name = quote_ident(names.text(row, 0));
    connection.execute(concat("ALTER SUBSCRIPTION ", name, " DISABLE"));
    connection.execute(concat("ALTER SUBSCRIPTION ", name, " SET (slot_name = NONE)"));
    connection.execute(concat("DROP SUBSCRIPTION ", name));
  }
}

void drop_alone(postgres::Connection& admin, const Text& name) {
  wait_for_sessions(admin, name);
  if (admin.major() >= 13) {
    admin.execute(concat("DROP DATABASE IF EXISTS ", quote_ident(name), " WITH (FORCE)"));
    return;
  }
  admin.query(
      "SELECT pg_catalog.pg_terminate_backend(pid) FROM pg_catalog.pg_stat_activity"
      " WHERE datname OPERATOR(pg_catalog.=) $1::pg_catalog.name",
      std::vector<postgres::Parameter>{name});
  admin.execute(concat("DROP DATABASE IF EXISTS ", quote_ident(name)));
}

void drop(postgres::Connection& admin, const Text& url, const Text& name) {
  try {
    drop_alone(admin, name);
  } catch (const Error& error) {
    if (error.sqlstate != "55006") throw;  // in use
    drop_subscriptions(postgres::with_database(url, name));
    drop_alone(admin, name);
  }
}

void warn_of_kept(const Text& name, const Error& error) {
  std::fprintf(stderr, "warning: the scratch database %s could not be dropped: %s\n", name.c_str(),
               line_for_people(error.what()).c_str());
}

/// What a process of this machine that was killed has left there. That it cannot be dropped is nobody's failure now.
void drop_stale(postgres::Connection& admin, const Text& url) {
  const Text place = here();
  if (place.empty()) return;
  const Text ours = concat(prefix, place, "_");
  const auto names = admin.query(
      "SELECT datname FROM pg_catalog.pg_database WHERE pg_catalog.starts_with(datname::pg_catalog.text, "
      "$1::pg_catalog.text)",
      std::vector<postgres::Parameter>{ours});
  for (std::size_t row = 0; row < names.rows(); ++row) {
    const Text name = names.text(row, 0);
    const int owner = std::atoi(name.c_str() + ours.size());
    if (owner <= 0 || kill(owner, 0) == 0 || errno != ESRCH) continue;
    try {
      drop(admin, url, name);
    } catch (const Error& error) { warn_of_kept(name, error); }
  }
}

}  // namespace

struct Shadow::Server {
  std::unique_ptr<shadow::PrivateServer> own;  // empty: a server that the user named
  Text url;
  std::optional<postgres::Connection> admin;
  int major = 0;
  List left;                 // of a private server: databases that nobody uses any more
  pid_t process = getpid();  // a forked child has no say over what its parent made

  /// A variable could lead elsewhere than to our own server.
  postgres::Environment environment() const {
    return own ? postgres::Environment::ignored : postgres::Environment::applies;
  }

  postgres::Connection& connection() {
    if (!admin || !admin->alive()) admin.emplace(url, environment());
    return *admin;
  }

  /// A private server goes soon, and dropping costs more than it gives back; but it shall not grow without bound.
  void release(const Text& name) {
    constexpr std::size_t many = 16;
    if (!own) return drop(connection(), url, name);
    left.push_back(name);
    if (left.size() < many) return;
    for (const Text& each : std::exchange(left, {})) drop(connection(), url, each);
  }
};

struct Shadow::Database::State {
  std::shared_ptr<Server> server;
  Text name, url;
  State(std::shared_ptr<Server> of, Text called, Text where)
      : server(std::move(of)), name(std::move(called)), url(std::move(where)) {}
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    if (server->process != getpid()) return;
    try {
      server->release(name);
    } catch (const Error& error) { warn_of_kept(name, error); }
  }
};

Shadow::Shadow(std::shared_ptr<Server> server) : server_(std::move(server)) {}
Shadow::Shadow(Shadow&&) noexcept = default;
Shadow& Shadow::operator=(Shadow&&) noexcept = default;
Shadow::~Shadow() = default;

std::optional<Shadow> Shadow::start(std::optional<int> major) {
  static std::mutex mutex;
  static std::map<int, std::shared_ptr<Server>> running;  // by major, until the process ends
  const std::lock_guard lock(mutex);
  if (const auto found = running.find(major.value_or(0)); found != running.end()) return Shadow(found->second);
  const std::optional<shadow::Binaries> binaries = shadow::find_binaries(major);
  if (!binaries) return std::nullopt;
  if (const auto found = running.find(binaries->major); found != running.end()) return Shadow(found->second);
  auto started = std::make_shared<Server>();
  started->own = std::make_unique<shadow::PrivateServer>(*binaries);
  started->url = started->own->url();
  started->major = started->connection().major();
  running.emplace(binaries->major, started);
  return Shadow(started);
}

Shadow Shadow::at(const Text& url) {
  auto server = std::make_shared<Server>();
  server->url = url;
  server->major = server->connection().major();
  drop_stale(server->connection(), url);
  return Shadow(std::move(server));
}

int Shadow::major() const { return server_->major; }
bool Shadow::is_private() const { return server_->own != nullptr; }
const Text& Shadow::url() const { return server_->url; }

Shadow::Database Shadow::create_database() {
  const Text name = new_name();
  try {
    server_->connection().execute(concat("CREATE DATABASE ", quote_ident(name), " TEMPLATE template0"));
  } catch (Error& error) {
    if (error.sqlstate == "42501") {
      error.hint = concat("give the shadow URL's user the right to make databases: ALTER ROLE ",
                          quote_ident(server_->connection().user()), " CREATEDB");
    }
    throw;
  }
  // Only what is there is taken down again.
  return Database(std::make_unique<Database::State>(server_, name, postgres::with_database(server_->url, name)));
}

Shadow::Database::Database(std::unique_ptr<State> state) : state_(std::move(state)) {}
Shadow::Database::Database(Database&&) noexcept = default;
Shadow::Database& Shadow::Database::operator=(Database&&) noexcept = default;
Shadow::Database::~Database() = default;
const Text& Shadow::Database::url() const { return state_->url; }
postgres::Connection Shadow::Database::connect() const {
  return postgres::Connection(state_->url, state_->server->environment());
}

}  // namespace quoin
