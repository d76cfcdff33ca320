#include "parser/replay/ups.h"

#include <algorithm>
#include <filesystem>

#include "core/base/files.h"
#include "core/sql/line_ends.h"
#include "parser/migrations/psql_script.h"

namespace quoin {
namespace {

/// What psql reads line by line; rows after COPY are none of its commands.
bool has_commands(const Migration& migration, const Section& section) {
  return is_run_by_psql(migration) && section.text.find('\\') != Text::npos &&
         lower(section.text).find("stdin") == Text::npos;
}

constexpr std::size_t most_files = 1000;  // of one migration

class UpReplay {
 public:
  UpReplay(const Migration& migration, std::size_t number, Replay& replay, Verified& verified)
      : migration_(migration), number_(number), replay_(replay), verified_(verified) {}

  void run(const Section& section) {
    if (!has_commands(migration_, section)) return run(section, section.text);
    const PsqlScript script = read_psql(section, root());
    std::size_t at = 0;
    for (const PsqlCommand& command : script.commands) {
      run_part(section, script, at, command.begin + 1);
      at = std::min(command.begin + 1, script.sql.size());
      if (!command.file.empty())
        follow(section, command);
      else
        tell(section, command);
    }
    run_part(section, script, at, script.sql.size());
  }

 private:
  const Migration& migration_;
  std::size_t number_;
  Replay& replay_;
  Verified& verified_;
  List reading_;
  std::size_t read_ = 0;

  Text root() const { return std::filesystem::path(migration_.up.file).parent_path().parent_path().string(); }

  void run(const Section& section, const Text& sql) {
    const std::size_t first = verified_.findings.size();
    for (Effects& effects : replay_.run(sql, section.file, verified_.findings))
      verified_.statements.push_back({&section, std::move(effects)});
    for (std::size_t i = first; i < verified_.findings.size(); ++i)
      verified_.findings[i].place.line += section.line - 1;
  }

  /// With blanks for what is before and behind, so that places hold.
  void run_part(const Section& section, const PsqlScript& script, std::size_t begin, std::size_t end) {
    Text part = script.sql;
    for (std::size_t at = 0; at < part.size(); ++at)
      if ((at < begin || at >= end) && part[at] != '\n') part[at] = ' ';
    if (!trim(part).empty()) run(section, part);
  }

  void tell(const Section& section, const PsqlCommand& command) {
    Effects effects;
    if (command.opens) {  // as any program that nobody reads, also for the session's later questions
      Findings unheard;
      for (Effects& one : replay_.run("DO LANGUAGE \"psql\" ''", section.file, unheard)) effects = std::move(one);
      effects.unknown = {command.told};
    } else {
      effects.told.emplace_back(command.begin, command.told);
    }
    effects.begin = effects.end = command.begin;
    verified_.statements.push_back({&section, std::move(effects)});
  }

  // Files that read each other twice double with each of them.
  void follow(const Section& section, const PsqlCommand& command) {
    if (++read_ > most_files)
      return tell(section, {command.begin,
                            concat(command.file, " is not read: ", std::to_string(most_files), " files have been"),
                            {},
                            true});
    if (std::ranges::count(reading_, command.file) > 0)
      return tell(section, {command.begin, concat(command.file, " reads itself, and is not read again"), {}, true});
    const auto included =
        std::make_shared<const Section>(Section{command.file, with_line_feeds(read_text(command.file))});
    verified_.included.push_back({included, number_});
    reading_.push_back(command.file);
    run(*included);
    reading_.pop_back();
  }
};

}  // namespace

void replay_up(const Migration& migration, std::size_t number, Replay& replay, Verified& verified) {
  UpReplay(migration, number, replay, verified).run(migration.up);
}

}  // namespace quoin
