// The example project, which the README and the demo show: its migrations and its desired schema are one.
#include <unistd.h>

#include "core/base/files.h"
#include "core/postgres/shadow.h"
#include "tests/catch.h"
#include "tests/program.h"

using namespace quoin;
namespace fs = std::filesystem;

namespace {

/// A copy of the example, and where the machine can, a database for it.
struct Example {
  fs::path folder = fs::temp_directory_path() / concat("quoin-example-", std::to_string(getpid()));
  std::optional<Shadow::Database> database;

  Example() {
    fs::remove_all(folder);
    fs::create_directories(folder);
    for (const char* part : {"quoin.yaml", "schemas", "migrations"})
      fs::copy(fs::path(QUOIN_SOURCE_DIR) / part, folder / part, fs::copy_options::recursive);
  }
  ~Example() { fs::remove_all(folder); }

  bool live() {
    if (auto shadow = Shadow::start({})) database.emplace(shadow->create_database());
    if (!database) WARN("skipped: no PostgreSQL server binaries here");
    return database.has_value();
  }
  Ran run(const List& arguments) const {
    Ran ran = run_quoin(arguments, folder, database ? List{"DATABASE_URL=" + database->url()} : List{});
    UNSCOPED_INFO("quoin " << join(arguments, " ") << " ended with " << ran.code << "\n" << ran.out << ran.err);
    return ran;
  }
  Text file(const char* name) const { return read_file(folder / name); }
};

}  // namespace

TEST_CASE("each of the example's migrations comes after what it needs", "[example]") {
  const Example example;
  CHECK(example.run({"verify"}).code == 0);
  const fs::path migrations = example.folder / "migrations";
  fs::rename(migrations / "20250303140000_stock_and_suppliers.sql", migrations / "20250101000000_stock.sql");
  const Ran misplaced = example.run({"verify"});
  CHECK(misplaced.code == 1);
  CHECK(misplaced.out.find("20250101000000_stock.sql:17:") != Text::npos);
}

TEST_CASE("the example's migrations make its desired schema, and go back to nothing", "[example][live]") {
  Example example;
  if (!example.live()) return;
  REQUIRE(example.run({"migrate"}).code == 0);
  CHECK(example.run({"diff", "--exit-code"}).code == 0);
  REQUIRE(example.run({"snapshot"}).code == 0);
  CHECK(example.run({"snapshot", "--check"}).code == 0);

  REQUIRE(example.run({"rollback", "--count", "8", "-y"}).code == 0);
  CHECK(example.run({"diff", "--to", "empty:", "--exit-code"}).code == 0);
  REQUIRE(example.run({"migrate"}).code == 0);
  CHECK(example.run({"snapshot", "--check"}).code == 0);
}

TEST_CASE("what was made by hand in the example's database is drift, and said", "[example][live]") {
  Example example;
  if (!example.live()) return;
  REQUIRE(example.run({"migrate"}).code == 0);
  postgres::Connection(example.database->url()).execute("CREATE VIEW public.by_hand AS SELECT 1 AS one");
  const Ran plan = example.run({"diff"});
  CHECK(plan.out.find("DROP VIEW public.by_hand") != Text::npos);
  CHECK(plan.err.find("drift: the database has view public.by_hand, which no migration makes;") != Text::npos);
  CHECK(example.run({"diff", "--from", "migrations"}).err.find("drift") == Text::npos);
}

TEST_CASE("drift is of all kinds, and what a pending migration does is none", "[example][live]") {
  Example example;
  if (!example.live()) return;
  REQUIRE(example.run({"migrate"}).code == 0);
  postgres::Connection by_hand(example.database->url());
  by_hand.execute(
      "CREATE FUNCTION public.by_hand() RETURNS integer LANGUAGE sql AS 'select 1';"
      "ALTER TABLE public.customers ADD COLUMN by_hand text; CREATE INDEX ON public.customers (by_hand);"
      "CREATE TYPE public.mood AS ENUM ('good');"
      "COMMENT ON TABLE public.customers IS 'in other words';"
      "DROP TRIGGER customers_touch ON public.customers");
  const Text told = example.run({"diff"}).err;
  CHECK(
      told.find("drift: the database has enum public.mood, column public.customers.by_hand, function public.by_hand(), "
                "index public.customers.customers_by_hand_idx, which no migration makes;") != Text::npos);
  CHECK(told.find("drift: the database lacks trigger public.customers.customers_touch, which migrations") !=
        Text::npos);
  CHECK(told.find("comment") == Text::npos);  // it is there, and changes in place

  write_file(example.folder / "migrations" / "20990101000000_without_mood.sql",
             "-- Up Migration\nDROP TRIGGER customers_touch ON public.customers;\n-- Down Migration\nSELECT 1;\n");
  const Text pending = example.run({"diff"}).err;
  CHECK(pending.find("which no migration that it has run makes;") != Text::npos);
  CHECK(pending.find("the database lacks trigger public.customers.customers_touch") != Text::npos);
  CHECK(pending.find("the database has not run 20990101000000_without_mood: what they do, this one does too;") !=
        Text::npos);
}

TEST_CASE("the example's database written as YAML is no difference", "[example][live]") {
  Example example;
  if (!example.live()) return;
  REQUIRE(example.run({"migrate"}).code == 0);
  REQUIRE(example.run({"snapshot", "--format", "yaml", "-o", "written.yaml"}).code == 0);
  CHECK(example.run({"diff", "--to", "written.yaml", "--exit-code"}).code == 0);
}

TEST_CASE("the example's desired schema, built from nothing, is proven both ways", "[example][live]") {
  Example example;
  if (!example.live()) return;
  const Ran plan = example.run({"diff", "--from", "empty:", "--to", "schemas", "--name", "everything"});
  CHECK(plan.code == 0);
  CHECK(plan.err.find("proven") != Text::npos);
  CHECK(plan.err.find("unproven") == Text::npos);
}
