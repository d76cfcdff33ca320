// An order that works, where a database has run some of the files.
#include "tests/commands_project.h"

using namespace quoin;

TEST_CASE("verify --fix renames no file that the database has run", "[live]") {
  CommandsProject project;
  if (!project.live()) return;
  project.add("0001_users.sql", "create table users (id int primary key);\n");
  project.add("0003_items.sql", "create table items (id int primary key);\n");
  REQUIRE(project.run({"migrate"}).code == 0);
  project.add("0002_orders.sql", "create table orders (u int references users, i int references items);\n");
  const Ran ran = project.run({"verify", "--fix"});
  INFO(ran.out + ran.err);
  CHECK(ran.code == 0);
  List names;
  for (const auto& entry : std::filesystem::directory_iterator(project.folder / "migrations"))
    names.push_back(entry.path().filename().string());
  std::ranges::sort(names);
  CHECK(names == List{"0001_users.sql", "0003_items.sql", "0004_orders.sql"});
  CHECK(project.run({"migrate"}).code == 0);
  CHECK(project.value("select to_regclass('orders') is not null") == "t");
}

TEST_CASE("verify --fix refuses where only a file that has run could move", "[live]") {
  CommandsProject project;
  if (!project.live()) return;
  project.add("0001_orders.sql", "create table orders (id int);\n");
  project.add("0002_items.sql", "select 1;\n");
  REQUIRE(project.run({"migrate"}).code == 0);
  project.add("0001_orders.sql", "create table orders (i int references items);\n");
  project.add("0002_items.sql", "create table items (id int primary key);\n");
  const Ran ran = project.run({"verify", "--fix"});
  CHECK(ran.code == 1);
  CHECK(ran.err.find("renamed 000") == Text::npos);
  CHECK(ran.err.find("nothing is renamed: no order works") != Text::npos);
  CHECK(ran.out.find("no order of these migrations was found") != Text::npos);
}

TEST_CASE("a file that is moved goes behind one that writes the rows it needs", "[order]") {
  CommandsProject project;
  project.add("0001_orders.sql", "create table orders (id int primary key);\ninsert into orders values (1);\n");
  project.add("0002_strict.sql", "alter table orders alter shop set not null;\n");
  project.add("0003_shop.sql", "alter table orders add shop int;\n");
  project.add("0004_fill.sql", "update orders set shop = 1;\n");
  project.add("0005_more.sql", "create table more (id int);\n");
  const Ran ran = run_quoin({"verify", "migrations"}, project.folder);
  INFO(ran.out);
  CHECK(ran.out.find("0002_strict would work after 0004_fill") != Text::npos);
  CHECK(ran.out.find("0004_fill writes rows in columns that 0002_strict is about") != Text::npos);
}

TEST_CASE("what drops and makes anew goes behind what makes it first", "[order]") {
  CommandsProject project;
  project.add("0001_runs.sql", "create table runs (id int);\n");
  project.add("0002_anew.sql", "alter table runs drop column code;\nalter table runs add column code text;\n");
  project.add("0003_code.sql", "alter table runs add column code int;\n");
  project.add("0004_more.sql", "create table more (id int);\n");
  const Ran ran = run_quoin({"verify", "migrations"}, project.folder);
  INFO(ran.out);
  CHECK(ran.out.find("0002_anew would work after 0003_code") != Text::npos);
}
