#include "project/protection.h"

#include "core/postgres/postgres.h"

namespace quoin {

void refuse_protected(const Settings& settings, const Text& url, std::string_view doing) {
  for (const Config::Protected& one : settings.config.protected_ones) {
    const bool is_chosen = one.environment == settings.config.environment;
    if (!is_chosen && (one.database.empty() || !postgres::name_one_database(one.database, url))) continue;
    throw Error(Code::refused,
                concat(doing, " is refused: ",
                       is_chosen ? "the environment " : "this is the database of the environment ", one.environment,
                       is_chosen ? ", which was chosen," : ", which", " is protected in ", settings.config.file),
                {},
                "nothing was done; name another database with --database or --env, or where it is meant all the same,"
                " take `protected: true` out for this one run");
  }
}

}  // namespace quoin
