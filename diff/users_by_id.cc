#include "diff/users_by_id.h"

namespace quoin {

UsersById users_by_id(const Schema& schema) {
  UsersById users;
  schema.each([&](const Object& object) {
    for (const auto* used : {&object.needs, &object.wants})
      for (const Id id : *used) users[id].push_back(object.id);
  });
  return users;
}

}  // namespace quoin
