// quoin preflight: whether a run would go well.
#include "project/preflight.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "commands/command.h"
#include "commands/finding_formats.h"
#include "commands/repeated.h"
#include "commands/targets.h"
#include "core/base/visible.h"
#include "project/leave.h"

namespace quoin {
namespace {
struct PreflightOptions {
  Text allow;
  runner::Bounds bounds{};
  bool out_of_order = false;
  std::optional<int> wait;
  bool strict = false;
};

nlohmann::ordered_json as_json(const Preflight& preflight, const CommandLine& settings) {
  nlohmann::ordered_json findings = json_of(repeating_options(preflight.findings, settings));
  for (std::size_t i = 0; i < preflight.findings.size(); ++i) {  // readers may know these two from before
    findings[i]["file"] = preflight.findings[i].place.file;
    findings[i]["line"] = preflight.findings[i].place.line;
  }
  return {{"database", preflight.database},
          {"server_version", preflight.major},
          {"pending", preflight.pending ? nlohmann::ordered_json(*preflight.pending) : nullptr},
          {"findings", std::move(findings)}};
}

Text as_text(const Preflight& preflight, const CommandLine& settings) {
  const auto count = [&](Severity severity) {
    return static_cast<std::size_t>(std::ranges::count(preflight.findings, severity, &Finding::severity));
  };
  const std::size_t errors = count(Severity::error), warnings = count(Severity::warning);
  return concat(to_text(repeating_options(preflight.findings, settings), colored(settings, 1)),
                errors > 0 ? "not ready: " : "ready: ",
                preflight.pending ? concat(counted(*preflight.pending, "migration"), " to run on ")
                                  : Text("what is to run is not known on "),
                line_for_people(preflight.database), " (PostgreSQL ", std::to_string(preflight.major), "), ",
                counted(errors, "error"), ", ", counted(warnings, "warning"), "\n");
}

int run(const PreflightOptions& given, const CommandLine& settings) {
  const Text url = settings.need_database();
  check_allowed(split(given.allow, ','), settings);
  runner::Bounds bounds = given.bounds;
  bounds.late = given.out_of_order ? runner::Late::run : runner::Late::refuse;
  const Preflight preflight = look_ahead_of_run(url, {settings, given.wait, split(given.allow, ','), bounds});
  settings.json ? print_json(as_json(preflight, settings)) : print_lines(as_text(preflight, settings));
  const Severity worst = given.strict ? Severity::warning : Severity::error;
  return std::ranges::any_of(preflight.findings, [&](const Finding& one) { return one.severity >= worst; }) ? 1 : 0;
}

std::function<int()> declare(Options& options, const CommandLine& settings) {
  auto given = std::make_shared<PreflightOptions>();
  options.value("--to VERSION", given->bounds.to, "of a run up to this version, and with it");
  options.flag("--out-of-order", given->out_of_order, "of a run that also has those that come before applied ones");
  options.value("--allow RULES", given->allow, "what migrate --allow will be given, as data-loss");
  options.flag("--strict", given->strict, "warnings count as errors for the exit code");
  declare_schema(options, settings);
  options.number("--wait", given->wait, "seconds to wait for whoever holds the ledger (default: 10)");
  return [given, &settings] { return run(*given, settings); };
}
}  // namespace

const Command preflight_command{
    "preflight", "whether a run of what is pending would go well",
    "Looks, and changes nothing: the server, the role's rights for what is pending, the ledger, who is in the way,\n"
    "what is lost, what is there already, drift, invalid indexes, replicas, disk space, long transactions, downs, and\n"
    "the backup (backup_check in quoin.yaml). Exits 1 where there are errors.\n"
    "  quoin preflight && quoin migrate\n"
    "  quoin preflight --json --strict",
    declare};

}  // namespace quoin
