#include "kinds/list.h"

#include "kinds/database/opaque.h"

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

const ObjectType* modelled_type(std::string_view object_type) {
  static const auto types = [] {
    std::unordered_map<std::string_view, ObjectType> all;
    for (const Kind* kind : all_kinds())
      all.try_emplace(kind->object_type, ObjectType{kind->object_type, space_of(*kind), kind->addressed});
    all.erase("");
    return all;
  }();
  const auto found = types.find(object_type);
  return found == types.end() ? nullptr : &found->second;
}

const ObjectType* object_type(std::string_view object_type) {
  if (const ObjectType* modelled = modelled_type(object_type)) return modelled;
  const auto types = types_without_kind();
  const auto found = std::ranges::find(types, object_type, &ObjectType::type);
  return found == types.end() ? nullptr : &*found;
}

}  // namespace quoin
