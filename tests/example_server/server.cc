// A small HTTP server that brings its database up to date before it serves:
//   DATABASE_URL=postgresql://app@db/shop example_server MIGRATIONS [PORT [REQUESTS]]
// Port 0 takes a free one. Without a port it ends when the database is ready; with a number, after so many requests.
#include <arpa/inet.h>
#include <quoin/migrator.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <iostream>

namespace {

/// The numbers that a process ends with are quoin's own, and `hear` is told before.
quoin::MigratorOptions options_for(const char* folder) {
  quoin::MigratorOptions options;
  options.migrations = folder;
  options.wait = 30;
  options.exit_on_error = true;
  options.hear = [](quoin::MigratorRemark how, const std::string& line) {
    if (how != quoin::MigratorRemark::detail) std::cerr << line << std::endl;
  };
  return options;
}

int listen_on(int port) {
  const int listener = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  socklen_t size = sizeof address;
  auto* general = reinterpret_cast<sockaddr*>(&address);
  if (listener < 0 || bind(listener, general, size) != 0 || listen(listener, 16) != 0) return -1;
  getsockname(listener, general, &size);
  std::cout << "serving on " << ntohs(address.sin_port) << std::endl;
  return listener;
}

void answer(int connection, const std::string& body) {
  char request[1024];
  if (read(connection, request, sizeof request) > 0) {
    const std::string response =
        "HTTP/1.0 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
    if (write(connection, response.data(), response.size()) < 0) std::cerr << "the client has gone" << std::endl;
  }
  close(connection);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return std::cerr << "example_server MIGRATIONS [PORT [REQUESTS]]" << std::endl, 64;
  quoin::Migrator migrator(options_for(argv[1]));
  for (const quoin::MigrationRan& ran : migrator.migrate())
    std::cout << "ran " << ran.version << " (" << ran.milliseconds << " ms)" << std::endl;
  const std::string version = migrator.status().version;
  std::cout << "ready at " << version << std::endl;
  if (argc < 3) return 0;
  const int listener = listen_on(std::atoi(argv[2]));
  if (listener < 0) return std::cerr << "there is no such port to be had" << std::endl, 2;
  for (int left = argc > 3 ? std::atoi(argv[3]) : -1; left != 0; left -= left > 0 ? 1 : 0)
    if (const int connection = accept(listener, nullptr, nullptr); connection >= 0) answer(connection, version + "\n");
  return 0;
}
