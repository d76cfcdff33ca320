// Statements that commit by themselves, and fail.
#include "runner/repair.h"
#include "tests/runner_project.h"

using namespace quoin;
using namespace quoin::runner;

TEST_CASE("what commits by itself and then fails is asked about, never done again unasked", "[runner][live]") {
  struct Case {
    const char *statement, *before;
  };
  const Case one =
      GENERATE(Case{"do $$ begin insert into a values (1); commit; perform 1 / 0; end $$", ""},
               Case{"call twice()",
                    "create procedure twice() language plpgsql as $$ begin insert into a values (1); commit; perform 1 "
                    "/ 0; end $$"},
               Case{"do $$ begin call once(); perform 1 / 0; end $$",
                    "create procedure once() language plpgsql as $$ begin insert into a values (1); commit; end $$"});
  auto database = scratch();
  if (!database) return;
  Project project(*database);
  project.connection.execute(concat("create table a (i int);", one.before));
  project.add("1_a.sql", concat("-- quoin: no-transaction\nselect 1;\n", one.statement, ";\nselect 2;\n"));
  const Error first = error_of([&] { project.migrate(); });
  INFO(first.what() << "\n" << first.detail);
  CHECK(first.sqlstate == "22012");
  CHECK(holds(first.detail, "what stands of statement 2 is not known"));
  CHECK(holds(first.hint, "quoin repair 1 --done 1"));
  for (int again = 0; again < 2; ++again) {
    const Error error = error_of([&] { project.migrate(); });
    CHECK(error.code == Code::refused);
    CHECK(holds(error.what(), "not known whether statement 2 of 1_a was done"));
    CHECK(holds(error.hint, "quoin repair 1 --done 2"));
  }
  CHECK(project.value("select count(*) from a") == "1");
  const auto files = project.files();
  const auto rows = project.rows();
  repair(project.session, compare(files, rows)[0], {ClaimedState::partly, 2});
  project.migrate();
  CHECK(project.value("select count(*) from a") == "1");
}

TEST_CASE("what fails before it could commit is run again when it is mended", "[runner][live]") {
  const char* statement =
      GENERATE("call nobody()", "do $$ begin commit; nonsense here; end $$", "call never()", "cal l never()");
  auto database = scratch();
  if (!database) return;
  Project project(*database);
  project.connection.execute("create procedure never() language plpgsql as $$ begin perform 1 / 0; end $$");
  project.add("1_a.sql", concat("-- quoin: no-transaction\nselect 1;\n", statement, ";\n"));
  for (int again = 0; again < 2; ++again) {
    const Error error = error_of([&] { project.migrate(); });
    INFO(error.what());
    CHECK(error.code == Code::database);
  }
  project.add("1_a.sql", "-- quoin: no-transaction\nselect 1;\nselect 2;\n");
  project.migrate();
  CHECK(project.rows()[0].status == Status::applied);
}
