#include "parser/replay/refused.h"

#include <algorithm>

#include "core/sql/psql.h"
#include "parser/migrations/psql_script.h"
#include "parser/migrations/refusals.h"

namespace quoin {
namespace {

/// The SQL of a file with a placeholder ends where one begins, as a parser sees it.
bool is_at_placeholder(const Finding& finding) {
  if (finding.rule != "syntax" || finding.place.column < 1) return false;
  const auto column = static_cast<std::size_t>(finding.place.column) - 1;
  const std::size_t at = byte_of(finding.source, column);
  if (at >= finding.source.size()) return false;
  const auto variable =
      psql::first_variable(std::string_view(finding.source).substr(at), psql::Where::outside_of_strings);
  return variable && variable->begin == 0;
}

void remove_syntax_of(const Finding& placeholder, std::size_t first, Findings& findings) {
  const auto is_of_it = [&](const Finding& one) {
    const bool is_on_line = one.rule == "syntax" && one.place.line == placeholder.place.line;
    return is_on_line || is_at_placeholder(one);
  };
  findings.erase(std::remove_if(findings.begin() + static_cast<std::ptrdiff_t>(first), findings.end(), is_of_it),
                 findings.end());
}

/// A folder of another tool may be run by psql, which knows what quoin does not run.
void leave_to_psql(const Migration& migration, std::size_t first, Findings& findings) {
  const auto is_of_psql = [](const Finding& finding) {
    if (finding.rule == "placeholder") return finding.message.starts_with(':');  // a variable
    return finding.rule == "syntax" && (finding.message.ends_with(psql::is_command) ||
                                        finding.message == psql::are_rows || finding.message == psql::reads_rows);
  };
  for (std::size_t i = first; i < findings.size() && is_run_by_psql(migration); ++i)
    if (is_of_psql(findings[i])) findings[i].severity = Severity::warning;
}

}  // namespace

void add_refusals(const Migration& migration, std::size_t first, Findings& findings) {
  for (Finding& refusal : refusals(migration)) {
    if (refusal.rule == "placeholder") remove_syntax_of(refusal, first, findings);
    findings.push_back(std::move(refusal));
  }
  leave_to_psql(migration, first, findings);
}

bool is_unfilled(const Migration& migration, std::size_t first, const Findings& findings) {
  const auto is_of_up = [&](const Finding& finding) {
    if (finding.rule != "placeholder" || finding.severity != Severity::error) return false;
    const bool is_of_down =
        migration.down && finding.place.file == migration.down->file && finding.place.line >= migration.down->line;
    return !is_of_down;
  };
  return std::any_of(findings.begin() + static_cast<std::ptrdiff_t>(first), findings.end(), is_of_up);
}

}  // namespace quoin
