// A schema full of traps before pg_catalog in the search_path: whoever may create functions there would otherwise run
// them as the admin whose quoin meets them.
#include <unistd.h>

#include <filesystem>

#include "core/base/files.h"
#include "core/postgres/shadow.h"
#include "tests/catch.h"
#include "tests/program.h"

using namespace quoin;
namespace fs = std::filesystem;

namespace {

/// For every function, operator, relation and type of pg_catalog that can be copied, one of the same name and input
/// types that says "trapped".
constexpr const char* traps = R"(
CREATE SCHEMA traps;
CREATE FUNCTION traps.spring(what text) RETURNS boolean STABLE LANGUAGE plpgsql AS
  $$ BEGIN RAISE EXCEPTION 'trapped by %', what; END $$;
DO $do$
DECLARE one record; made integer := 0;
BEGIN
  FOR one IN SELECT p.oid, p.proname, pg_get_function_identity_arguments(p.oid) AS inputs,
      format_type(p.prorettype, NULL) AS output FROM pg_proc p
      WHERE pronamespace = 'pg_catalog'::regnamespace AND prokind = 'f' AND NOT proretset LOOP
    BEGIN
      EXECUTE format('CREATE FUNCTION traps.%I(%s) RETURNS %s LANGUAGE plpgsql AS %L', one.proname,
                     (SELECT string_agg(format_type(t, NULL), ', ' ORDER BY n) FROM pg_proc p,
                      unnest(p.proargtypes::oid[]) WITH ORDINALITY AS u (t, n) WHERE p.oid = one.oid), one.output,
                     format('BEGIN RAISE EXCEPTION ''trapped by function %s''; END', one.proname));
      made := made + 1;
    EXCEPTION WHEN OTHERS THEN NULL;
    END;
  END LOOP;
  FOR one IN SELECT o.oprname, p.proname, o.oprleft, o.oprright FROM pg_operator o JOIN pg_proc p ON p.oid = o.oprcode
      WHERE o.oprnamespace = 'pg_catalog'::regnamespace LOOP
    BEGIN
      EXECUTE format('CREATE OPERATOR traps.%s (FUNCTION = traps.%I, RIGHTARG = %s%s)', one.oprname, one.proname,
                     format_type(one.oprright, NULL),
                     CASE WHEN one.oprleft <> 0 THEN ', LEFTARG = ' || format_type(one.oprleft, NULL) ELSE '' END);
      made := made + 1;
    EXCEPTION WHEN OTHERS THEN NULL;
    END;
  END LOOP;
  FOR one IN SELECT relname FROM pg_class WHERE relnamespace = 'pg_catalog'::regnamespace AND relkind IN ('r', 'v') LOOP
    BEGIN
      EXECUTE format('CREATE VIEW traps.%I AS SELECT * FROM pg_catalog.%I WHERE traps.spring(%L)', one.relname,
                     one.relname, 'relation ' || one.relname);
      made := made + 1;
    EXCEPTION WHEN OTHERS THEN NULL;
    END;
  END LOOP;
  FOR one IN SELECT typname FROM pg_type WHERE typnamespace = 'pg_catalog'::regnamespace AND typtype = 'b'
      AND typelem = 0 LOOP
    BEGIN
      EXECUTE format('CREATE DOMAIN traps.%I AS pg_catalog.%I CHECK (traps.spring(%L))', one.typname, one.typname,
                     'type ' || one.typname);
      made := made + 1;
    EXCEPTION WHEN OTHERS THEN NULL;
    END;
  END LOOP;
  IF made < 2500 THEN RAISE EXCEPTION 'only % traps could be laid', made; END IF;
  EXECUTE format('ALTER DATABASE %I SET search_path = traps, pg_catalog, public', current_database());
END $do$)";

struct Trapped {
  fs::path folder = fs::temp_directory_path() / concat("quoin-trapped-", std::to_string(getpid()));
  Shadow::Database database;

  explicit Trapped(Shadow::Database made) : database(std::move(made)) {
    fs::remove_all(folder);
    fs::create_directories(folder / "migrations");
    write_file(folder / "quoin.yaml", "managed_schemas: [public]\n");
    database.connect().execute(traps);
  }
  ~Trapped() { fs::remove_all(folder); }
  void add(const Text& name, std::string_view content) const { write_file(folder / "migrations" / name, content); }
  void run(const List& arguments, int code) const {
    const Ran ran = run_quoin(arguments, folder, {concat("DATABASE_URL=", database.url())});
    INFO(join(arguments, " ") << "\n" << ran.out << ran.err);
    CHECK(ran.code == code);
    CHECK((ran.out + ran.err).find("trapped") == Text::npos);
  }
};

Text refusal(const Trapped& project, const Text& sql) {
  try {
    project.database.connect().execute(sql);
  } catch (const Error& error) { return error.what(); }
  return "it was let through";
}

}  // namespace

TEST_CASE("what shadows pg_catalog is never run", "[runner][live]") {
  std::optional<Shadow> shadow = Shadow::start({});
  if (!shadow) {
    WARN("skipped: no PostgreSQL server binaries here");
    return;
  }
  const Trapped project(shadow->create_database());
  // The traps are live: what is not qualified falls into them.
  for (const char* sql : {"SELECT quote_ident('a')", "SELECT 1 = 1", "SELECT 1 FROM pg_class", "SELECT 'a'::text"}) {
    INFO(sql);
    CHECK(refusal(project, sql).starts_with("trapped by "));
  }
  project.add("1_a.sql",
              "-- Up Migration\nCREATE TABLE public.a (id pg_catalog.int4);\nINSERT INTO public.a VALUES (1), (1);\n"
              "-- Down Migration\nDROP TABLE public.a;\n");
  project.add("2_b.sql",
              "-- Up Migration\nCREATE UNIQUE INDEX CONCURRENTLY b ON public.a (id);\n"
              "-- Down Migration\nDROP INDEX public.b;\n");
  project.run({"migrate", "--dry-run"}, 0);
  project.run({"migrate"}, 2);  // the rows are not unique
  project.run({"status"}, 0);
  project.run({"migrate"}, 2);  // an invalid index is dropped first
  project.database.connect().execute("DELETE FROM public.a");
  project.run({"migrate"}, 0);
  project.run({"list"}, 0);
  project.run({"validate"}, 1);  // a scratch database has the rows
  project.run({"snapshot", "--format", "sql"}, 0);
  project.run({"rollback", "--count", "2", "-y"}, 0);
  write_file(project.folder / "to.sql", "CREATE TABLE public.c (id integer);\n");
  project.run({"diff", "--from", "empty:", "--to", "to.sql", "--shadow", project.database.url()}, 0);
}
