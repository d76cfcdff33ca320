#include "kinds/database/template.h"

#include "kinds/list.h"

namespace quoin {

void add_template(Schema& schema) {
  Ids& ids = schema.ids();
  const Id name_space = schema.add(ids.of(schema_kind, Id(), "public")).id;
  schema.add(ids.of(comment_kind, name_space, {})).put("text", Text("standard public schema"));
  schema.add(ids.of(extension_kind, Id(), "plpgsql"));
}

bool in_template(Id id) {
  if (id->kind == &comment_kind) return in_template(id->parent);
  return !id->parent &&
         ((id->kind == &schema_kind && id->name == "public") || (id->kind == &extension_kind && id->name == "plpgsql"));
}

}  // namespace quoin
