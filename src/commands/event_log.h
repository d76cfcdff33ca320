// The log of a run, a line an event, for collectors of logs.
#pragma once
#include "commands/command.h"
#include "project/follow.h"

namespace quoin {

enum class Level { info, warning, error };

/// Writes one line to stderr, with the time in UTC: with --log-format json as one object with these fields, `event`
/// first; else as text. Passwords are hidden, and so are characters that steer a terminal. Safe for threads.
void log_event(const CommandLine&, Level, nlohmann::ordered_json fields);
/// The fields of an error: error, sqlstate, place, detail and hint, as far as there are such.
nlohmann::ordered_json log_fields_of(const Error&, const CommandLine&);

/// Logs what happens to a run and to each of its migrations.
std::shared_ptr<Follower> run_log(const CommandLine&);

/// What a command that runs migrations is asked to tell others.
struct Telling {
  Text url;
  Text metrics_file;  // empty: none
};
void declare_telling(Options&, Telling&);
/// What follows a run: `report`, the log and the metrics where they are wanted, and the hooks, which come last, so that
/// all others have heard of what they stop.
Followers followers_of(std::shared_ptr<Follower> report, const CommandLine&, const Telling&);
/// The same without a report, where one target of many has settings of its own.
Followers followers_of(const CommandLine&, const Settings& own, const Telling&);

}  // namespace quoin
