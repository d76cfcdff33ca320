#include "kinds/catalog_letters.h"

#include "kinds/table/table_fields.h"

namespace quoin {

namespace {
using Letters = std::span<const std::pair<std::string_view, std::string_view>>;

Text letter_of(const Kind& kind, Letters letters) {
  const auto found = std::ranges::find(letters, kind.name, [](const auto& one) { return one.first; });
  return found == letters.end() ? Text() : Text(found->second);
}
}  // namespace

Text relkind_of(const Object& object) {
  static constexpr std::pair<std::string_view, std::string_view> letters[] = {
      {"table", "r"}, {"view", "v"},          {"materialized view", "m"}, {"sequence", "S"},
      {"index", "i"}, {"foreign table", "f"}, {"composite type", "c"}};
  Text letter = letter_of(*object.id->kind, letters);
  if (letter != "r") return letter;
  return object[table_fields.partition_by].empty() ? letter : Text("p");
}

Text partition_bound(const Object& object) {
  if (parents_in_catalog(object).empty()) return {};
  const Text bound(object[table_fields.bound]);
  return bound.empty() ? Text() : lower(bound) == "default" ? Text("DEFAULT") : concat("FOR VALUES ", bound);
}

List parents_in_catalog(const Object& object) {
  if (!object.id->kind->has(holds_rows) || relkind_of(object).empty()) return {};
  const Text whole(object[table_fields.partition_of]);
  const auto others = object[table_fields.inherits];
  return whole.empty() ? List(others.begin(), others.end()) : List{whole};
}

Text contype_of(const Kind& kind) {
  static constexpr std::pair<std::string_view, std::string_view> letters[] = {
      {"primary key", "p"}, {"unique", "u"}, {"foreign key", "f"}, {"check", "c"}, {"exclusion", "x"}};
  return letter_of(kind, letters);
}

}  // namespace quoin
