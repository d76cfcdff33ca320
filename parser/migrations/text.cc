#include "parser/migrations/text.h"

#include "core/base/comment.h"

namespace quoin {
namespace {
// Of a version that is a second; empty for any other.
Text created(const Text& v) {
  if (v.size() != 14 || v.find_first_not_of("0123456789") != Text::npos) return {};
  const auto part = [&](std::size_t at, std::size_t size) { return v.substr(at, size); };
  return concat(part(0, 4), "-", part(4, 2), "-", part(6, 2), " ", part(8, 2), ":", part(10, 2), ":", part(12, 2),
                " UTC");
}
}  // namespace

Text to_text(const MigrationText& migration) {
  const auto said = [](std::string_view head, const Text& text) { return comment(comment_sign::sql, head, text); };
  Text all = said("Description", migration.description);
  if (const Text when = created(migration.version); !when.empty()) all += said("Created", when);
  for (const Remark& remark : migration.remarks) all += said(remark.head, remark.text);
  const auto add = [&](std::string_view section, const Text& sql) {
    all += concat("\n", section_line(section), sql);
    if (!all.ends_with('\n')) all += '\n';
  };
  add("Up", migration.up);
  if (!migration.down.empty()) add("Down", migration.down);
  return all;
}

}  // namespace quoin
