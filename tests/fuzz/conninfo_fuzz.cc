// Any bytes as a connection string: what libpq would take for the password is never shown, and another database named
// in it is the one that libpq finds there, on the same server.
#include <libpq-fe.h>

#include <map>
#include <memory>

#include "core/postgres/postgres.h"
#include "fuzz.h"

using namespace quoin;

namespace {
using Settings = std::map<Text, Text>;

// As libpq reads it; nothing where it would not.
std::optional<Settings> settings_of(const Text& conninfo) {
  const std::unique_ptr<PQconninfoOption, void (*)(PQconninfoOption*)> options(
      PQconninfoParse(conninfo.c_str(), nullptr), PQconninfoFree);
  if (!options) return std::nullopt;
  Settings settings;
  for (const PQconninfoOption* one = options.get(); one->keyword; ++one)
    if (one->val && *one->val) settings[one->keyword] = one->val;
  return settings;
}

/// Short ones, and what stands elsewhere too, can be seen without being let through.
bool stands_out(const Text& conninfo, const Settings& others, const Text& secret) {
  constexpr std::size_t short_of_chance = 6;
  if (secret.size() < short_of_chance || secret.find_first_not_of('*') == Text::npos) return false;
  const std::size_t at = conninfo.find(secret);
  if (at != Text::npos && conninfo.find(secret, at + 1) != Text::npos) return false;
  return std::ranges::none_of(
      others, [&](const auto& other) { return concat(other.first, "=", other.second).find(secret) != Text::npos; });
}

void check_secrets(const Text& conninfo, const Text& shown, Settings settings) {
  for (const char* key : {"password", "sslpassword"}) {
    const Text secret = settings[key];
    settings.erase(key);
    if (stands_out(conninfo, settings, secret) && shown.find(secret) != Text::npos)
      broken("a password is never shown", shown);
  }
}
}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const Text conninfo(text_of(data, size));
  const Text shown = postgres::without_password(conninfo);
  const Text elsewhere = postgres::with_database(conninfo, "an other='/?db");
  if (conninfo.find('\0') != Text::npos) return 0;
  std::optional<Settings> settings = settings_of(conninfo);
  if (!settings) return 0;
  check_secrets(conninfo, shown, *settings);
  std::optional<Settings> moved = settings_of(elsewhere);
  if (!moved) broken("libpq reads what names another database", elsewhere);
  if ((*moved)["dbname"] != "an other='/?db") broken("the other database is named", elsewhere);
  for (const char* key : {"host", "port", "user", "password"})
    if ((*moved)[key] != (*settings)[key]) broken("all but the database stays", elsewhere);
  return 0;
}
