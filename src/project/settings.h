// The settings of a project, which every use case gets, and the Audience, which is called with remarks.
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <set>

#include "core/base/error.h"
#include "core/base/text.h"

namespace quoin {

/// How far a matter is quoin's concern. off: not compared; report: differences are told and stay; on: plans change
/// them.
enum class Concern { off, report, on };
/// `manage` in quoin.yaml: what is quoin's to look at.
struct Manage {
  struct Rule {
    bool includes;
    Text pattern;  // "table public.audit_*", as project/pattern.h reads it
    Place place;
  };
  std::vector<Rule> objects;  // the first that fits decides; what none fits is managed
  Concern owners = Concern::report, grants = Concern::on, comments = Concern::on, extension_versions = Concern::off;
};

/// quoin.yaml, with the values of the chosen environment (src/project/config.cc reads it). Paths are already joined to
/// the file's folder.
struct Config {
  struct Protected {
    Text environment, database;  // database: empty, there is none
    List unset;                  // variables that it needs and that are not set; it is empty then
  };
  Text file;  // empty: there is none
  Text migrations = "migrations", schemas = "schemas", document = "DATABASE.md";
  Text ledger = "quoin.migrations";       // schema.table
  std::optional<Text> database;           // of the chosen environment
  Text environment;                       // the chosen one
  std::vector<Protected> protected_ones;  // environments that say `protected: true`
  List unset;  // environment variables that `database` needs and that are not set; it has no value then
  List assumed_schemas, assumed_files;  // what the platform provides
  List managed_schemas;                 // empty: all but the server's own and quoin's
  Manage manage;
  List allow;        // rules whose losses migrate accepts without --allow
  Text search_path;  // empty: "$user", public
  Text shadow = "auto";
  Text backup_check, backup_max_age;           // a command or SELECT that tells when the last one was made; an interval
  Text layout;                                 // of the migrations folder; empty: it says itself
  std::optional<Text> contexts, label_filter;  // which of Liquibase's changesets run; no value: nothing is said
  std::map<Text, List> hooks;                  // by name: SQL files and commands
  Text hook_timeout;                           // of each; empty: none
  std::map<Text, Text> variables;              // vars: what placeholders in migrations stand for
};

/// The variables of the environment and, where one is not set there, of a .env file. Those of the file are held here
/// alone: they never become part of this process's environment, which other programs inherit and libraries read.
struct EnvVariables {
  std::map<Text, Text> of_file;
  std::optional<Text> value(const Text& name) const;
};

/// Is called with what a use case has to say besides its result, while it works. This one ignores all calls. Lines have
/// no line break at their end; passwords in them are not masked.
class Audience {
 public:
  Audience() = default;
  Audience(const Audience&) = delete;
  Audience& operator=(const Audience&) = delete;
  virtual ~Audience() = default;
  virtual void remark(std::string_view) {}        // a person should know it
  virtual void note(const Finding&) {}            // the same, of a place in a file
  virtual void detail(std::string_view) {}        // only for those who want to follow every step
  virtual void mistakes(const Findings&) {}       // mistakes for which an Error is thrown next
  virtual void begins(const Text& /* what */) {}  // something that may take a while: "starting a server"
  virtual void ends() {}                          // what began last
  /// How far what began last is: "CREATE INDEX: building index", with the share that is done (0 to 1), if known.
  virtual void advances(std::string_view, std::optional<double>) {}
};

/// What a use case is told of the project it works on, and who hears it. `audience` is never null.
struct Settings {
  Text config_file, environment, env_file, database_option, search_path_option, layout_option;
  List variable_options;  // --set: "NAME=VALUE"
  EnvVariables variables;
  Config config;
  std::shared_ptr<Audience> audience = std::make_shared<Audience>();
  std::shared_ptr<std::set<Text>> said = std::make_shared<std::set<Text>>();  // what remark_once() has said

  /// --database, the database of the environment that --env names, DATABASE_URL, the config's environment,
  /// DATABASE_HOST and its kin, PGHOST/PGDATABASE/PGSERVICE ("" as conninfo); nullopt: none. What .env says of it
  /// counts where the environment names no database.
  std::optional<Text> database() const;
  /// As database(), or Error(usage) that says how to name one.
  Text need_database() const;
  List search_path() const;  // split and unquoted; default {"$user", "public"}
  Text target_schema{};      // the one schema that is worked on, its ledger within; empty: the whole database
};

void remark(const Settings&, std::string_view line);
void remark_once(const Settings&, std::string_view line);  // for a remark that several parts would make
void note_once(const Settings&, const Finding&);
void detail(const Settings&, std::string_view line);

/// What Audience::advances() is called with, in one line: "CREATE INDEX: building index, 41 %".
Text advance_in_words(std::string_view what, std::optional<double> share);

/// While it lives, something that may take a while is being done: "proving on PostgreSQL 15".
class Progress {
 public:
  Progress(const Settings& settings, const Text& what) : audience_(settings.audience) { audience_->begins(what); }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  ~Progress() { audience_->ends(); }

 private:
  std::shared_ptr<Audience> audience_;
};

}  // namespace quoin
