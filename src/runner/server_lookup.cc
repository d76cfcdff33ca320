#include "runner/server_lookup.h"

#include <algorithm>
#include <map>
#include <set>

namespace quoin::runner {
namespace {

using Deed = ServerName::Deed;

/// Asks for names, which are its column "name".
Text query_for(ServerThing thing) {
  switch (thing) {
    case ServerThing::role:
      return "SELECT rolname::pg_catalog.text AS name FROM pg_catalog.pg_roles";
    case ServerThing::extension:
      return "SELECT name::pg_catalog.text AS name FROM pg_catalog.pg_available_extensions UNION"
             " SELECT extname::pg_catalog.text FROM pg_catalog.pg_extension";
    case ServerThing::language:
      return "SELECT lanname::pg_catalog.text AS name FROM pg_catalog.pg_language";
    case ServerThing::tablespace:
      return "SELECT spcname::pg_catalog.text AS name FROM pg_catalog.pg_tablespace";
    case ServerThing::database:
      return "SELECT datname::pg_catalog.text AS name FROM pg_catalog.pg_database";
  }
  return {};
}

/// As a word, so that a role app is not found in my_apps.
bool has_word(std::string_view text, std::string_view word) {
  const auto is_part = [&](std::size_t at) {
    return at < text.size() && (std::isalnum(static_cast<unsigned char>(text[at])) || text[at] == '_');
  };
  for (std::size_t at = text.find(word); at != text.npos; at = text.find(word, at + 1))
    if ((at == 0 || !is_part(at - 1)) && !is_part(at + word.size())) return true;
  return false;
}

class Lookup {
 public:
  Lookup(postgres::Connection& connection, Findings& findings) : connection_(connection), findings_(findings) {}

  void look(const ServerName& one) {
    if (one.deed == Deed::may_make) return programs_.push_back(&one);
    if (one.deed == Deed::uses) return use(one);
    auto& there = names_of(one.thing);
    if (one.deed == Deed::drops) return there.erase(one.name), void();
    const bool is_new = there.insert(one.name).second;
    if (one.thing == ServerThing::extension)
      made_.insert(one.name);
    else if (!is_new && !may_be_made(one))
      tell_twice(one);
  }

 private:
  postgres::Connection& connection_;
  Findings& findings_;
  std::map<ServerThing, std::set<Text>> there_;
  std::set<Text> made_;  // extensions, by what is pending
  std::vector<const ServerName*> programs_;

  std::set<Text>& names_of(ServerThing thing) {
    const auto [at, is_new] = there_.try_emplace(thing);
    if (!is_new) return at->second;
    const auto rows = connection_.execute(query_for(thing));
    for (std::size_t row = 0; row < rows.rows(); ++row) at->second.insert(rows.text(row, 0));
    return at->second;
  }

  /// That a program names it, or puts a name together, is enough for a doubt.
  bool may_be_made(const ServerName& one) const {
    const Text verb = concat("create ", to_string(one.thing));
    return std::ranges::any_of(programs_, [&](const ServerName* program) {
      const std::string_view text = program->text;
      if (!has_word(text, "create")) return false;
      return has_word(text, lower(one.name)) || (has_word(text, "execute") && text.find(verb) != text.npos);
    });
  }

  Finding& tell(const ServerName& one, RuleName rule, Text message) {
    Finding& finding = findings_.emplace_back();
    finding.rule = rule;
    finding.message = std::move(message);
    finding.object = concat(to_string(one.thing), " ", one.name);
    finding.place = one.place;
    return finding;
  }

  void tell_twice(const ServerName& one) {
    tell(one, "duplicate", concat(to_string(one.thing), " ", quote_ident(one.name), " is there already, on the server"))
        .hint = concat("take the statement out, or ask first: DO $$ BEGIN IF NOT EXISTS (SELECT … FROM ",
                       one.thing == ServerThing::role ? "pg_roles" : "the catalog", ") THEN …");
  }

