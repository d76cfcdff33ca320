#include "parser/migrations/migration.h"

#include <ctime>
#include <filesystem>

#include "core/base/files.h"
#include "parser/migrations/names.h"
#include "parser/migrations/own_transaction.h"
#include "parser/migrations/sections.h"

namespace quoin {
const std::vector<DirectiveDoc>& directive_docs() {
  static const std::vector<DirectiveDoc> docs{
      {"no-transaction", "", "runs statement by statement; the file may hold its own BEGIN and COMMIT"},
      {"depends-on", "VERSION", "runs only when that migration is applied, or comes before it in the same run"},
      {"optional", "", "left out by quoin migrate --skip-optional"},
      {"batch", "N [pause MS] [max-lag TIME]",
       "the UPDATE, DELETE or INSERT … SELECT after it runs in chunks of N rows of its table's key, each committed"
       " with how far it came, so that a run that dies goes on there; with a pause between them, and not while a"
       " replica is further behind"},
      {"lock-timeout", "DURATION", "gives up a lock after so long, as in lock-timeout 5s"},
      {"retry", "N", "tries again so often after a lock timeout, a deadlock or a serialization failure"},
      {"replaces", "VERSION CHECKSUM [baseline]",
       "this file stands for that migration too: a database that ran all that it replaces takes it as applied, another"
       " runs it; a baseline stands for all that is named above it"},
      {"proven", "CHECKSUM",
       "what goes up was proven to lead where what it replaces leads; SQL of another SHA-256 is refused, and the line "
       "may"
       " be taken out where a change by hand is meant"},
      {"nolint", "RULE: WHY", "says that a finding of that rule is meant"}};
  return docs;
}

Place place_of(const Section& section, std::size_t offset) {
  return place_of(section, line_column(section.text, std::min(offset, section.text.size())));
}

Place place_of(const Section& section, LineColumn where) {
  return {section.file, section.line + where.line - 1, section.indent + where.column};
}

const Directive* Section::directive(std::string_view name) const {
  for (const Directive& one : directives) {
    if (one.name == name) return &one;
  }
  return nullptr;
}

Migration read_migration(const Text& file) { return read_migration(file, read_text(file)); }

Migration read_migration(const Text& file, const Text& content) {
  using migration_names::Form;
  using migration_sections::Shape;
  const migration_names::NameParts named = migration_names::parts_of(file);
  const Text last = lower(std::filesystem::path(file).filename().string());
  const bool in_folder = last == "up.sql" || last == "migration.sql";
  const bool whole = named.form != Form::plain || in_folder;
  migration_sections::FileParts parts = migration_sections::read(file, content, whole ? Shape::only_up : Shape::marked);
  Migration migration;
  migration.version = named.version;
  migration.name = named.name;
  migration.description = std::move(parts.description);
  migration.file = file;
  migration.up = std::move(parts.up);
  migration.down = std::move(parts.down);
  migration.checksum = std::move(parts.checksum);
  migration.layout = in_folder                ? Layout::folder
                     : named.form == Form::up ? Layout::pair
                     : whole                  ? Layout::flyway
                                              : parts.layout;
  if (migration.layout == Layout::folder || migration.layout == Layout::pair) drop_own_transaction(migration.up);
  return migration;
}

Section read_down(const Text& file) {
  Section down = migration_sections::read(file, read_text(file), migration_sections::Shape::only_down).up;
  drop_own_transaction(down);
  return down;
}

Text new_version(const std::vector<Migration>& existing) {
  std::time_t second = std::time(nullptr);
  for (const Migration& migration : existing) {
    std::tm taken{};
    if (migration.version.size() != 14 || strptime(migration.version.c_str(), "%Y%m%d%H%M%S", &taken) == nullptr)
      continue;
    second = std::max(second, timegm(&taken) + 1);
  }
  std::tm now{};
  gmtime_r(&second, &now);
  char text[16];
  std::strftime(text, sizeof text, "%Y%m%d%H%M%S", &now);
  return text;
}

Text migration_slug(std::string_view title) {
  Text slug;
  for (const char c : lower(title)) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c & 0x80) != 0;
    if (plain) slug += c;
    if (!plain && !slug.empty() && slug.back() != '_') slug += '_';
  }
  while (slug.ends_with('_')) slug.pop_back();
  if (slug.empty()) {
    throw Error(Code::input, concat("\"", title, "\" holds no letter or digit to name a migration by"), {},
                "name it by what it does, as in: quoin create add_orders");
  }
  return slug;
}

namespace {
bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string_view digits(std::string_view text) {
  std::size_t count = 0;
  while (count < text.size() && is_digit(text[count])) ++count;
  return text.substr(0, count);
}

int compare_numbers(std::string_view a, std::string_view b) {
  a.remove_prefix(std::min(a.find_first_not_of('0'), a.size()));
  b.remove_prefix(std::min(b.find_first_not_of('0'), b.size()));
  if (a.size() != b.size()) return a.size() < b.size() ? -1 : 1;
  return a.compare(b);
}
}  // namespace

int compare_versions(std::string_view a, std::string_view b) {
  const bool numbers = !digits(a).empty() && !digits(b).empty();
  while (!a.empty() && !b.empty()) {
    const std::string_view x = digits(a), y = digits(b);
    // Names that are no numbers come after those that are.
    if (x.empty() != y.empty()) return x.empty() ? 1 : -1;
    if (x.empty() && a[0] != b[0]) return static_cast<unsigned char>(a[0]) < static_cast<unsigned char>(b[0]) ? -1 : 1;
    if (const int order = compare_numbers(x, y); order != 0) return order;
    a.remove_prefix(std::max<std::size_t>(x.size(), 1));
    b.remove_prefix(std::max<std::size_t>(y.size(), 1));
  }
  const std::string_view rest = a.empty() ? b : a;
  if (numbers && rest.starts_with('.') && rest.find_first_not_of(".0") == rest.npos) return 0;
  return rest.empty() ? 0 : a.empty() ? -1 : 1;
}

bool repeats(std::string_view version) { return version.starts_with("R__"); }

}  // namespace quoin
