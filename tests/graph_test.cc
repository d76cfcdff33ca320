// What stands on what, drawn.
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "core/base/files.h"
#include "core/base/subprocess.h"
#include "tests/catch.h"
#include "tests/program.h"

using namespace quoin;
namespace fs = std::filesystem;

namespace {
class Folder {
 public:
  Folder() {
    fs::remove_all(path_);
    fs::create_directories(path_ / "m");
    add("0001_users", "create table users (id int primary key, name text);");
    add("0002_items", "create table items (id int primary key);");
    add("0003_orders", "create table orders (u int references users, i int references items);");
    add("0004_nick", "alter table users rename column name to nick;");
    add("0005_view", "create view busy as select u from orders;");
    add("0006_gone", "drop view busy;");
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  Ran graph(List more) const {
    more.insert(more.begin(), {"graph", "m", "--migrations"});
    return run_quoin(more, path_);
  }
  nlohmann::json json(List more) const {
    more.insert(more.end(), {"--format", "json"});
    const Ran ran = graph(more);
    INFO(ran.err);
    REQUIRE(ran.code == 0);
    return nlohmann::json::parse(ran.out);
  }

 private:
  fs::path path_ = fs::temp_directory_path() / concat("quoin-graph-", std::to_string(getpid()));

  void add(const Text& name, const Text& sql) const { write_file(path_ / "m" / concat(name, ".sql"), sql); }
};
}  // namespace

TEST_CASE("the graph of migrations says what could run beside what, and its longest chain") {
  const nlohmann::json graph = Folder().json({});
  std::map<Text, int> levels;
  for (const auto& node : graph["nodes"]) levels[node["name"].get<Text>()] = node["level"].get<int>();
  CHECK(levels == std::map<Text, int>{{"0001_users", 1},
                                      {"0002_items", 1},
                                      {"0003_orders", 2},
                                      {"0004_nick", 2},
                                      {"0005_view", 3},
                                      {"0006_gone", 4}});
  CHECK(graph["critical_path"] == nlohmann::json{"0001_users", "0003_orders", "0005_view", "0006_gone"});
  CHECK(Folder().graph({"--format", "dot"}).out.find("\"0005_view\" [tooltip=\"migration\", penwidth=3]") !=
        Text::npos);
  CHECK(Folder().graph({}).out.starts_with("flowchart RL"));  // in time's order, from the left
  CHECK(Folder().graph({}).out.find("class n1,n3,n5,n6 critical") != Text::npos);
}

TEST_CASE("the graph of one object has the migrations that made and changed it, and what would break without it") {
  const nlohmann::json graph = Folder().json({"--of", "users"});
  CHECK(graph["breaks"] == nlohmann::json{"public.orders"});
  std::map<Text, Text> said;
  for (const auto& edge : graph["edges"])
    if (edge["from"] == "public.users") said[edge["to"].get<Text>()] = edge["what"].get<Text>();
  CHECK(said == std::map<Text, Text>{{"0001_users", "made"}, {"0004_nick", "changed"}});
  CHECK(Folder().json({"--of", "0005_view"})["breaks"] == nlohmann::json{"0006_gone"});
}

TEST_CASE("without Graphviz an SVG is refused with what to do instead") {
  if (run_program({"dot", "-V"}).status == 0) {
    const Ran ran = Folder().graph({"--format", "svg"});
    CHECK(ran.out.find("<svg") != Text::npos);
  } else {
    const Ran ran = Folder().graph({"--format", "svg"});
    CHECK(ran.code == 2);
    CHECK(ran.err.find("Graphviz' dot, which is not on the PATH") != Text::npos);
    CHECK(ran.err.find("--format dot") != Text::npos);
  }
}