  void use(const ServerName& one) {
    std::set<Text>& there = names_of(one.thing);
    if (there.contains(one.name)) return look_at_version(one);
    if (one.thing == ServerThing::language && is_brought(one.name)) return;
    if (may_be_made(one)) return;
    there.insert(one.name);  // told once
    const List all(there.begin(), there.end());
    List others;
    for (const Text& name : all)
      if (name != one.name) others.push_back(name);
    const std::optional<Text> near = nearest(one.name, others);
    const Text name = quote_ident(one.name);
    const bool is_extension = one.thing == ServerThing::extension;
    tell(one, "missing",
         is_extension ? concat("extension ", name, " is not to be had on the server")
                      : concat(to_string(one.thing), " ", name, " is not on the server",
                               ", and nothing that is pending makes it before"))
        .hint = near ? concat("is ", *near, " meant?") : advice(one);
  }

  static Text advice(const ServerName& one) {
    const Text name = quote_ident(one.name);
    switch (one.thing) {
      case ServerThing::extension:
        return "install its package on the server's machine, or choose it where the platform lists its extensions";
      case ServerThing::role:
        return concat("make it first, by hand or in an earlier migration: CREATE ROLE ", name,
                      "; roles belong to the server, not to a database");
      case ServerThing::language:
        return concat("make it first: CREATE EXTENSION ", name);
      case ServerThing::tablespace:
        return concat("make it first, as superuser: CREATE TABLESPACE ", name, " LOCATION '…'");
      case ServerThing::database:
        return "for the database that migrations run in, whatever it is called, ask inside of DO: EXECUTE"
               " pg_catalog.format('… %I', pg_catalog.current_database())";
    }
    return {};
  }

  /// hstore_plpython3u CASCADE brings plpython3u.
  bool is_brought(const Text& language) const {
    return std::ranges::any_of(made_, [&](const Text& extension) { return extension.find(language) != Text::npos; });
  }

  bool is_installed(const Text& extension) {
    if (made_.contains(extension)) return true;
    return connection_
               .query("SELECT FROM pg_catalog.pg_extension WHERE extname::pg_catalog.text OPERATOR(pg_catalog.=) $1",
                      std::vector<postgres::Parameter>{extension})
               .rows() > 0;
  }

  /// Whether CREATE EXTENSION finds the version, and those that it needs.
  void look_at_version(const ServerName& one) {
    if (one.thing != ServerThing::extension || is_installed(one.name)) return;
    const auto rows = connection_.query(
        "SELECT pg_catalog.array_to_string(v.requires, ',') FROM pg_catalog.pg_available_extension_versions v"
        " JOIN pg_catalog.pg_available_extensions e ON e.name OPERATOR(pg_catalog.=) v.name"
        " WHERE e.name::pg_catalog.text OPERATOR(pg_catalog.=) $1 AND v.version OPERATOR(pg_catalog.=)"
        " coalesce($2, e.default_version)",
        std::vector<postgres::Parameter>{
            one.name, one.version.empty() ? postgres::Parameter() : postgres::Parameter(one.version)});
    if (rows.rows() == 0 && !one.version.empty())
      tell(one, "missing",
           concat("extension ", quote_ident(one.name), " is not to be had in version ", one.version, " on the server"))
          .hint = concat("see which there are: SELECT version FROM pg_available_extension_versions WHERE name = ",
                         quote_literal(one.name));
    if (rows.rows() == 0 || one.cascades) return;
    for (const Text& other : split(rows.text(0, 0), ','))
      if (!other.empty() && !is_installed(other) &&
          !may_be_made({Deed::uses, ServerThing::extension, other, {}, {}, {}, {}}))
        tell(one, "missing",
             concat("extension ", quote_ident(one.name), " needs ", quote_ident(other), ", which is not installed"))
            .hint = concat("CREATE EXTENSION ", quote_ident(other), " before, or say CASCADE here");
  }
};

}  // namespace

void look_up(postgres::Connection& connection, const std::vector<ServerName>& names, Findings& findings) {
  Lookup lookup(connection, findings);
  for (const ServerName& one : names) lookup.look(one);
}

}  // namespace quoin::runner
