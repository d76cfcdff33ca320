#include "project/reorder.h"

#include <array>
#include <ctime>
#include <filesystem>

#include "core/base/text.h"
#include "parser/migrations/names.h"
#include "parser/migrations/refusals.h"
#include "project/git.h"

namespace quoin {

namespace fs = std::filesystem;

namespace {
bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// The name of a migration's file or folder in its parts: "V", "1.2", "__", "add_x.sql".
struct Spelled {
  Text before, version, between, rest;
  Text with(std::string_view other) const { return concat(before, other, between, rest); }
};

Spelled spelled(const Text& path) {
  const Text last = fs::path(path).filename().string();
  const Text name = migration_names::parts_of(path).name;
  std::size_t begin = 0;
  while (begin < last.size() && !is_digit(last[begin])) ++begin;
  std::size_t end = name.empty() ? last.find('.') : last.find(name, begin + 1);
  end = std::min(end, last.size());
  const std::size_t rest = end;
  while (end > begin && !is_digit(last[end - 1])) --end;
  return {last.substr(0, begin), last.substr(begin, end - begin), last.substr(end, rest - end), last.substr(rest)};
}

/// What bears the version: the file, or the folder in which it lies.
Text bearer(const Migration& migration) {
  return migration.layout == Layout::folder ? fs::path(migration.up.file).parent_path().string() : migration.up.file;
}

/// The next number, or second, in as many digits; empty: it is no plain number, or none in as many.
Text next_version(const Text& version) {
  if (version.empty() || !std::ranges::all_of(version, is_digit)) return {};
  const auto written = [](std::time_t at) {
    std::tm time{};
    gmtime_r(&at, &time);
    std::array<char, 32> text{};
    std::strftime(text.data(), text.size(), "%Y%m%d%H%M%S", &time);
    return Text(text.data());
  };
  std::tm time{};
  // It reads a date also from numbers that are none: month 99 as month 9.
  if (version.size() == 14 && strptime(version.c_str(), "%Y%m%d%H%M%S", &time) != nullptr) {
    const std::time_t at = timegm(&time);
    if (Text next = written(at + 1); written(at) == version && next.size() == version.size()) return next;
  }
  Text next = version;
  for (auto digit = next.rbegin(); digit != next.rend(); ++digit) {
    if (*digit != '9') return ++*digit, next;
    *digit = '0';
  }
  return {};
}

bool goes_before(const Text& a, const Text& b) { return compare_versions(a, b) < 0; }

/// As names spell them, for each place in the order that is found.
class Versions {
 public:
  Versions(std::span<const Migration> migrations, const Ordering& found) : order_(found.order) {
    for (const Migration& migration : migrations) now_.push_back(spelled(bearer(migration)).version);
    for (const Move& move : found.moves) moved_.push_back(move.migration);
  }

  /// Where versions are dates or times, there is room between them; small numbers have no gaps, and are to get none.
  template <class Stays>
  List wanted(Stays stays) const {
    constexpr std::size_t date = 8;
    const bool are_times =
        std::ranges::all_of(now_, [](const Text& version) { return version.empty() || version.size() >= date; });
    const List room = between();
    for (const List& all : are_times ? std::vector{room, now_} : std::vector{now_, room}) {
      bool fits = !all.empty();
      for (std::size_t i = 0; i < all.size(); ++i) fits = fits && (all[i] == now_[order_[i]] || !stays(order_[i]));
      if (fits) return all;
    }
    throw Error(Code::refused, "what is applied already has no room between its versions for what has to go there", {},
                "give the others versions by hand, with digits more behind theirs");
  }
  const Text& now(std::size_t migration) const { return now_[migration]; }

 private:
  const std::vector<std::size_t>& order_;
  List now_;  // in the order in which they are now
  std::vector<std::size_t> moved_;

