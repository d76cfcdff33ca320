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

void find_urls(std::string_view text, Ranges& found) {
  constexpr std::size_t longest = 2048;
  for (std::size_t sign = text.find("://"); sign != text.npos; sign = text.find("://", sign + 3)) {
    if (sign == 0 || !is_word(text[sign - 1])) continue;
    const std::size_t begin = sign + 3;
    std::size_t end = begin;
    while (end < text.size() && end < begin + longest && !is_space(text[end]) && text[end] != '"' && text[end] != '\'')
      ++end;
    const std::string_view secret = password_of_user(text.substr(begin, end - begin));
    if (secret.empty()) continue;
    const auto at = static_cast<std::size_t>(secret.data() - text.data());
    found.push_back({at, at + secret.size()});
  }
}

}  // namespace quoin::secret
