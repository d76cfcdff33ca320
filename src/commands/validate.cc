// quoin validate: are the migrations whole, and are they what was applied?
#include "project/validating.h"

#include "commands/command.h"
#include "project/project.h"

namespace quoin {
namespace {

int run(const ValidateRequest& given, const CommandLine& settings) {
  const Validity validity = validate(given, settings);
  print_findings(validity.findings, settings);
  if (validity.is_sound() && !settings.json)
    print_lines(concat(validity.was_seen_whole() ? "valid: " : "valid as far as could be seen here: ",
                       counted(validity.migrations, "migration"), "\n"));
  return validity.is_sound() ? 0 : 1;
}

std::function<int()> declare(Options& options, const CommandLine& settings) {
  auto given = std::make_shared<ValidateRequest>();
  options.value("--shadow auto|off|URL", given->shadow,
                "where to try them out: auto, off, or a server's URL (default: auto)");
  options.number("--wait", given->wait, "seconds to wait for whoever holds the ledger (default: 10)");
  return [given, &settings] { return run(*given, settings); };
}
}  // namespace

const Command validate_command{
    "validate", "whether files and ledger agree, and all runs up, down and up again",
    "Looks for changed and missing files and gaps; on a shadow server all is tried out.\n"
    "  quoin validate\n"
    "  quoin validate --shadow off\n"
    "The throw-away server is your user's (as root: nobody's), shut off from network, programs\n"
    "and files. --shadow off runs nothing.",
    declare};

}  // namespace quoin
