// quoin log: what was done to the database, line by line.
#include <nlohmann/json.hpp>

#include "commands/command.h"
#include "core/base/visible.h"
#include "project/project.h"

namespace quoin {
namespace {
struct LogOptions {
  std::optional<Text> migration, since;
  std::optional<int> count, wait;
};

/// By version or label of what the ledger or the log knows; a file is not needed.
Text version_meant(const Text& said, const std::vector<runner::LoggedLine>& lines) {
  for (const runner::LoggedLine& line : lines)
    if (line.version == said || line.label() == said) return line.version;
  for (const runner::LoggedLine& line : lines)
    if (compare_versions(line.version, said) == 0) return line.version;
  List known;
  for (const runner::LoggedLine& line : lines)
    if (std::ranges::count(known, line.label()) == 0) known.push_back(line.label());
  const std::optional<Text> near = nearest(said, known);
  throw Error(Code::input, concat("the log knows no migration ", said), {},
              near ? concat("did you mean ", *near, "?") : Text("quoin log shows all that it knows"));
}

Text as_text(const std::vector<runner::LoggedLine>& lines) {
  if (lines.empty()) return "nothing is logged\n";
  std::size_t by = 0, action = 0;
  for (const runner::LoggedLine& line : lines) {
    by = std::max(by, characters(line.by));
    action = std::max(action, line.action.size());
  }
  const auto padded = [](const Text& text, std::size_t width) {
    return concat(text, Text(width - std::min(width, characters(text)), ' '), "  ");
  };
  Text text;
  for (const runner::LoggedLine& line : lines) {
    text += concat(
        line_for_people(concat(line.at, "  ", padded(line.by, by), padded(line.action, action), line.label())), "\n");
    if (!line.detail.empty()) text += concat("  ", indented(line.detail), "\n");
  }
  return text;
}

int run(const LogOptions& given, const CommandLine& settings) {
  if (given.count && *given.count < 1)
    throw Error(Code::usage, concat("--count ", std::to_string(*given.count), " shows nothing"), {}, "give 1 or more");
  postgres::Connection connection = connect(settings.need_database(), given.wait, settings);
  const runner::Ledger ledger(settings.config.ledger, seconds_of(given.wait));
  std::vector<runner::LoggedLine> lines = ledger.logged(connection, given.since);
  if (given.migration) {
    const Text version = version_meant(*given.migration, lines);
    std::erase_if(lines, [&](const runner::LoggedLine& line) { return line.version != version; });
  }
  const std::size_t most = given.count ? static_cast<std::size_t>(*given.count) : lines.size();
  if (lines.size() > most) lines.erase(lines.begin(), lines.end() - static_cast<std::ptrdiff_t>(most));
  if (!settings.json) return print_lines(as_text(lines)), 0;
  nlohmann::ordered_json all = nlohmann::ordered_json::array();
  for (const runner::LoggedLine& line : lines)
    all.push_back({{"at", line.at},
                   {"by", line.by},
                   {"action", line.action},
                   {"version", line.version},
                   {"name", line.name},
                   {"detail", line.detail}});
  print_json({{"log", std::move(all)}});
  return 0;
}

std::function<int()> declare(Options& options, const CommandLine& settings) {
  auto given = std::make_shared<LogOptions>();
  options.value("--migration VERSION", given->migration, "only what was done with this one");
  options.value("--since TIME", given->since, "only what came then or later, as '2025-03-01 08:00', in UTC");
  options.number("--count", given->count, "only the last so many");
  options.number("--wait", given->wait, "seconds to wait for whoever holds the ledger (default: 10)");
  return [given, &settings] { return run(*given, settings); };
}
}  // namespace

const Command log_command{"log", "what was done to the database, by whom and when",
                          "Every run, rollback, failure, repair and adoption, the oldest first. Only reads.\n"
                          "  quoin log --since 2025-03-01\n"
                          "  quoin log --migration 20250106090000 --json",
                          declare};

}  // namespace quoin
