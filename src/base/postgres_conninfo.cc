// Connection strings as text, and the server's array notation.
#include <algorithm>

#include "base/postgres.h"

namespace quoin::postgres {
namespace {

constexpr std::string_view hidden = "***";

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

bool is_url(std::string_view conninfo) {
  return conninfo.starts_with("postgresql://") || conninfo.starts_with("postgres://");
}

/// Where the parts of a URL lie, by libpq's own rule: user and password end at the first "@" that no "/" precedes.
struct Url {
  std::size_t authority = 0, path = 0, query = 0;
};

Url url_parts(std::string_view url) {
  Url parts;
  parts.authority = url.find("://") + 3;
  std::size_t host = parts.authority;
  const std::size_t at = url.find_first_of("@/", host);
  if (at != url.npos && url[at] == '@') host = at + 1;
  parts.path = std::min(url.find_first_of("/?", host), url.size());
  parts.query = std::min(url.find('?', parts.path), url.size());
  return parts;
}

bool is_secret(std::string_view key) { return key == "password" || key == "sslpassword"; }

/// The query of a URL ("?a=b&c=d", or empty) with the entries that `keep` leaves, or changes.
template <class Keep>
Text url_query(std::string_view query, Keep keep) {
  Text kept;
  if (query.empty()) return kept;
  for (const Text& entry : split(query.substr(1), '&')) {
    const Text changed = keep(std::string_view(entry).substr(0, entry.find('=')), entry);
    if (!changed.empty()) kept += (kept.empty() ? '?' : '&') + changed;
  }
  return kept;
}

struct Setting {
  Text key, value;
};

/// The settings of a key=value string, read leniently: what is malformed is for libpq to complain about.
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
    if (at < text.size() && text[at] == '=') ++at;
    skip();
    const bool quoted = at < text.size() && text[at] == '\'';
    if (quoted) ++at;
    while (at < text.size() && (quoted ? text[at] != '\'' : !is_space(text[at]))) {
      if (text[at] == '\\' && at + 1 < text.size()) ++at;
      setting.value += text[at++];
    }
    if (quoted && at < text.size()) ++at;
    settings.push_back(std::move(setting));
  }
  return settings;
}

bool is_plain(std::string_view value) {
  return !value.empty() &&
         std::none_of(value.begin(), value.end(), [](char c) { return is_space(c) || c == '\'' || c == '\\'; });
}

Text settings_text(const std::vector<Setting>& settings) {
  Text text;
  for (const Setting& setting : settings) {
    if (!text.empty()) text += ' ';
    text += concat(setting.key, "=", is_plain(setting.value) ? setting.value : quote_conninfo(setting.value));
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

}  // namespace

Text quote_conninfo(std::string_view value) {
  Text quoted = "'";
  for (const char c : value) {
    if (c == '\'' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + "'";
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

Text without_password(const Text& conninfo) {
  if (!is_url(conninfo)) {
    if (conninfo.find('=') == Text::npos) return conninfo;
    std::vector<Setting> settings = settings_of(conninfo);
    for (Setting& setting : settings) {
      if (is_secret(setting.key)) setting.value = hidden;
    }
    return settings_text(settings);
  }
  // A password with a bare "@" or "/" is cut in the wrong place by libpq, so all up to the last "@" counts as secret.
  const std::size_t authority = url_parts(conninfo).authority;
  const std::size_t last = conninfo.rfind('@', conninfo.find('?', authority));
  const std::size_t colon = conninfo.find(':', authority);
  Text shown = conninfo;
  if (last != Text::npos && last > authority && colon < last) shown.replace(colon + 1, last - colon - 1, hidden);
  const std::size_t query = std::min(shown.find('?', authority), shown.size());
  const auto mask = [](std::string_view key, const Text& entry) {
    return is_secret(key) ? concat(key, "=", hidden) : entry;
  };
  return shown.substr(0, query) + url_query(std::string_view(shown).substr(query), mask);
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
