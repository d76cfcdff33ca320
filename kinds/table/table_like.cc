// CREATE TABLE (LIKE other …): what is taken over from another table. What of it, each kind says.
#include "core/model/space.h"
#include "kinds/table/table_fields.h"
#include "kinds/table/table_reading.h"

namespace quoin {
namespace {
void take_over(const Object& original, Id parent, const Like& like) {
  const Kind& kind = *original.id->kind;
  const Object* copy = kind.reading.like ? kind.reading.like(original, parent, like) : nullptr;
  if (!copy) return;
  const Id id = copy->id;
  for (const Object* below : like.reading.schema().children(original.id)) take_over(*below, id, like);
}
}  // namespace

void read_table_like(ast::Node clause, Reading& reading) {
  const Id table = table_under(reading), source = reading.find(space::relation, clause["relation"]);
  if (!table || !source) return;
  if (!is_table(*source->kind))
    return reading.unknown(table, concat("what LIKE takes over from ", path(source), " is not followed yet"));
  const Like like{table, static_cast<unsigned>(clause["options"].number()), reading};
  Schema& schema = reading.schema();
  for (const Object* child : schema.children(source)) take_over(*child, table, like);
  std::vector<Id> beside = schema.users(source);  // what is of the table, and lies in a schema
  std::ranges::sort(beside);
  for (Id user : beside)
    if (user->kind->relation && relation_of(*schema.find(user)) == source)
      take_over(*schema.find(user), schema_of(table), like);
}

}  // namespace quoin
