#include "kinds/mistakes.h"

#include "kinds/list.h"

namespace quoin {

std::vector<Mistake> mistakes_in(const Object& object, const Schema& schema) {
  if (object.id->kind == &table_kind) return mistakes_in_not_null_names(object, schema);
  if (object.id->kind == &trigger_state_kind) return mistakes_in_trigger_state(object, schema);
  return {};
}

}  // namespace quoin
