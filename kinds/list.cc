#include "kinds/list.h"

namespace quoin {

std::span<const Kind* const> all_kinds() {
  static constexpr const Kind* kinds[] = {
#define QUOIN_KIND(name) &name##_kind,
      QUOIN_KINDS
#undef QUOIN_KIND
  };
  return kinds;
}

const Kind* kind_named(std::string_view name) {
  for (const Kind* kind : all_kinds())
    if (kind->name == name) return kind;
  return nullptr;
}

const Kind* kind_of_object_type(std::string_view object_type) {
  for (const Kind* kind : all_kinds())
    if (kind->object_type == object_type && !object_type.empty()) return kind;
  return nullptr;
}

}  // namespace quoin
