// How a section is to run: as it says itself, as the ledger keeps it, and as a run is told.
#include <algorithm>

#include "runner/execute.h"

namespace quoin::runner {

List to_lines(const Section& section) {
  List lines;
  for (const char* name : {"no-transaction", "lock-timeout", "retry"})
    if (const Directive* directive = section.directive(name))
      lines.push_back(directive->argument.empty() ? directive->name
                                                  : concat(directive->name, " ", directive->argument));
  return lines;
}

std::vector<Directive> directives_of(const List& lines) {
  std::vector<Directive> directives;
  for (const Text& line : lines) {
    const std::size_t space = std::min(line.find(' '), line.size());
    directives.push_back({line.substr(0, space), Text(trim(std::string_view(line).substr(space))), {}});
  }
  return directives;
}

Wrapping wrapping_of(const Section& section) {
  return section.directive("no-transaction") != nullptr ? Wrapping::bare : Wrapping::transaction;
}

void require_times(postgres::Connection& connection, const Limits& limits) {
  for (const auto& [name, value] :
       {std::pair("lock_timeout", limits.lock_timeout), std::pair("statement_timeout", limits.statement_timeout)}) {
    if (value.empty()) continue;
    Text option(name);
    std::ranges::replace(option, '_', '-');
    const bool has_unit = value.find_first_not_of("0123456789 ") != value.npos;
    if (!has_unit && value.find_first_not_of("0 ") != value.npos)
      throw Error(Code::usage, concat("--", option, " ", value, " has no unit"), {},
                  concat("write ", value, "s or ", value, "ms"));
    try {
      connection.query("SELECT pg_catalog.set_config($1, $2, true)",
                       std::vector<postgres::Parameter>{Text(name), value});
    } catch (const Error& error) {
      if (!error.sqlstate.starts_with("22")) throw;
      throw Error(Code::usage, concat("--", option, " ", value, " is no time"), {},
                  concat("write it as --", option, " 5s; units are ms, s, min and h; 0 waits for ever"));
    }
  }
}

}  // namespace quoin::runner
