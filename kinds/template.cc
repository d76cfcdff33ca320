// What template0 has, and so every database that quoin meets or makes.
#include "kinds/list.h"

namespace quoin {

void add_template(Schema& schema) {
  Ids& ids = schema.ids();
  const Id name_space = schema.add(ids.of(schema_kind, Id(), "public")).id;
  schema.add(ids.of(comment_kind, name_space, {})).put("text", Text("standard public schema"));
  schema.add(ids.of(extension_kind, Id(), "plpgsql"));
}

}  // namespace quoin
