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
  if (id->parent) return false;
  if (id->kind == &schema_kind) return id->name == "public";
  if (id->kind == &extension_kind) return id->name == "plpgsql";
  static const List languages{"plpgsql", "sql", "c", "internal"};
  return id->kind == &language_kind && std::ranges::count(languages, id->name) > 0;
}

}  // namespace quoin
