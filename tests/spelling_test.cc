// URLs of other tools: each is refused by a sentence that says what to write.
#include "core/postgres/postgres.h"
#include "tests/catch.h"

using namespace quoin;

TEST_CASE("a URL as another tool spells it says what to write instead") {
  const auto hint_of = [](const Text& conninfo) {
    try {
      postgres::require_known_scheme(conninfo);
    } catch (const Error& error) {
      CHECK(error.code == Code::input);
      CHECK(Text(error.what()).find("Wren7") == Text::npos);
      return error.hint;
    }
    return Text("taken");
  };
  const std::pair<const char*, const char*> cases[] = {
      {"postgresql://u:Wren7@h/d?schema=app",
       "write it as postgresql://u:***@h/d?options=-c%20search_path%3Dapp (with"},
      {"postgres://u@h/d?sslmode=require&currentSchema=app",
       "postgres://u@h/d?sslmode=require&options=-c%20search_path%3Dapp"},
      {"postgresql://u@h/d?pgbouncer=true&connection_limit=1", "write it as postgresql://u@h/d (with"},
      {"postgres://u@h/d?x-migrations-table=a&sslmode=disable", "write it as postgres://u@h/d?sslmode=disable (with"},
      {"jdbc:postgresql://h/d?user=u&password=Wren7&ssl=true", "postgresql://h/d?user=u&password=***&ssl=true"},
      {"postgresql+asyncpg://u@h/d?ssl=require", "postgresql://u@h/d?sslmode=require"},
      {"postgresql://u@h/d?ssl=false&application_name=a", "postgresql://u@h/d?sslmode=disable&application_name=a"},
      {"jdbc:postgresql:shop", "write it as postgresql:///shop (with"},
      {"pgx5://u:Wren7@h/d", "write it as postgresql://u:***@h/d (with"},
      {"asyncpg://u@h/d", "write it as postgresql://u@h/d (with"},
      {"pdo-pgsql://u:Wren7@h/d?serverVersion=15&charset=utf8", "write it as postgresql://u:***@h/d (with"},
      {"postgresql://u@h/d?options=-cmy.token%3DWren7&schema=app",
       "postgresql://u@h/d?options=-cmy.token%3D***%20-c%20search_path%3Dapp (with"},
      {"jdbc:postgresql://h/d?options=Wren7", "postgresql://h/d?options=*** (with"},
      {"Server=h;Database=d;Options=-c my.token=Wren7", "\"host='h' dbname='d' options='-c my.token=***'\""},
      {"mysql://u@h/d", "quoin speaks to PostgreSQL alone"},
      {"Host=h;Database=d;Username=u;Password=Wren7", "write it as \"host='h' dbname='d' user='u'\" (and password="},
      {"pgsql:host=h;port=5433;dbname=d", "write it as \"host='h' port='5433' dbname='d'\""},
      {"postgresql://u@h/d?sslmode=require&application_name=a", "taken"},
      {"postgresql://u@h/d?", "taken"},
      {"host=h dbname=d", "taken"},
      {"host=h password='a;b'", "taken"},
      {"shop", "taken"},
      {"", "taken"},
  };
  for (const auto& [conninfo, hint] : cases) {
    INFO(conninfo);
    CHECK(hint_of(conninfo).find(hint) != Text::npos);
    CHECK(hint_of(conninfo).find("Wren7") == Text::npos);
  }
}
