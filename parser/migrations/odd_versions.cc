#include "parser/migrations/odd_versions.h"

#include <algorithm>
#include <cstdlib>

namespace quoin {

namespace {
bool is_number(std::string_view version) {
  return !version.empty() &&
         std::ranges::all_of(version, [](char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; });
}

bool begins_with_a_year(std::string_view version) { return version.starts_with("19") || version.starts_with("20"); }

/// YYYYMMDDHHMM or with seconds, as far as its digits tell.
bool is_timestamp(std::string_view version) {
  return is_number(version) && (version.size() == 12 || version.size() == 14) && begins_with_a_year(version);
}

/// "month 13"; empty: it is one that there is, but for the length of months.
Text wrong_in(const Text& timestamp) {
  struct Part {
    std::string_view name;
    std::size_t at;
    int least, most;
  };
  constexpr Part parts[] = {
      {"month", 4, 1, 12}, {"day", 6, 1, 31}, {"hour", 8, 0, 23}, {"minute", 10, 0, 59}, {"second", 12, 0, 59}};
  for (const Part& part : parts) {
    if (part.at >= timestamp.size()) break;
    const int value = std::atoi(timestamp.substr(part.at, 2).c_str());
    if (value < part.least || value > part.most) return concat(part.name, " ", timestamp.substr(part.at, 2));
  }
  return {};
}

void tell(const Migration& migration, Text message, Findings& findings) {
  Finding& finding = findings.emplace_back();
  finding.severity = Severity::warning;
  finding.rule = "odd-version";
  finding.message = std::move(message);
  finding.place.file = migration.up.file;
  finding.hint = "give it the time that is meant, unless it has run anywhere";
}
}  // namespace

void tell_odd_versions(const std::vector<Migration>& migrations, Findings& findings) {
  const bool dated = std::ranges::any_of(migrations, is_timestamp, &Migration::version);
  for (const Migration& migration : migrations) {
    const Text& version = migration.version;
    const Text wrong = is_timestamp(version) ? wrong_in(version) : Text();
    if (!wrong.empty())
      tell(migration, concat("version ", version, " is no date and time (", wrong, "); it comes by its number"),
           findings);
    if (dated && is_number(version) && version.size() == 4 && begins_with_a_year(version))
      tell(migration, concat("version ", version, " is the number ", version, ", and so comes before every timestamp"),
           findings);
  }
}

}  // namespace quoin
