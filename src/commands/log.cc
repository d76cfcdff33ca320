// quoin log: what was done to the database, line by line.
#include <nlohmann/json.hpp>

#include "commands/command.h"
#include "commands/targets.h"
#include "core/base/visible.h"
#include "project/logged.h"

namespace quoin {
namespace {
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

int run(const LogRequest& given, const CommandLine& settings) {
  const std::vector<runner::LoggedLine> lines = logged(settings.need_database(), given, settings);
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
  auto given = std::make_shared<LogRequest>();
  options.value("--migration VERSION", given->migration, "only what was done with this one");
  options.value("--since TIME", given->since, "only what came then or later, as '2025-03-01 08:00', in UTC");
  options.number("--count", given->count, "only the last so many");
  declare_schema(options, settings);
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
