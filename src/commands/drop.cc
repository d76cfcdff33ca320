// quoin drop: a whole database taken away.
#include <nlohmann/json.hpp>

#include "commands/command.h"
#include "project/project.h"
#include "project/protection.h"
#include "runner/worker.h"

namespace quoin {
namespace {
struct DropOptions {
  std::optional<int> wait;
  bool yes = false, force = false;
};

struct Doomed {
  Text database, name;  // the latter for people
  std::size_t sessions = 0;
  Text user;  // of one of them, for people
};

/// No value: there is no such database.
std::optional<Doomed> look(const Text& url, const DropOptions& given, const CommandLine& settings) {
  try {
    postgres::Connection connection = connect(url, given.wait, settings);
    const Text others =
        "a.datname OPERATOR(pg_catalog.=) pg_catalog.current_database() AND a.pid OPERATOR(pg_catalog.<>)"
        " pg_catalog.pg_backend_pid()";
    const auto count =
        connection.execute(concat("SELECT pg_catalog.count(*) FROM pg_catalog.pg_stat_activity a WHERE ", others));
    Doomed doomed{connection.database(), connection.name(), std::stoul(count.text(0, 0)), {}};
    if (doomed.sessions > 0) doomed.user = runner::describe_session(connection, others);
    return doomed;
  } catch (const Error& error) {
    if (error.sqlstate != "3D000") throw;
    return std::nullopt;
  }
}

void confirm(const Doomed& doomed, const DropOptions& given) {
  if (doomed.sessions > 0 && !given.force)
    throw Error(
        Code::refused,
        concat(doomed.name, " is in use by ", counted(doomed.sessions, "session"), ", among them ", doomed.user), {},
        "end them, or say --force, which ends them");
  if (given.yes) return;
  require_terminal(concat("drop the database ", doomed.name));
  if (types(concat("Really drop ", doomed.name, " and all that is in it? Type the name of the database to go ahead, ",
                   doomed.database, ":"),
            doomed.database))
    return;
  throw Error(Code::refused, "not confirmed, so nothing was dropped");
}

/// Nobody can drop the database that he is in.
postgres::Connection beside(const Text& url, const Text& database, const DropOptions& given,
                            const CommandLine& settings) {
  const Text first = database == "postgres" ? "template1" : "postgres";
  return connect(postgres::with_database(url, first), given.wait, settings);
}

int run(const DropOptions& given, const CommandLine& settings) {
  const Text url = settings.need_database();
  const std::optional<Doomed> doomed = look(url, given, settings);
  if (!doomed) {
    if (settings.json) return print_json({{"dropped", nullptr}}), 0;
    return print_lines("nothing to drop: there is no such database\n"), 0;
  }
  refuse_protected(settings, url, "quoin drop");
  confirm(*doomed, given);
  postgres::Connection connection = beside(url, doomed->database, given, settings);
  if (given.force)
    connection.query(
        "SELECT pg_catalog.pg_terminate_backend(pid) FROM pg_catalog.pg_stat_activity WHERE datname::pg_catalog.text"
        " OPERATOR(pg_catalog.=) $1",
        std::vector<postgres::Parameter>{doomed->database});
  connection.execute(concat("DROP DATABASE ", quote_ident(doomed->database)));
  settings.json ? print_json({{"dropped", doomed->database}}) : print_lines(concat("dropped ", doomed->name, "\n"));
  return 0;
}

std::function<int()> declare(Options& options, const CommandLine& settings) {
  auto given = std::make_shared<DropOptions>();
  options.flag("--force", given->force, "end the sessions that are in it");
  options.flag("-y,--yes", given->yes, "do not ask for the database's name");
  options.number("--wait", given->wait, "seconds to wait where there is no room for a connection (default: 10)");
  return [given, &settings] { return run(*given, settings); };
}
}  // namespace

const Command drop_command{"drop", "drop the database itself",
                           "With all that is in it, the ledger and its log too. Asks for the database's name. Refused "
                           "while others are in it,\n"
                           "and on an environment that is protected.\n"
                           "  quoin drop --database postgres://app@localhost/shop_test -y",
                           declare};

}  // namespace quoin
