#include "core/postgres/postgres_connect.h"

#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstdlib>
#include <memory>
#include <new>
#include <vector>

#include "core/base/error.h"
#include "core/base/secret.h"

namespace quoin::postgres {
namespace {

using Clock = std::chrono::steady_clock;

struct Host {
  Text name, address, port;
  bool operator==(const Host&) const = default;
};

Text text_of(const char* value) { return value == nullptr ? "" : value; }

Text option_of(PGconn* connection, std::string_view keyword) {
  const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> options(PQconninfo(connection), &PQconninfoFree);
  for (const PQconninfoOption* option = options.get(); option != nullptr && option->keyword != nullptr; ++option)
    if (keyword == option->keyword) return text_of(option->val);
  return {};
}

std::chrono::seconds timeout_of(PGconn* connection) {
  const Text value = option_of(connection, "connect_timeout");
  const std::string_view digits = trim(value);
  int seconds = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), seconds);
  if (!digits.empty() && (read.ec != std::errc() || read.ptr != digits.data() + digits.size()))
    throw Error(Code::input, concat("connect_timeout \"", masked(value), "\" is no number of seconds"), {},
                "write it as connect_timeout=10; 0 waits for ever");
  constexpr int least = 2;  // libpq's own
  return std::chrono::seconds(seconds > 0 ? std::max(seconds, least) : 0);
}

/// Three lists of a connection's options, which go together.
std::vector<Host> hosts_of(PGconn* connection) {
  const List names = split(option_of(connection, "host"), ','),
             addresses = split(option_of(connection, "hostaddr"), ','),
             ports = split(option_of(connection, "port"), ',');
  const auto item = [](const List& list, std::size_t at) {
    return list.empty() ? Text() : list[std::min(at, list.size() - 1)];
  };
  std::vector<Host> hosts;
  for (std::size_t i = 0; i < std::max<std::size_t>({names.size(), addresses.size(), 1}); ++i)
    hosts.push_back({item(names, i), item(addresses, i), item(ports, i)});
  return hosts;
}

Text current_address(PGconn* connection) {
  return concat(text_of(PQhost(connection)), " ", text_of(PQhostaddr(connection)), " ", text_of(PQport(connection)));
}

/// False when the time is over; Clock::time_point::max(): there is no end.
bool is_ready(PGconn* connection, PostgresPollingStatusType wanted, Clock::time_point end) {
  for (;;) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now());
    pollfd one{PQsocket(connection), static_cast<short>(wanted == PGRES_POLLING_READING ? POLLIN : POLLOUT), 0};
    const bool endless = end == Clock::time_point::max();
    if (!endless && left.count() <= 0) return false;
    const int came = poll(&one, 1, endless ? -1 : static_cast<int>(std::min<std::int64_t>(left.count(), 1 << 30)));
    if (came > 0 || (came < 0 && errno != EINTR)) return true;  // libpq tells what is wrong with it
  }
}

enum class Came { to_an_end, too_late };

/// Until it is open or has failed, or one address has had its time.
Came wait_for(PGconn* connection) {
  const std::chrono::seconds timeout = timeout_of(connection);
  Text address;
  Clock::time_point end = Clock::time_point::max();
  for (auto wanted = PGRES_POLLING_WRITING; wanted == PGRES_POLLING_WRITING || wanted == PGRES_POLLING_READING;) {
    if (Text now = current_address(connection); now != address) {
      address = std::move(now);
      if (timeout.count() > 0) end = Clock::now() + timeout;
    }
    if (!is_ready(connection, wanted, end)) return Came::too_late;
    wanted = PQconnectPoll(connection);
  }
  return Came::to_an_end;
}

/// What else the host's name stands for, behind the address that did not answer.
std::vector<Host> other_addresses(const Host& host, const Text& address) {
  if (!host.address.empty() || host.name.empty() || host.name[0] == '/' || host.name[0] == '@') return {};
  addrinfo wanted{};
  wanted.ai_family = AF_UNSPEC;
  wanted.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (getaddrinfo(host.name.c_str(), nullptr, &wanted, &found) != 0) return {};
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> owner(found, &freeaddrinfo);
  std::vector<Host> hosts;
  bool behind = false;
  for (; found != nullptr; found = found->ai_next) {
    char text[NI_MAXHOST];
    if (getnameinfo(found->ai_addr, found->ai_addrlen, text, sizeof text, nullptr, 0, NI_NUMERICHOST) != 0) continue;
    if (behind) hosts.push_back({host.name, text, host.port});
    behind = behind || address == text;
  }
  return hosts;
}

