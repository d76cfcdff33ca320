#include "core/model/member.h"

#include <algorithm>

#include "core/base/text.h"

namespace quoin {

Member member_of(std::string_view text) {
  std::size_t end = 0;
  bool quoted = false;
  for (; end < text.size() && (quoted || text[end] != ' '); ++end)
    if (text[end] == '"') quoted = !quoted;
  return {text.substr(0, end), trim(text.substr(end))};
}

bool is_system_column(std::string_view name) {
  constexpr std::string_view all[] = {"ctid", "xmin", "xmax", "cmin", "cmax", "tableoid", "oid"};
  return std::ranges::count(all, name) > 0;
}

}  // namespace quoin
