// A column or attribute as one text: "name type [COLLATE …]", the name as SQL spells it.
#pragma once
#include <string_view>

namespace quoin {

struct Member {
  std::string_view name, rest;  // rest: empty where only the name is known
};
Member member_of(std::string_view text);

/// True if every table has a column of that name, or had in some supported version: ctid, xmin, oid…
bool is_system_column(std::string_view name);

}  // namespace quoin
