// The parts of connection strings. Of core/postgres alone.
#pragma once
#include <functional>

#include "core/postgres/postgres.h"

namespace quoin::postgres {

bool is_space(char);
bool is_url(std::string_view conninfo);
bool is_secret(std::string_view key);
/// True of the keys that libpq knows; any other word may be a part of a password.
bool is_known(const Text& key);

/// Where the parts of a URL lie, by libpq's own rule: user and password end at the first "@" that no "/" precedes.
struct Url {
  std::size_t authority = 0, path = 0, query = 0;
};
Url url_parts(std::string_view url);
/// The query of a URL ("?a=b&c=d", or empty) with the entries that `keep` leaves, or changes.
Text url_query(std::string_view query, const std::function<Text(std::string_view key, const Text& entry)>& keep);

Text percent_encoded(std::string_view);
Text percent_decoded(std::string_view);

/// A connection's options, as the server splits them ("-c name=value --name=value"), for people: of a value that may be
/// a secret (an application's own setting) only its name, and what is no setting as ***.
Text shown_options(std::string_view options);
/// The same of options in percent form, and in it.
Text shown_options_in_url(std::string_view encoded);
/// The server's message about a connection without what it quotes of that connection's options.
Text without_values(std::string_view message, std::string_view options);

struct Setting {
  Text key, value;
  bool assigned = true;  // a word without "=" is most likely what follows a blank in an unquoted password
};
/// The settings of a key=value string, read leniently: what is malformed is for libpq to complain about.
std::vector<Setting> settings_of(std::string_view text);
Text settings_text(const std::vector<Setting>&);

}  // namespace quoin::postgres
