// Connection strings as text, and the server's array notation.
#include <libpq-fe.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <memory>
#include <set>

#include "core/base/secret.h"
#include "core/postgres/postgres_conninfo.h"

namespace quoin::postgres {

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

bool is_url(std::string_view conninfo) {
  return conninfo.starts_with("postgresql://") || conninfo.starts_with("postgres://");
}

namespace {
/// Past the hosts and ports, of which there may be many; an address in brackets holds whatever it holds.
std::size_t end_of_hosts(std::string_view url, std::size_t at) {
  for (;; ++at) {
    if (url.substr(at).starts_with('[')) at = std::min(url.find(']', at), url.size());
    at = std::min(url.find_first_of("/?,", at), url.size());
    if (at == url.size() || url[at] != ',') return at;
  }
}

}  // namespace

Url url_parts(std::string_view url) {
  Url parts;
  parts.authority = url.find("://") + 3;
  std::size_t host = parts.authority;
  const std::size_t at = url.find_first_of("@/", host);
  if (at != url.npos && url[at] == '@') host = at + 1;
  parts.path = end_of_hosts(url, host);
  parts.query = std::min(url.find('?', parts.path), url.size());
  return parts;
}

bool is_secret(std::string_view key) { return key == "password" || key == "sslpassword"; }

bool is_known(const Text& key) {
  static const std::set<Text> known = [] {
    std::set<Text> all{"schema", "currentSchema", "ssl"};
    const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> options(PQconndefaults(), PQconninfoFree);
    for (const PQconninfoOption* option = options.get(); option && option->keyword; ++option)
      all.insert(option->keyword);
    return all;
  }();
  return known.contains(key);
}

namespace {
/// The query of a URL of whatever scheme, without the values of what libpq does not know, and of options.
Text without_unknown(const Text& url) {
  const std::size_t begin = std::min(url.find('?'), url.size());
  List entries;
  for (const Text& entry : split(std::string_view(url).substr(begin), '&')) {
    const std::size_t first = entry.starts_with('?') ? 1 : 0, sign = entry.find('=');
    const Text key = entry.substr(first, sign - first);
    if (sign == Text::npos || (is_known(key) && key != "options"))
      entries.push_back(entry);
    else
      entries.push_back(concat(entry.substr(0, sign + 1),
                               is_known(key) ? shown_options_in_url(entry.substr(sign + 1)) : Text(hidden)));
  }
  return concat(url.substr(0, begin), join(entries, "&"));
}

}  // namespace

Text url_query(std::string_view query, const std::function<Text(std::string_view, const Text&)>& keep) {
  Text kept;
  if (query.empty()) return kept;
  for (const Text& entry : split(query.substr(1), '&')) {
    const Text changed = keep(std::string_view(entry).substr(0, entry.find('=')), entry);
    if (!changed.empty()) kept += (kept.empty() ? '?' : '&') + changed;
  }
  return kept;
}

std::vector<Setting> settings_of(std::string_view text) {
  std::vector<Setting> settings;
  std::size_t at = 0;
  const auto skip = [&] {
    while (at < text.size() && is_space(text[at])) ++at;
  };
  for (skip(); at < text.size(); skip()) {
    Setting setting;
    while (at < text.size() && text[at] != '=' && !is_space(text[at])) setting.key += text[at++];
    skip();
    setting.assigned = at < text.size() && text[at] == '=';
    if (!setting.assigned) {
      settings.push_back(std::move(setting));
      continue;
    }
    ++at;
    skip();
    const bool quoted = at < text.size() && text[at] == '\'';
    if (quoted) ++at;
    while (at < text.size() && (quoted ? text[at] != '\'' : !is_space(text[at]))) {
      if (text[at] == '\\' && ++at == text.size()) break;  // libpq lets a last one go
      setting.value += text[at++];
    }
    if (quoted && at < text.size()) ++at;
    settings.push_back(std::move(setting));
  }
  return settings;
}

namespace {
bool is_plain(std::string_view value) {
  return !value.empty() &&
         std::none_of(value.begin(), value.end(), [](char c) { return is_space(c) || c == '\'' || c == '\\'; });
}

}  // namespace

Text settings_text(const std::vector<Setting>& settings) {
  Text text;
  for (const Setting& setting : settings) {
    if (!text.empty()) text += ' ';
    text += setting.key;
    if (setting.assigned) text += concat("=", is_plain(setting.value) ? setting.value : quote_conninfo(setting.value));
  }
  return text;
}

Text percent_encoded(std::string_view value) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  Text encoded;
  for (const char c : value) {
    const auto byte = static_cast<unsigned char>(c);
    const bool safe = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      std::string_view("-_.~").find(c) != std::string_view::npos;
    if (safe) {
      encoded += c;
    } else {
      encoded.append({'%', digits[byte >> 4], digits[byte & 15]});
    }
  }
  return encoded;
}

