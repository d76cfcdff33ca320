#include "project/protection.h"

#include "core/postgres/postgres.h"

namespace quoin {
namespace {

/// The identity of a database, whatever the spelling of its address: when its server started, and its oid. The system
/// identifier would not do, since a server restored from a backup, as staging may be, has that of its origin.
Text identity_of(const Text& url) {
  postgres::Connection connection(postgres::filled_in(url, {{"PGCONNECT_TIMEOUT", "3"}}));
  const auto row = connection.execute(
      "SELECT pg_catalog.date_part('epoch', pg_catalog.pg_postmaster_start_time()), d.oid FROM pg_catalog.pg_database d"
      " WHERE d.datname OPERATOR(pg_catalog.=) pg_catalog.current_database()");
  return concat(row.text(0, 0), " ", row.text(0, 1));
}

enum class Answer { same, another, unknown };

/// `here`: the identity of `url`, once it has been asked for. `why`: what keeps it from being known.
Answer is_that_of(const Config::Protected& one, const Text& url, std::optional<Text>& here, Text& why) {
  if (!one.unset.empty())
    why = concat("its database needs ", join(one.unset, ", "), ", which is not set here");
  else if (one.database.empty())
    why = "it names no database";
  if (!why.empty()) return Answer::unknown;
  if (postgres::name_one_database(one.database, url)) return Answer::same;
  if (!here) here = identity_of(url);
  try {
    return identity_of(one.database) == *here ? Answer::same : Answer::another;
  } catch (const Error& error) {
    if (error.sqlstate == "3D000") return Answer::another;  // its server has no such database
    why = concat("its database cannot be asked: ", error.what());
    return Answer::unknown;
  }
}

[[noreturn]] void refuse(const Config::Protected& one, const Settings& settings, std::string_view doing) {
  const bool is_chosen = one.environment == settings.config.environment;
  throw Error(
      Code::refused,
      concat(doing, " is refused: ", is_chosen ? "the environment " : "this is the database of the environment ",
             one.environment, is_chosen ? ", which was chosen," : ", which", " is protected in ", settings.config.file),
      {},
      "nothing was done; name another database with --database or --env, or where it is meant all the same,"
      " take `protected: true` out for this one run");
}

/// Where it cannot be known, a person may say it: by the environment that he names, or that the file gives the
/// database.
bool is_said_to_be_another(const Settings& settings, const Text& url) {
  return !settings.environment.empty() || settings.config.database == url;
}
}  // namespace

void refuse_protected(const Settings& settings, const Text& url, std::string_view doing) {
  std::optional<Text> here;
  for (const Config::Protected& one : settings.config.protected_ones) {
    if (one.environment == settings.config.environment) refuse(one, settings, doing);
    Text why;
    const Answer answer = is_that_of(one, url, here, why);
    if (answer == Answer::same) refuse(one, settings, doing);
    if (answer == Answer::another || is_said_to_be_another(settings, url)) continue;
    throw Error(Code::refused,
                concat(doing, " is refused: this may be the database of the environment ", one.environment,
                       ", which is protected in ", settings.config.file, "; ", why),
                {},
                "nothing was done; where it is another, say --env with the name of an environment that is not"
                " protected: its database, or that of --database, is then taken for another");
  }
}

}  // namespace quoin
