#include "kinds/named.h"

#include "core/model/name.h"
#include "kinds/list.h"

namespace quoin {

Id named(const Kind& kind, std::string_view qualified_name, const Schema& schema) {
  const List parts = name_parts(qualified_name);
  if (parts.size() != 2) return Id();
  const Id lies_in = schema.ids().find(schema_kind, Id(), parts[0]);
  const Object* found = lies_in ? schema.find(kind, lies_in, parts[1]) : nullptr;
  return found ? found->id : Id();
}

}  // namespace quoin
