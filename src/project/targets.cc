#include <algorithm>
#include <filesystem>
#include <mutex>
#include <set>

#include "core/base/files.h"
#include "project/fleet.h"
#include "project/tenant.h"

namespace quoin {
namespace {

using Kind = std::string_view;

Target target_of(Kind kind, const Text& value, const Settings& settings) {
  if (kind == "url") return {postgres::name_of(value), value, {}};
  const Text url = settings.need_database();
  if (kind == "database") return {value, postgres::with_database(url, value), {}};
  List path{quote_ident(value)};
  for (const Text& one : settings.search_path())
    if (one != "$user" && one != value) path.push_back(quote_ident(one));
  return {value, postgres::with_session_setting(url, "search_path", join(path, ",")), value};
}

void refuse_user_schema(const Text& schema) {
  if (schema == "$user")
    throw Error(Code::input, "a schema called $user cannot be a target: a search_path means another by that", {},
                "give it another name: ALTER SCHEMA \"$user\" RENAME TO …");
}

/// The one place that says what a target means: where names are looked up, and where its ledger is.
void aim_at(const Target& target, Settings& settings) {
  settings.database_option = target.url;
  if (target.schema.empty()) return;
  settings.config.ledger = concat(target.schema, tenant_ledger);
  settings.target_schema = target.schema;
}

std::vector<Target> targets_in(const Text& file, const Settings& settings) {
  std::vector<Target> targets;
  const List lines = split(read_text(file), '\n');
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string_view line = trim(lines[i]);
    if (line.empty() || line.starts_with('#')) continue;
    const std::size_t colon = std::min(line.find(':'), line.size());
    const std::string_view kind = line.substr(0, colon);
    const Text value(trim(line.substr(std::min(colon + 1, line.size()))));
    if (postgres::looks_like_url(line))
      targets.push_back(target_of("url", Text(line), settings));
    else if ((kind == "database" || kind == "schema") && !value.empty())
      targets.push_back(target_of(kind, value, settings));
    else
      throw Error(Code::input, "this line names no target", {file, static_cast<int>(i) + 1, 1},
                  "write `database: NAME`, `schema: NAME` or postgresql://user@host/name");
  }
  return targets;
}

std::vector<Target> targets_found(const Text& query, const Settings& settings) {
  postgres::Connection connection(settings.need_database());
  const Text text(trim(query));
  const auto ask = [&](const char* kind) {
    const Text found = concat("SELECT f.", kind, "::pg_catalog.text FROM (",
                              text.substr(0, text.find_last_not_of("; \n") + 1), "\n) AS f");
    return connection.execute(concat("BEGIN READ ONLY; ", found));
  };
  for (const char* kind : {"database", "schema", "url"}) {
    try {
      const auto rows = ask(kind);
      std::vector<Target> targets;
      for (std::size_t row = 0; row < rows.rows(); ++row) {
        // Without a name libpq would go to whatever database it goes to by itself.
        if (trim(rows.text(row, 0)).empty())
          throw Error(Code::input, concat("a row of the query for targets has no value in its column ", kind), {},
                      concat("leave such rows out: … WHERE ", kind, " <> ''"));
        targets.push_back(target_of(kind, rows.text(row, 0), settings));
      }
      return targets;
    } catch (const Error& error) {
      if (error.sqlstate.empty()) throw;
      if (error.sqlstate != "42703" || std::string_view(error.what()).find("f.") == Text::npos)
        throw Error(Code::input, concat("the query for targets failed: ", error.what()), {},
                    "mend the query that --targets gives; try it in psql");
      connection.execute("ROLLBACK");
    }
  }
  throw Error(Code::input, "the query for targets has no column that is called database, schema or url", {},
              "give its column that name: SELECT nspname AS schema FROM pg_namespace WHERE …");
}

bool is_query(const Text& given) {
  const Text words = lower(trim(given));
  return std::ranges::any_of(std::initializer_list<std::string_view>{"select", "with", "values", "table"},
                             [&](std::string_view word) {
                               return words.starts_with(word) && words.size() > word.size() &&
                                      std::string_view(" \n\t(").find(words[word.size()]) != Text::npos;
                             });
}

/// What targets say comes from many threads at once, each line with the target's name.
class TargetAudience : public Audience {
 public:
  TargetAudience(Text name, std::shared_ptr<Audience> all) : name_(std::move(name)), all_(std::move(all)) {}
  void remark(std::string_view line) override {
    const std::lock_guard alone(speaking);
    all_->remark(concat(name_, ": ", line));
  }
  void detail(std::string_view line) override {
    const std::lock_guard alone(speaking);
    all_->detail(concat(name_, ": ", line));
  }
  void advances(std::string_view what, std::optional<double> share) override {
    const std::lock_guard alone(speaking);
    all_->advances(concat(name_, ": ", what), share);
  }
  void note(const Finding& finding) override {
    const std::lock_guard alone(speaking);
    Finding named = finding;
    named.message = concat(name_, ": ", finding.message);
    all_->note(named);
  }

 private:
  static std::mutex speaking;
  Text name_;
  std::shared_ptr<Audience> all_;
};
std::mutex TargetAudience::speaking;

}  // namespace

std::vector<Target> targets_of(const Text& given, const Settings& settings) {
  std::error_code no_path;  // as a query is, where it is long
  const bool is_file = std::filesystem::exists(given, no_path);
  if (!is_file && !is_query(given))
    throw Error(Code::input, concat("there is no file ", given, ", and it is no query"), {},
                "name a file with a target a line, or write a query: --targets \"SELECT datname AS database FROM …\"");
  std::vector<Target> targets = is_file ? targets_in(given, settings) : targets_found(given, settings);
  if (targets.empty())
    throw Error(Code::input, concat(is_file ? given : Text("the query for targets"), " names no target"), {},
                "name one at least");
  std::set<Text> names;
  for (const Target& target : targets) refuse_user_schema(target.schema);
  for (const Target& target : targets)
    if (!names.insert(target.name).second)
      throw Error(Code::input, concat("the target ", target.name, " is named twice"), {}, "name each once");
  return targets;
}

Settings settings_for(const Target& target, const Settings& settings) {
  Settings own = settings;
  own.audience = std::make_shared<TargetAudience>(target.name, settings.audience);
  own.said = std::make_shared<std::set<Text>>();
  aim_at(target, own);
  return own;
}

/// A name with a slip in it would get all tables anew.
void require_schema(postgres::Connection& connection, const Text& schema, std::string_view making) {
  const auto rows = connection.execute("SELECT nspname FROM pg_catalog.pg_namespace ORDER BY nspname");
  List there;
  for (std::size_t row = 0; row < rows.rows(); ++row) there.push_back(rows.text(row, 0));
  if (std::ranges::count(there, schema) > 0) return;
  const std::optional<Text> near = nearest(schema, there);
  throw Error(Code::refused, concat("there is no schema ", quote_ident(schema), " in ", connection.database()), {},
              concat(near ? concat("is ", *near, " meant? ") : Text(), "where it is to be made: ", making));
}

void aim_at_schema(const Text& schema, Settings& settings) {
  refuse_user_schema(schema);
  const Target target = target_of("schema", schema, settings);
  postgres::Connection connection = connect(target.url, std::nullopt, settings_for(target, settings));
  require_schema(connection, schema, concat("CREATE SCHEMA ", quote_ident(schema), ", as whoever is to own it"));
  aim_at(target, settings);
}

}  // namespace quoin