/// Those still to be tried: libpq cannot be told to go on with the next. Those that had refused before come last, as
/// one may be taken when all others are worse (target_session_attrs=prefer-standby).
std::vector<Host> hosts_left(PGconn* connection) {
  std::vector<Host> hosts = hosts_of(connection);
  const Text name = text_of(PQhost(connection)), address = text_of(PQhostaddr(connection)),
             port = text_of(PQport(connection));
  const auto stuck = std::ranges::find_if(hosts, [&](const Host& host) {
    const bool is_named = host.name.empty() || host.name == name;
    return is_named && (host.address.empty() || host.address == address) && (host.port.empty() || host.port == port);
  });
  if (stuck == hosts.end()) return {};
  std::vector<Host> left = other_addresses(*stuck, address);
  left.insert(left.end(), stuck + 1, hosts.end());
  left.insert(left.end(), hosts.begin(), stuck);
  return left;
}

Text listed(const std::vector<Host>& hosts, Text Host::*part) {
  List all;
  for (const Host& host : hosts) all.push_back(host.*part);
  return join(all, ",");
}

/// `hosts`: in place of those of the conninfo; none: those.
PGconn* start(const Text& conninfo, const std::vector<Host>& hosts) {
  std::vector<std::pair<const char*, Text>> settings;
  // What stands before dbname is a default, what stands after it is pinned.
  // Keepalives: a connection that waits through a long statement shall outlive firewalls, and be missed when it is
  // gone.
  settings = {{"fallback_application_name", "quoin"}, {"keepalives_idle", "30"}, {"keepalives_interval", "10"}};
  if (std::getenv("PGCONNECT_TIMEOUT") == nullptr) settings.emplace_back("connect_timeout", "10");
  settings.emplace_back("dbname", conninfo);
  settings.emplace_back("client_encoding", "UTF8");
  if (!hosts.empty()) {
    settings.emplace_back("host", listed(hosts, &Host::name));
    settings.emplace_back("hostaddr", listed(hosts, &Host::address));
    settings.emplace_back("port", listed(hosts, &Host::port));
  }
  std::vector<const char*> keys, values;
  for (const auto& [key, value] : settings) keys.push_back(key), values.push_back(value.c_str());
  keys.push_back(nullptr);
  values.push_back(nullptr);
  PGconn* connection = PQconnectStartParams(keys.data(), values.data(), 1);
  if (connection == nullptr) throw std::bad_alloc();
  return connection;
}

Text told_too_late(PGconn* connection) {
  const Text name = text_of(PQhost(connection)), address = text_of(PQhostaddr(connection));
  const Text said = text_of(PQerrorMessage(connection));
  return concat(said, said.empty() || said.ends_with('\n') ? "" : "\n", "connection to server at \"", name, "\"",
                address.empty() || address == name ? Text() : concat(" (", address, ")"), ", port ",
                text_of(PQport(connection)), " failed: timeout expired\n");
}

}  // namespace

Opened open_connection(const Text& conninfo, NoticeReceiver hearer) {
  Text failure;
  std::vector<Host> hosts;
  for (;;) {
    std::unique_ptr<PGconn, decltype(&PQfinish)> connection(start(conninfo, hosts), &PQfinish);
    PQsetNoticeReceiver(connection.get(), hearer.receive, hearer.self);
    PQsetErrorVerbosity(connection.get(), PQERRORS_VERBOSE);  // with SQLSTATE, whatever the server's language
    const bool is_begun = PQstatus(connection.get()) != CONNECTION_BAD;
    if (!is_begun || wait_for(connection.get()) == Came::to_an_end) {
      PQsetErrorVerbosity(connection.get(), PQERRORS_DEFAULT);
      if (PQstatus(connection.get()) == CONNECTION_OK) return {connection.release(), {}};
      failure += text_of(PQerrorMessage(connection.get()));
      return {connection.release(), failure};
    }
    failure += told_too_late(connection.get());
    hosts = hosts_left(connection.get());
    if (hosts.empty()) return {connection.release(), failure};
  }
}

}  // namespace quoin::postgres
