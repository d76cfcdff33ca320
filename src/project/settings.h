// The project that a use case works on, and who hears what the use case has to say besides its result.
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <set>

#include "core/base/error.h"
#include "core/base/text.h"

namespace quoin {

/// quoin.yaml, with what an environment overrides (src/config.cc reads it). Paths are relative to the file's folder and
/// already joined to it.
struct Config {
  struct Protected {
    Text environment, database;  // the latter empty: only where the environment is chosen
  };
  Text file;  // empty: there is none
  Text migrations = "migrations", schemas = "schemas", document = "DATABASE.md";
  Text ledger = "quoin.migrations";       // schema.table
  std::optional<Text> database;           // of the environment chosen
  Text environment;                       // that
  std::vector<Protected> protected_ones;  // environments that say `protected: true`
  List unset;                             // variables that it needs and that are not set: then there is none
  List assumed_schemas, assumed_files;    // what the platform provides
  List managed_schemas;                   // empty: all that DESIGN 1 says
  List allow;                             // hazards that migrate takes without asking
  Text search_path;                       // empty: "$user", public
  Text shadow = "auto";
  Text backup_check, backup_max_age;  // a command or SELECT that tells when the last one was made; an interval
  Text layout;                     // of the migrations folder; empty: it says itself
  std::map<Text, Text> variables;  // vars: what placeholders in migrations stand for
};

/// Hears what a use case has to say besides its result, as it goes on. This one hears nothing. Lines come without their
/// line break and unmasked.
class Audience {
 public:
  Audience() = default;
  Audience(const Audience&) = delete;
  Audience& operator=(const Audience&) = delete;
  virtual ~Audience() = default;
  virtual void remark(std::string_view) {}        // a person should know it
  virtual void note(const Finding&) {}            // the same, of a place in a file
  virtual void detail(std::string_view) {}        // for who wants to follow every step
  virtual void mistakes(const Findings&) {}       // for which an Error is thrown next
  virtual void begins(const Text& /* what */) {}  // something that may take a while: "starting a server"
  virtual void ends() {}                          // what began last
};

/// What a use case is told of the project it works on, and who hears it. `audience` is never null.
struct Settings {
  Text config_file, environment, database_option, search_path_option, layout_option;
  List variable_options;  // --set: "NAME=VALUE"
  Config config;
  std::shared_ptr<Audience> audience = std::make_shared<Audience>();
  std::shared_ptr<std::set<Text>> said = std::make_shared<std::set<Text>>();  // what is said once

  /// --database, DATABASE_URL, the config's environment, PGHOST/PGDATABASE/PGSERVICE ("" as conninfo); nullopt: none.
  std::optional<Text> database() const;
  /// As database(), or Error(usage) that says how to name one.
  Text need_database() const;
  List search_path() const;  // split and unquoted; default {"$user", "public"}
};

void remark(const Settings&, std::string_view line);
void remark_once(const Settings&, std::string_view line);  // what several readers of one thing would say again
void note_once(const Settings&, const Finding&);
void detail(const Settings&, std::string_view line);

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
