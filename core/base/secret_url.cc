// Passwords in URLs.
#include <algorithm>

#include "core/base/secret_find.h"

namespace quoin::secret {
namespace {

/// A "?" that a key and "=" follow.
std::size_t begin_of_query(std::string_view url) {
  for (std::size_t at = url.find('?'); at != url.npos; at = url.find('?', at + 1)) {
    std::size_t end = at + 1;
    while (end < url.size() && is_word(url[end])) ++end;
    if (end > at + 1 && end < url.size() && url[end] == '=') return at;
  }
  return url.size();
}

/// Where a URL's user and password end, as it is meant: a bare "@", "/" or "?" in the password is a slip of many. npos:
/// it has neither.
std::size_t end_of_credentials(std::string_view url) {
  const std::size_t query = begin_of_query(url);
  const std::size_t at = url.substr(0, query).rfind('@');
  if (at != url.npos) return at;
  const std::size_t colon = url.find(':'), last = url.rfind('@');
  if (last == url.npos || colon >= query) return url.npos;
  const std::string_view port = url.substr(colon + 1, std::min(url.find_first_of("/?"), url.size()) - colon - 1);
  return std::all_of(port.begin(), port.end(), is_digit) ? url.npos : last;
}

}  // namespace

std::string_view password_of_user(std::string_view url) {
  const std::size_t end = end_of_credentials(url), colon = url.find(':');
  if (end != url.npos) {
    const std::string_view user = url.substr(0, end);
    const std::size_t coded = lower(user).find("%3a");  // whoever coded the colon meant it
    const std::size_t begin = colon < end ? colon + 1 : coded != user.npos ? coded + 3 : end;
    return user.substr(begin);
  }
  if (url.starts_with('[')) return {};  // an address with colons of its own
  const std::string_view authority = url.substr(0, std::min(url.find_first_of("/?"), url.size()));
  if (authority.find(':') == url.npos || authority.find(',') != url.npos) return {};
  const std::string_view port = authority.substr(authority.find(':') + 1);
  const bool numeric =
      std::all_of(port.begin(), port.end(), [](char c) { return is_digit(c) || c == ':' || c == '.'; });
  return numeric ? std::string_view() : port;  // user:password, and the rest forgotten
}

namespace {

bool is_of_name(char c) { return is_word(c) || std::string_view(".+%-").find(c) != std::string_view::npos; }

/// Past what stands for a scheme in `postgres//u`, `postgresql:/u`, `postgres:u`, `//u`; 0: nothing does.
std::size_t after_mistyped_scheme(std::string_view text) {
  std::size_t word = 0;
  while (word < text.size() && is_of_name(text[word])) ++word;
  std::size_t end = word;
  while (end < text.size() && std::string_view(":/;").find(text[end]) != std::string_view::npos) ++end;
  const bool slashes = end > word + 1 && text.substr(word, end - word).find('/') != text.npos;
  const Text scheme = lower(text.substr(0, word));
  const bool ours = scheme.starts_with("postgres") || scheme == "pgsql" || scheme == "pg" || scheme == "jdbc";
  if (end == word || (!slashes && !ours)) return 0;
  if (scheme == "jdbc") return end + after_mistyped_scheme(text.substr(end));
  // A user may be called postgres: another colon tells.
  const std::string_view rest = text.substr(end);
  const bool has_user = slashes || rest.substr(0, rest.find('@')).find(':') != rest.npos;
  return has_user ? end : 0;
}

/// What an address may follow that is none of a server.
bool is_of_addresses(std::string_view word) {
  for (const char* scheme : {"mailto", "sip", "sips", "xmpp", "acct", "cc", "to", "from", "bcc", "urn", "cid", "mid"})
    if (lower(word) == scheme) return true;
  return false;
}

}  // namespace

std::string_view password_of_mistyped(std::string_view text) {
  const std::size_t begin = after_mistyped_scheme(text);
  const std::string_view rest = text.substr(begin);
  std::size_t user = 0;
  while (user < rest.size() && is_of_name(rest[user])) ++user;
  if (user == 0 || user + 1 >= rest.size() || rest[user] != ':') return {};
  if (std::string_view(":=@").find(rest[user + 1]) != std::string_view::npos) return {};  // a cast, an assignment
  const std::string_view secret = password_of_user(rest);
  const std::size_t at =
      secret.empty() ? rest.npos : static_cast<std::size_t>(secret.data() - rest.data()) + secret.size();
  if (at >= rest.size() || rest[at] != '@') return {};
  if (begin > 0) return secret;
  const bool has_host = at + 1 < rest.size() && (is_word(rest[at + 1]) || rest[at + 1] == '[' || rest[at + 1] == '/');
  return has_host && !is_of_addresses(rest.substr(0, user)) ? secret : std::string_view();
}

void find_urls(std::string_view text, Ranges& found) {
  constexpr std::size_t longest = 2048;
  const auto ends = [](char c) { return is_space(c) || c == '"' || c == '\''; };
  const auto add = [&](std::string_view secret) {
    if (secret.empty()) return;
    const auto at = static_cast<std::size_t>(secret.data() - text.data());
    found.push_back({at, at + secret.size()});
  };
  const auto end_of_word = [&](std::size_t begin) {
    std::size_t end = begin;
    while (end < text.size() && end < begin + longest && !ends(text[end])) ++end;
    return end;
  };
  for (std::size_t sign = text.find("://"); sign != text.npos; sign = text.find("://", sign + 3)) {
    if (sign == 0 || !is_word(text[sign - 1])) continue;
    add(password_of_user(text.substr(sign + 3, end_of_word(sign + 3) - sign - 3)));
  }
  for (std::size_t at = text.find('@'); at != text.npos; at = text.find('@', at)) {
    std::size_t begin = at;
    while (begin > 0 && at - begin < longest && !ends(text[begin - 1])) --begin;
    at = end_of_word(at);
    while (begin < at && std::string_view("([{<=,;").find(text[begin]) != std::string_view::npos) ++begin;
    const std::string_view word = text.substr(begin, at - begin);
    if (word.find("://") != word.npos) continue;
    add(password_of_mistyped(word));
    if (const std::size_t sign = word.find('='); sign != word.npos) add(password_of_mistyped(word.substr(sign + 1)));
  }
}

}  // namespace quoin::secret
