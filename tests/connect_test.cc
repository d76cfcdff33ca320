// How connections are opened: hosts that do not answer, and servers that speak before they are asked.
#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <thread>

#include "core/postgres/postgres.h"
#include "tests/commands_project.h"

using namespace quoin;
using namespace std::chrono_literals;
using postgres::Connection;

namespace {

/// A port of this machine. Clients can connect, and whether somebody speaks to them is another matter.
class Port {
 public:
  Port() {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    REQUIRE(bind(socket_, reinterpret_cast<sockaddr*>(&address), size) == 0);
    REQUIRE(listen(socket_, 8) == 0);
    REQUIRE(getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size) == 0);
    number_ = std::to_string(ntohs(address.sin_port));
  }
  Port(const Port&) = delete;
  Port& operator=(const Port&) = delete;
  ~Port() { close(socket_); }
  const Text& number() const { return number_; }
  int socket() const { return socket_; }

 private:
  int socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  Text number_;
};

Text big_endian(std::size_t value) {
  Text bytes;
  for (const int shift : {24, 16, 8, 0}) bytes += static_cast<char>(value >> shift & 0xff);
  return bytes;
}

Text message(char type, const Text& content) { return concat(Text(1, type), big_endian(content.size() + 4), content); }

Text said(const Text& severity, const Text& words) {
  const Text end(1, '\0');
  return message('N', concat("S", severity, end, "V", severity, end, "C01000", end, "M", words, end, end));
}

/// As much of a server as says something, lets in one client after the other, and goes when it is asked
/// something.
class Speaker {
 public:
  explicit Speaker(Text words) : words_(std::move(words)), thread_([this] { serve(); }) {}
  Speaker(const Speaker&) = delete;
  Speaker& operator=(const Speaker&) = delete;
  ~Speaker() {
    shutdown(port_.socket(), SHUT_RDWR);
    thread_.join();
  }
  Text url() const { return concat("postgresql://ann@127.0.0.1:", port_.number(), "/shop?sslmode=disable"); }

 private:
  void serve() {
    for (int client; (client = accept(port_.socket(), nullptr, nullptr)) >= 0; close(client)) {
      char bytes[1024];
      if (read(client, bytes, sizeof bytes) <= 0) continue;
      const Text end(1, '\0');
      const Text hello = concat(message('R', big_endian(0)), words_,
                                message('S', concat("server_version", end, "15.0", end)), message('Z', "I"));
      if (write(client, hello.data(), hello.size()) < 0) continue;
      if (read(client, bytes, sizeof bytes) < 0) continue;  // what it is asked it does not answer
    }
  }

  Port port_;
  Text words_;
  std::thread thread_;
};

}  // namespace

TEST_CASE("what a server says while it lets a client in is heard like all else", "[postgres]") {
  const Speaker speaker(concat(said("WARNING", "mind the step"), said("NOTICE", "second")));
  Connection connection(speaker.url());
  List heard;
  connection.on_notice(
      [&](std::string_view severity, std::string_view words) { heard.push_back(concat(severity, " ", words)); });
  CHECK(heard == List{"WARNING mind the step", "NOTICE second"});
}

TEST_CASE("nothing that a server says reaches a terminal as it is", "[postgres]") {
  const Speaker speaker(said("WARNING", "\x1b[2J wiped, password=Tr0ub4dor"));
  const Ran ran = run_quoin({"status"}, "/tmp", {concat("DATABASE_URL=", speaker.url(), "&connect_timeout=2")});
  CHECK(ran.code == 2);
  CHECK_FALSE(holds(ran.err, "\x1b"));
  CHECK_FALSE(holds(ran.err, "Tr0ub4dor"));
}

TEST_CASE("a host that does not answer is given its time, then the next one has its turn", "[postgres]") {
  const Port silent;
  const Speaker speaker("");
  const Text port = speaker.url().substr(27, speaker.url().find('/', 27) - 27);
  const auto begin = std::chrono::steady_clock::now();
  const Connection connection(concat("host=127.0.0.1,127.0.0.1 port=", silent.number(), ",", port,
                                     " user=ann dbname=shop sslmode=disable gssencmode=disable connect_timeout=2"));
  CHECK(connection.alive());
  CHECK(holds(connection.name(), concat(":", port, "/")));
  const auto took = std::chrono::steady_clock::now() - begin;
  CHECK(took > 1900ms);
  CHECK(took < 8s);
}

TEST_CASE("what a server refuses a client with is told without what is only for programs", "[postgres]") {
  const auto refused = [](const Text& state, const Text& words, const Text& options = {}) {
    const Text end(1, '\0');
    const Speaker speaker(message('E', concat("S", "FATAL", end, "V", "FATAL", end, "C", state, end, "M", words, end,
                                              "F", "postinit.c", end, "L", "123", end, "R", "InitPostgres", end, end)));
    try {
      const Connection connection(concat(speaker.url(), "&gssencmode=disable&options=", options));
    } catch (const Error& error) { return error; }
    return Error(Code::internal, "connected");
  };
  const Error full = refused("53300", "zu viele Verbindungen");
  CHECK(full.sqlstate == "53300");
  CHECK(holds(full.what(), "FATAL:  zu viele Verbindungen"));
  CHECK_FALSE(holds(full.what(), "InitPostgres"));
  CHECK(holds(full.hint, "raise the limit"));
  CHECK(refused("57P03", "x").sqlstate == "57P03");
  CHECK(holds(refused("XX", "y").what(), "FATAL:  XX: y"));
  CHECK(holds(refused("", "").what(), "FATAL"));

  const Error value = refused("22023", "invalid value for parameter \"work_mem\": \"Wren7\"", "-c%20work_mem%3DWren7");
  CHECK(holds(value.what(), "\"work_mem\": \"***\""));
  CHECK(holds(value.hint, "mend options= in the URL, or PGOPTIONS"));
  const Text word = refused("42601", "invalid command-line argument: Wren7", "Wren7").what();
  CHECK(holds(word, "argument: ***"));
  CHECK_FALSE(holds(word, "Wren7"));
}

TEST_CASE("each host that was tried is told with what came of it", "[postgres]") {
  const Port silent;
  try {
    const Connection connection(concat("host=127.0.0.1,127.0.0.1 port=1,", silent.number(),
                                       " user=ann dbname=shop sslmode=disable gssencmode=disable connect_timeout=2"));
    FAIL("connected");
  } catch (const Error& error) {
    CHECK(holds(error.what(), "port 1 failed: Connection refused"));
    CHECK(holds(error.what(), concat("port ", silent.number(), " failed: timeout expired")));
  }
  CHECK_THROWS_AS(Connection("host=127.0.0.1 port=1 connect_timeout=soon"), Error);
}

TEST_CASE("a server that did not come up in time is told once", "[commands]") {
  CommandsProject project;
  project.add("1_a.sql", "CREATE TABLE a (x int);\n");
  const Text url = "postgresql://x@127.0.0.1:1/y";
  const Ran ran = project.run({"migrate", "--wait", "1", "--database", url});
  INFO(ran.err);
  CHECK(ran.code == 2);
  CHECK(ran.err.find("cannot connect") == ran.err.rfind("cannot connect"));
  CHECK(holds(ran.err, "cannot connect"));
}
