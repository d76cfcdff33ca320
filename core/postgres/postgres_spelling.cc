// URLs and connection strings as other tools spell them.
#include <algorithm>
#include <cctype>

#include "core/base/secret.h"
#include "core/postgres/postgres_conninfo.h"

namespace quoin::postgres {
namespace {
bool is_word(std::string_view text) {
  return std::ranges::all_of(text, [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-' || c == '.';
  });
}

bool is_for_schema(std::string_view key) { return key == "schema" || key == "currentSchema" || key == "search_path"; }

bool names_schema(std::string_view query) {
  bool found = false;
  if (query.find('@') == query.npos)
    url_query(query, [&](std::string_view key, const Text&) { return found = found || is_for_schema(key), Text(); });
  return found;
}

/// What asyncpg, JDBC and Node's drivers mean by ssl=…
Text ssl_mode_of(const Text& value) {
  constexpr std::string_view no[] = {"false", "0", "no", "off", "disable"};
  constexpr std::string_view modes[] = {"allow", "prefer", "verify-ca", "verify-full"};
  const bool is_mode = std::ranges::count(modes, value) > 0;
  return concat("sslmode=", std::ranges::count(no, value) > 0 ? "disable"
                            : is_mode                         ? std::string_view(value)
                                                              : "require");
}

/// Of a URL's query, what libpq knows, with what other tools call otherwise in its words; the rest is named. What is
/// more likely a piece of a password stays as it is.
Text query_for_libpq(std::string_view query, List& left_out) {
  if (query.find('@') != query.npos) return Text(query);
  List options;  // libpq heeds the last alone
  Text kept = url_query(query, [&](std::string_view key, const Text& entry) {
    const Text name(key);
    if (!is_word(key) || entry.size() == key.size()) return entry;
    const Text value = entry.substr(std::min(key.size() + 1, entry.size()));
    if (is_for_schema(key)) return value.empty() ? Text() : (options.push_back("-c%20search_path%3D" + value), Text());
    if (name == "options") return options.insert(options.begin(), value), Text();
    // libpq takes ssl=true for other tools' sake, and no other value.
    if (name == "ssl" && value != "true") return left_out.push_back(name), ssl_mode_of(lower(value));
    if (is_known(name)) return entry;
    left_out.push_back(name);
    return Text();
  });
  if (!options.empty()) kept += concat(kept.empty() ? "?" : "&", "options=", join(options, "%20"));
  return kept;
}

/// Words that tools put before "://" and that mean PostgreSQL.
bool means_postgres(std::string_view scheme) {
  if (scheme.find("postgres") != scheme.npos || scheme.find("pgsql") != scheme.npos) return true;
  static constexpr std::string_view words[] = {"pg",   "pgx",     "pgx4", "pgx5",    "psql", "asyncpg",
                                               "ecto", "postgis", "pq",   "psycopg", "db:pg"};
  return std::ranges::count(words, scheme) > 0;
}

[[noreturn]] void refuse_spelling(const Text& conninfo, std::string_view what, const Text& instead) {
  throw Error(Code::input, concat(without_password(conninfo), " ", what), {},
              concat("write it as ", instead, " (with its password)"));
}

/// "Host=h;Database=d;Username=u" of ADO.NET, "pgsql:host=h;dbname=d" of PDO.
void refuse_semicolons(const Text& conninfo) {
  const bool is_pdo = lower(conninfo).starts_with("pgsql:");
  const Text pairs = is_pdo ? conninfo.substr(std::string_view("pgsql:").size()) : conninfo;
  if (pairs.find(';') == Text::npos || pairs.find('=') == Text::npos) return;
  if (!is_pdo && is_known(Text(trim(std::string_view(pairs).substr(0, pairs.find('=')))))) return;
  Text said;
  for (const Text& pair : split(pairs, ';')) {
    const std::size_t sign = pair.find('=');
    if (sign == Text::npos) continue;
    Text key = lower(trim(std::string_view(pair).substr(0, sign)));
    key = key == "server"                         ? "host"
          : key == "database"                     ? "dbname"
          : key == "username" || key == "user id" ? "user"
                                                  : key;
    if (!is_known(key) || is_secret(key)) continue;
    const std::string_view value = trim(std::string_view(pair).substr(sign + 1));
    said += concat(said.empty() ? "" : " ", key, "=",
                   quote_conninfo(key == "options" ? shown_options(value) : Text(value)));
  }
  const Text shown = concat(is_pdo ? "pgsql:" : "", "…;…");
  throw Error(Code::input,
              concat("a connection string with semicolons (", shown, ") is none of PostgreSQL's own clients"), {},
              concat("write it as \"", said, "\" (and password='…' where it has one)"));
}
}  // namespace

void require_known_scheme(const Text& conninfo) {
  const bool has_scheme = looks_like_url(conninfo);
  if (is_url(conninfo)) {
    const std::size_t query = url_parts(conninfo).query;
    List left_out;
    const Text known = query_for_libpq(std::string_view(conninfo).substr(query), left_out);
    if (left_out.empty() && !names_schema(std::string_view(conninfo).substr(query))) return;
    refuse_spelling(conninfo,
                    left_out.empty() ? Text("names its schema as another tool does")
                                     : concat("has what PostgreSQL's own clients do not know: ", join(left_out, ", ")),
                    without_password(conninfo.substr(0, query) + known));
  }
  if (!has_scheme && lower(conninfo).starts_with("jdbc:postgresql:") && conninfo.find('@') == Text::npos)
    refuse_spelling(conninfo, "is a URL of JDBC", concat("postgresql:///", conninfo.substr(conninfo.rfind(':') + 1)));
  if (!has_scheme && password_in_url(conninfo).empty()) return refuse_semicolons(conninfo);
  const Text scheme = lower(trim(std::string_view(conninfo).substr(0, conninfo.find("://"))));
  List left_out;
  Text rest = "postgresql://user:***@host:port/database";
  if (has_scheme) {
    const Text url = concat("postgresql", conninfo.substr(conninfo.find("://")));
    const std::size_t query = url_parts(url).query;
    rest = without_password(url.substr(0, query) + query_for_libpq(std::string_view(url).substr(query), left_out));
  }
  if (!has_scheme || means_postgres(scheme))
    refuse_spelling(conninfo, "is no URL that PostgreSQL's clients know", rest);
  throw Error(Code::input, concat(without_password(conninfo), " is no URL that PostgreSQL's clients know"), {},
              "quoin speaks to PostgreSQL alone: postgresql://user@host:port/database");
}

}  // namespace quoin::postgres
