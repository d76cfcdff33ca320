// verify of migrations that their tool has psql run: what psql does itself, and the files that it reads along.
#include "tests/commands_project.h"

using namespace quoin;

namespace {

struct PsqlProject : CommandsProject {
  void add(const Text& name, const Text& content) const {
    std::filesystem::create_directories((folder / "migrations" / name).parent_path());
    CommandsProject::add(name, content);
  }
  Ran verify() const { return run_quoin({"verify", "-v"}, folder); }
};

}  // namespace

TEST_CASE("files that psql reads along are read, with their own places") {
  const PsqlProject project;
  project.add("001_a/up.sql",
              "\\ir parts/tables.sql\nALTER TABLE roses ADD COLUMN n int;\n\\i migrations/001_a/parts/views.sql\n"
              "ALTER TABLE nowhere ADD COLUMN n int;\n");
  project.add("001_a/parts/tables.sql", "CREATE TABLE roses (id int);\n\\ir more.sql\n");
  project.add("001_a/parts/more.sql", "CREATE TABLE more (id int);\n\\ir more.sql\n");
  project.add("001_a/parts/views.sql",
              "CREATE VIEW v AS SELECT n FROM roses;\n\nCREATE VIEW w AS SELECT no FROM roses;\n");
  project.add("002_b/up.sql", "ALTER TABLE more ADD COLUMN n int;\n");
  const Ran ran = project.verify();
  INFO(ran.out << ran.err);
  CHECK(holds(ran.out, "migrations/001_a/parts/more.sql:2:1: note: migrations/001_a/parts/more.sql reads itself"));
  CHECK_FALSE(holds(ran.out, "roses does not exist"));
  CHECK_FALSE(holds(ran.out, "is a command of psql"));
  project.add("001_a/parts/more.sql", "CREATE TABLE more (id int);\n");
  const Ran known = project.verify();
  INFO(known.out << known.err);
  CHECK(known.code == 1);
  CHECK(holds(known.out, "parts/views.sql:3:"));
  CHECK(holds(known.out, "column public.roses.no does not exist"));
  CHECK(holds(known.out, "migrations/001_a/up.sql:4:13: error: table, view or sequence nowhere does not exist"));
}

TEST_CASE("what psql does itself is a note with its place, and what nobody can know behind it accuses nobody") {
  const PsqlProject project;
  project.add("001_a/up.sql",
              "\\set ON_ERROR_STOP on\n\\echo begin\nCREATE TABLE a (id int);\n"
              "SELECT '\\echo in a string' FROM nowhere;\n");
  project.add("002_b/up.sql",
              "SELECT format('CREATE TABLE g%s (id int)', 1) \\gexec\nALTER TABLE g1 ADD COLUMN n int;\n");
  const Ran ran = project.verify();
  INFO(ran.out << ran.err);
  CHECK(ran.code == 1);
  CHECK(holds(ran.out, "001_a/up.sql:1:1: note: \\set is psql's and was passed over"));
  CHECK(holds(ran.out, "001_a/up.sql:2:1: note: \\echo is psql's"));
  CHECK(holds(ran.out, "001_a/up.sql:4:33: error: table, view or sequence nowhere does not exist"));
  CHECK(
      holds(ran.out, "002_b/up.sql:1:47: note: \\gexec is psql's and was passed over: the statements that its query"));
  CHECK_FALSE(holds(ran.out, "g1 does not exist"));
}

TEST_CASE("both branches of psql's \\if are read, and no file beyond the folder is") {
  const PsqlProject project;
  write_file(project.folder / "secret.sql", "CREATE TABLE secret (id int);\n");
  project.add("001_a/up.sql",
              "\\if :x\nCREATE TABLE a (id int);\n\\else\nCREATE TABLE a (id bigint);\n\\endif\n"
              "\\i ../../secret.sql\n");
  const Ran ran = project.verify();
  INFO(ran.out << ran.err);
  CHECK(ran.code == 0);
  CHECK(holds(ran.out, "001_a/up.sql:1:1: note: \\if is psql's and was passed over: which of its branches runs"));
  CHECK(holds(ran.out, "\\i reads ../../secret.sql, which is not within migrations"));
}
