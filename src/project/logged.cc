#include "project/logged.h"

#include "project/project.h"

namespace quoin {
namespace {
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
}  // namespace

std::vector<runner::LoggedLine> logged(const Text& url, const LogRequest& request, const Settings& settings) {
  if (request.count && *request.count < 1)
    throw Error(Code::usage, concat("--count ", std::to_string(*request.count), " shows nothing"), {},
                "give 1 or more");
  postgres::Connection connection = connect(url, request.wait, settings);
  const runner::Ledger ledger(settings.config.ledger, seconds_of(request.wait));
  std::vector<runner::LoggedLine> lines = ledger.logged(connection, request.since);
  if (request.migration) {
    const Text version = version_meant(*request.migration, lines);
    std::erase_if(lines, [&](const runner::LoggedLine& line) { return line.version != version; });
  }
  const std::size_t most = request.count ? static_cast<std::size_t>(*request.count) : lines.size();
  if (lines.size() > most) lines.erase(lines.begin(), lines.end() - static_cast<std::ptrdiff_t>(most));
  return lines;
}

}  // namespace quoin