Text percent_decoded(std::string_view text) {
  const auto digit = [](char c) { return c >= 'a' ? c - 'a' + 10 : c >= 'A' ? c - 'A' + 10 : c - '0'; };
  const auto is_digit = [](char c) { return std::isxdigit(static_cast<unsigned char>(c)) != 0; };
  Text decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool coded = text[i] == '%' && i + 2 < text.size() && is_digit(text[i + 1]) && is_digit(text[i + 2]);
    decoded += coded ? static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2])) : text[i];
    if (coded) i += 2;
  }
  return decoded;
}

Text quote_conninfo(std::string_view value) {
  Text quoted = "'";
  for (const char c : value) {
    if (c == '\'' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + "'";
}

namespace {
using ConninfoOptions = std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)>;

bool may_be_filled_in(const PQconninfoOption& option, std::string_view value, bool is_elsewhere) {
  const std::string_view key = option.keyword;
  if (key == "passfile" || key == "servicefile") return false;
  if (key == "sslkey" && value.find(':') != value.npos) return false;
  const bool says_where = key == "host" || key == "hostaddr" || key == "port" || key == "dbname" || key == "service";
  return !says_where || !is_elsewhere;
}
}  // namespace

Text filled_in(const Text& conninfo, const std::map<Text, Text>& variables) {
  const bool is_name = !conninfo.empty() && conninfo.find('=') == Text::npos && !is_url(conninfo);
  Text filled = is_name ? concat("dbname=", quote_conninfo(conninfo)) : conninfo;
  const ConninfoOptions said(PQconninfoParse(filled.c_str(), nullptr), &PQconninfoFree);
  for (const PQconninfoOption* one = said.get(); one != nullptr && one->keyword != nullptr; ++one) {
    if (one->val != nullptr || one->envvar == nullptr || std::getenv(one->envvar) != nullptr) continue;
    const auto held = variables.find(one->envvar);
    if (held == variables.end() || !may_be_filled_in(*one, held->second, !conninfo.empty())) continue;
    if (is_url(filled)) {
      filled += concat(filled.find('?') == Text::npos ? "?" : "&", one->keyword, "=", percent_encoded(held->second));
    } else {
      filled += concat(filled.empty() ? "" : " ", one->keyword, "=", quote_conninfo(held->second));
    }
  }
  return filled;
}

Text with_database(const Text& conninfo, const Text& database) {
  if (is_url(conninfo)) {
    const Url parts = url_parts(conninfo);
    const auto keep = [](std::string_view key, const Text& entry) { return key == "dbname" ? Text() : entry; };
    return concat(conninfo.substr(0, parts.path), "/", percent_encoded(database),
                  url_query(std::string_view(conninfo).substr(parts.query), keep));
  }
  if (conninfo.find('=') == Text::npos) return concat("dbname=", quote_conninfo(database));
  std::vector<Setting> settings = settings_of(conninfo);
  std::erase_if(settings, [](const Setting& setting) { return setting.key == "dbname"; });
  settings.push_back({"dbname", database});
  return settings_text(settings);
}

namespace {
/// Host, port and database, where libpq can read it.
std::optional<List> address_of(const Text& conninfo) {
  using Options = std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)>;
  const bool is_name = conninfo.find('=') == Text::npos && !is_url(conninfo);
  const Options said(
      PQconninfoParse(is_name ? concat("dbname=", quote_conninfo(conninfo)).c_str() : conninfo.c_str(), nullptr),
      PQconninfoFree);
  const Options otherwise(PQconndefaults(), PQconninfoFree);
  if (!said) return std::nullopt;
  const auto value = [&](std::string_view key) {
    for (const Options* options : {&said, &otherwise})
      for (const PQconninfoOption* one = options->get(); one != nullptr && one->keyword != nullptr; ++one)
        if (key == one->keyword && one->val != nullptr && *one->val != '\0') return Text(one->val);
    return Text();
  };
  Text host = value("hostaddr").empty() ? value("host") : value("hostaddr"), database = value("dbname");
  if (database.empty()) database = value("user");
  return List{host, value("port"), std::move(database)};
}

/// "localhost" is another spelling of this machine's address.
void settle_host(std::optional<List>& address) {
  if (!address) return;
  Text& host = address->front();
  host = host == "localhost" || host == "::1" ? "127.0.0.1" : lower(host);
}
}  // namespace

