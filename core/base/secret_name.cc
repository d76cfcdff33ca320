// What secrets are called.
#include <algorithm>
#include <array>

#include "core/base/secret.h"
#include "core/base/secret_find.h"

namespace quoin::secret {
namespace {

// SQL's own word for one, and what it is called elsewhere.
constexpr std::array<std::string_view, 5> passwords{"password", "passwd", "pwd", "passphrase", "passcode"};
// Keys that other tools and servers have, wherever in a name they stand: aws_secret_access_key.
constexpr std::array keys = std::to_array<std::string_view>(
    {"secret",         "token",         "credential", "api_key",   "apikey",      "private_key",
     "privatekey",     "access_key",    "accesskey",  "auth_key",  "account_key", "accountkey",
     "service_key",    "servicekey",    "shared_key", "sharedkey", "signing_key", "signingkey",
     "encryption_key", "encryptionkey", "master_key", "masterkey"});
// Too short to be one inside another word: only as the last word of a name.
constexpr std::array<std::string_view, 4> last_words{"auth", "pass", "bearer", "jwt"};
// Words that elsewhere mean much else, and secrets where they name an option: at its end too.
constexpr std::array last_words_of_options = std::to_array<std::string_view>(
    {"pw", "authorization", "authorisation", "sas", "private", "access_id", "accessid", "cookie", "cookies", "keytab",
     "session", "pin", "salt", "header", "headers", "signature", "sig"});
// What is only about a secret, or another word.
constexpr std::array<std::string_view, 17> ends_of_others{
    "_required", "_file", "_path",    "_url", "_uri",      "_endpoint", "_host",       "_method", "_type",
    "_mode",     "_name", "_timeout", "_ttl", "_lifetime", "_expiry",   "_encryption", "_length"};
constexpr std::array<std::string_view, 4> other_words{"secretar", "tokeniz", "passwordless", "pwd_dir"};

Text evened(std::string_view name) {
  Text all = lower(name);
  std::ranges::replace(all, '-', '_');
  return all;
}

bool ends_with_word(std::string_view name, std::string_view word) {
  return name.ends_with(word) && (name.size() == word.size() || name[name.size() - word.size() - 1] == '_');
}

Text joined(std::span<const std::string_view> parts) { return join(List(parts.begin(), parts.end()), "|"); }

bool is_of_name(std::string_view text, std::size_t at) {
  if (is_word(text[at])) return true;
  return text[at] == '-' && at > 0 && is_word(text[at - 1]) && at + 1 < text.size() && is_word(text[at + 1]);
}

}  // namespace

bool names_password(std::string_view name) {
  return std::ranges::any_of(passwords, [&](std::string_view word) { return name.ends_with(word); });
}

Ranges secret_names(std::string_view text) {
  constexpr std::size_t longest = 256;
  Ranges names;
  for (std::size_t at = 0; at < text.size();) {
    while (at < text.size() && !is_word(text[at])) ++at;
    const std::size_t begin = at;
    while (at < text.size() && is_of_name(text, at)) ++at;
    if (at > begin && at - begin <= longest && names_secret(text.substr(begin, at - begin)))
      names.push_back({begin, at});
  }
  return names;
}

}  // namespace quoin::secret

namespace quoin {

List names_of_secrets() {
  List all(secret::passwords.begin(), secret::passwords.end());
  all.insert(all.end(), secret::keys.begin(), secret::keys.end());
  return all;
}

bool names_secret(std::string_view name) {
  static const List parts = names_of_secrets();
  const Text lowered = secret::evened(name);
  const auto is_in = [&](std::string_view part) { return lowered.find(part) != Text::npos; };
  const auto is_last = [&](std::string_view word) { return secret::ends_with_word(lowered, word); };
  const auto ends = [&](std::string_view end) { return lowered.ends_with(end); };
  return (std::ranges::any_of(parts, is_in) || std::ranges::any_of(secret::last_words, is_last)) &&
         std::ranges::none_of(secret::ends_of_others, ends) && std::ranges::none_of(secret::other_words, is_in);
}

bool names_secret_option(std::string_view name) {
  const Text lowered = secret::evened(name);
  const auto is_last = [&](std::string_view word) { return secret::ends_with_word(lowered, word); };
  return names_secret(name) || std::ranges::any_of(secret::last_words_of_options, is_last);
}

Text names_secret_option_sql(std::string_view expression) {
  const Text name = concat("pg_catalog.replace(pg_catalog.lower(", expression, "), '-', '_')");
  return concat("(", name, " ~ '", join(names_of_secrets(), "|"), "|(^|_)(", secret::joined(secret::last_words), "|",
                secret::joined(secret::last_words_of_options), ")$' and ", name, " !~ '(",
                secret::joined(secret::ends_of_others), ")$|", secret::joined(secret::other_words), "')");
}

}  // namespace quoin
