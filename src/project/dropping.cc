#include "project/dropping.h"

#include "project/protection.h"
#include "runner/worker.h"

namespace quoin {

std::optional<DatabaseInUse> find_database(const Text& url, std::optional<int> wait, const Settings& settings) {
  try {
    postgres::Connection connection = connect(url, wait, settings);
    const Text others =
        "a.datname OPERATOR(pg_catalog.=) pg_catalog.current_database() AND a.pid OPERATOR(pg_catalog.<>)"
        " pg_catalog.pg_backend_pid()";
    const auto count =
        connection.execute(concat("SELECT pg_catalog.count(*) FROM pg_catalog.pg_stat_activity a WHERE ", others));
    DatabaseInUse found{connection.database(), connection.name(), std::stoul(count.text(0, 0)), {}};
    if (found.sessions > 0) found.user = runner::describe_session(connection, others);
    return found;
  } catch (const Error& error) {
    if (error.sqlstate != "3D000") throw;
    return std::nullopt;
  }
}

void require_unused(const DatabaseInUse& found, Others others) {
  if (found.sessions == 0 || others == Others::end) return;
  throw Error(Code::refused,
              concat(found.name, " is in use by ", counted(found.sessions, "session"), ", among them ", found.user), {},
              "end them, or say --force, which ends them");
}

// Nobody can drop the database that he is in.
void drop_database(const DropRequest& request, const DatabaseInUse& found, const Settings& settings) {
  const Text first = found.database == "postgres" ? "template1" : "postgres";
  postgres::Connection connection = connect(postgres::with_database(request.url, first), request.wait, settings);
  if (request.others == Others::end)
    connection.query(
        "SELECT pg_catalog.pg_terminate_backend(pid) FROM pg_catalog.pg_stat_activity WHERE datname::pg_catalog.text"
        " OPERATOR(pg_catalog.=) $1",
        std::vector<postgres::Parameter>{found.database});
  connection.execute(concat("DROP DATABASE ", quote_ident(found.database)));
}

}  // namespace quoin