  /// New versions for what was moved alone; empty: between some neighbours there is no room.
  List between() const {
    List all;
    for (std::size_t i = 0; i < order_.size(); ++i) {
      Text version = now_[order_[i]];
      if (is_moved(order_[i])) {
        version = i == 0 ? Text() : next_version(all.back());
        const std::size_t next = next_that_stays(i);
        if (version.empty() || (next < order_.size() && !goes_before(version, now_[order_[next]]))) return {};
      }
      all.push_back(std::move(version));
    }
    return all;
  }
  bool is_moved(std::size_t one) const { return std::ranges::count(moved_, one) > 0; }
  std::size_t next_that_stays(std::size_t i) const {
    do { ++i; } while (i < order_.size() && is_moved(order_[i]));
    return i;
  }
};

void add_renaming(const Text& from, const Text& version, std::vector<Renaming>& all) {
  const Text to = (fs::path(from).parent_path() / spelled(from).with(version)).string();
  std::error_code absent;
  all.push_back({from, to});
  for (const char* beside : {".conf"})
    if (fs::exists(from + beside, absent)) all.push_back({from + beside, to + beside});
}

/// Another migration, or its own down, says the version in words that only people can change.
void refuse_mentioned(std::span<const Migration> migrations, const Migration& renamed) {
  for (const Migration& one : migrations)
    for (const Directive& directive : one.up.directives) {
      if (directive.name != "depends-on") continue;
      const auto need = needed_by(directive, migrations);
      if (need && &migrations[*need] == &renamed)
        throw Error(Code::refused,
                    concat(one.file, " says depends-on ", directive.argument, ", and ", renamed.label(),
                           " would get another version"),
                    directive.place, "write the new version there by hand, with the new name of the file");
    }
}
}  // namespace

std::vector<Renaming> renamings_for(const MigrationFolder& folder, const Ordering& found,
                                    const OrderingRequest& request) {
  if (!folder.goes_by_names)
    throw Error(Code::refused, concat("the order is not that of names: ", folder.why), {},
                "change the order where the tool keeps it, as verify says");
  const Versions versions(request.migrations, found);
  const List wanted = versions.wanted([&](std::size_t one) { return request.stays && request.stays(one); });
  std::vector<Renaming> all;
  for (std::size_t i = 0; i < found.order.size(); ++i) {
    const std::size_t one = found.order[i];
    if (wanted[i] == versions.now(one)) continue;
    const Migration& migration = request.migrations[one];
    refuse_mentioned(request.migrations, migration);
    add_renaming(bearer(migration), wanted[i], all);
    const bool is_apart =
        migration.down && migration.layout != Layout::folder && migration.down->file != migration.up.file;
    if (is_apart) add_renaming(migration.down->file, wanted[i], all);
  }
  return all;
}

namespace {
void rename_one(const std::optional<Git>& git, const Text& from, const Text& to) {
  if (git && git->tracks(from)) return git->move(from, to);
  std::error_code failed;
  fs::rename(from, to, failed);
  if (failed)
    throw Error(Code::input, concat(from, " cannot be renamed to ", to, ": ", failed.message()), {from},
                "make the folder writable, or rename it by hand, then say it again");
}

bool is_renamed(const std::vector<Renaming>& all, const Text& name) {
  return std::ranges::count(all, name, &Renaming::from) > 0;
}
}  // namespace

void require_free(const std::vector<Renaming>& all) {
  for (const Renaming& one : all)
    if (std::error_code absent; fs::exists(one.to, absent) && !is_renamed(all, one.to))
      throw Error(Code::refused, concat(one.to, " is there already, so ", one.from, " cannot get that name"),
                  {one.from}, "give one of them another name");
}

void rename_all(const std::vector<Renaming>& all, const Text& folder) {
  require_free(all);
  const auto is_from = [&](const Text& name) { return is_renamed(all, name); };
  const std::optional<Git> git = Git::holding(folder);
  // First to names that nobody has, since one may get another's.
  std::vector<Renaming> done;
  try {
    for (const Renaming& one : all) {
      const Text aside = concat(one.to, ".quoin-renaming");
      rename_one(git, one.from, is_from(one.to) ? aside : one.to);
      done.push_back({one.from, is_from(one.to) ? aside : one.to});
    }
    for (Renaming& one : done)
      if (const Text to = one.to; to.ends_with(".quoin-renaming")) {
        const Text end = to.substr(0, to.size() - Text(".quoin-renaming").size());
        rename_one(git, to, end);
        one.to = end;
      }
  } catch (const Error&) {
    for (auto one = done.rbegin(); one != done.rend(); ++one) rename_one(git, one->to, one->from);
    throw;
  }
}

}  // namespace quoin
