#include "parser/migrations/replacing.h"

#include <iterator>
#include <map>

#include "core/sql/line_ends.h"
#include "parser/migrations/names.h"

namespace quoin {
namespace {

void refuse_without_own_version(const Migration& baseline, const std::vector<ReplacedVersion>& replaced) {
  const bool has_own = std::ranges::any_of(
      replaced, [&](const ReplacedVersion& one) { return compare_versions(one.version, baseline.version) == 0; });
  if (has_own) return;
  throw Error(Code::input,
              concat(baseline.file, " has the version ", baseline.version,
                     ", which is none of those that it replaces, so it has no place in the order"),
              {baseline.file}, "give it the version of the last one that it replaces");
}

/// A baseline that was changed by hand would differ from the databases that ran the migrations it replaces.
void refuse_changed(const Migration& baseline) {
  const Directive* proven = baseline.up.directive("proven");
  if (proven == nullptr || proven->argument == proven_checksum(baseline.up)) return;
  throw Error(Code::input,
              concat(baseline.file, " was changed since it was proven to lead where what it replaces leads"),
              proven->place,
              "put it back as it was and bring the change by a migration after it; or take this line out, where"
              " databases that ran what it replaces have the change already");
}

void tell(const Migration& baseline, std::size_t count, Findings& left_out) {
  Finding& finding = left_out.emplace_back();
  finding.severity = Severity::note;
  finding.rule = "left-out";
  finding.message = concat("it replaces ", std::to_string(count), count == 1 ? " file" : " files",
                           " in this folder, which no command looks at any more");
  finding.place.file = baseline.file;
}

}  // namespace

std::vector<ReplacedVersion> replaced_by(const Migration& file) {
  std::vector<ReplacedVersion> all;
  for (const Directive& directive : file.up.directives) {
    if (directive.name != "replaces") continue;
    const List words = split(directive.argument, ' ');
    all.push_back({words[0], words[1], words.size() > 2});
  }
  return all;
}

std::size_t migrations_in(const std::vector<ReplacedVersion>& replaced) {
  return static_cast<std::size_t>(std::ranges::count(replaced, false, &ReplacedVersion::is_baseline));
}

Text proven_checksum(const Section& section) {
  std::string_view text = section.text;
  if (text.starts_with("-- quoin: proven ")) text.remove_prefix(std::min(text.find('\n'), text.size() - 1) + 1);
  return sha256(with_line_feeds_alone(Text(text)));
}

void leave_out_replaced(std::vector<Migration>& found, List& downs, Findings& left_out) {
  std::vector<Migration> baselines;
  std::ranges::copy_if(found, std::back_inserter(baselines),
                       [](const Migration& file) { return file.up.directive("replaces") != nullptr; });
  for (const Migration& baseline : baselines) {
    const std::vector<ReplacedVersion> replaced = replaced_by(baseline);
    refuse_without_own_version(baseline, replaced);
    refuse_changed(baseline);
    std::multimap<std::string_view, const ReplacedVersion*, EarlierVersion> by_version;
    for (const ReplacedVersion& one : replaced) by_version.emplace(one.version, &one);
    const auto is_replaced = [&](const Migration& file) {
      const auto [first, last] = by_version.equal_range(file.version);
      if (file.file == baseline.file || file.repeats() || first == last) return false;
      if (std::any_of(first, last, [&](const auto& one) { return one.second->checksum == file.checksum; })) return true;
      throw Error(Code::input, concat(file.file, " is not what ", baseline.file, " replaces: it was changed since"),
                  {file.file}, "put it back as it was, or remove it: it does not run any more");
    };
    const std::size_t count = std::erase_if(found, is_replaced);
    std::erase_if(downs, [&](const Text& down) {
      const migration_names::NameParts parts = migration_names::parts_of(down);
      return by_version.contains(parts.version) && parts.name != baseline.name;
    });
    if (count > 0) tell(baseline, count, left_out);
  }
}

}  // namespace quoin
