// The commands and options as data: for completions, the manual page and the reference.
#pragma once
#include <span>

#include "commands/command.h"

namespace quoin {

struct DescribedOption {
  List names;  // "-o", "--output"; of an argument, its one name
  Text type;   // "FILE", "a|b|c"; empty: a flag
  List choices;
  Text doc;
  bool is_argument = false;
};

struct DescribedCommand {
  Text name, summary, details;
  std::vector<DescribedOption> options;
};

/// Every command of the program, in the order of `quoin --help`.
std::span<const Command* const> all_commands();
std::vector<DescribedCommand> described_commands();
/// The help of a command or a subject, or of all where `what` is empty; null where there is no such thing.
nlohmann::ordered_json json_of_help(const Text& what);
/// The options that every command takes.
const std::vector<DescribedOption>& common_options();

}  // namespace quoin