bool name_one_database(const Text& a, const Text& b) {
  std::optional<List> first = address_of(a), second = address_of(b);
  settle_host(first);
  settle_host(second);
  return first && second && *first == *second;
}

Text name_of(const Text& conninfo) {
  const std::optional<List> address = address_of(conninfo);
  return address ? concat((*address)[0], ":", (*address)[1], "/", (*address)[2]) : without_password(conninfo);
}

Text without_password(const Text& conninfo) {
  if (const std::string_view password = password_in_url(conninfo); !password.empty()) {
    const auto begin = static_cast<std::size_t>(password.data() - conninfo.data());
    return masked(without_unknown(concat(std::string_view(conninfo).substr(0, begin), hidden,
                                         std::string_view(conninfo).substr(begin + password.size()))));
  }
  if (looks_like_url(conninfo) || conninfo.find('=') == Text::npos) return masked(without_unknown(conninfo));
  std::vector<Setting> settings = settings_of(conninfo);
  for (Setting& setting : settings) {
    if (is_secret(setting.key) || !is_known(setting.key)) setting.value = hidden;
    if (setting.key == "options") setting.value = shown_options(setting.value);
    if (!setting.assigned) setting.key = hidden;
  }
  return masked(settings_text(settings));
}

Text password_of(const Text& conninfo) {
  if (!is_url(conninfo)) {
    for (const Setting& setting : settings_of(conninfo))
      if (setting.key == "password") return setting.value;
    return {};
  }
  if (const std::string_view password = password_in_url(conninfo); !password.empty()) return percent_decoded(password);
  Text found;
  url_query(std::string_view(conninfo).substr(url_parts(conninfo).query), [&](std::string_view key, const Text& entry) {
    if (key == "password")
      found = percent_decoded(std::string_view(entry).substr(std::min(key.size() + 1, entry.size())));
    return Text();
  });
  return found;
}

Text without_pieces(std::string_view message, std::string_view password) {
  List pieces;
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= password.size(); ++i) {
    if (i < password.size() && std::string_view("@/:?#[]%&= ").find(password[i]) == std::string_view::npos) continue;
    if (i - begin > 1) pieces.emplace_back(password.substr(begin, i - begin));
    begin = i + 1;
  }
  const auto tells = [&](std::string_view part) {
    return std::any_of(pieces.begin(), pieces.end(), [&](const Text& piece) { return part.find(piece) != part.npos; });
  };
  Text all;
  const List parts = split(message, '"');  // every second one stands between quotes
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) all += '"';
    all += i % 2 == 1 && tells(parts[i]) ? Text(hidden) : parts[i];
  }
  return masked(all);
}

bool looks_like_url(std::string_view text) {
  const std::size_t sign = text.find("://");
  const std::string_view scheme = trim(text.substr(0, std::min(sign, text.size())));
  const auto fits = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '+' || c == '-' || c == '.' || c == ':';
  };
  return sign != text.npos && !scheme.empty() && std::all_of(scheme.begin(), scheme.end(), fits);
}

List array_items(std::string_view text) {
  List items;
  std::size_t at = text.find('{');  // bounds such as [0:1]= may stand before
  if (at == text.npos) return items;
  for (++at; at < text.size(); ++at) {
    if (text[at] == '}' || text[at] == '{' || text[at] == ',') continue;
    Text item;
    const bool quoted = text[at] == '"';
    if (quoted) ++at;
    for (; at < text.size() && (quoted ? text[at] != '"' : text[at] != ',' && text[at] != '}'); ++at) {
      if (text[at] == '\\' && at + 1 < text.size()) ++at;
      item += text[at];
    }
    items.push_back(!quoted && item == "NULL" ? Text() : std::move(item));
  }
  return items;
}

}  // namespace quoin::postgres
