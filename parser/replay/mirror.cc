#include "parser/replay/mirror.h"

#include "core/model/kind.h"

namespace quoin {

namespace {
bool is_same(const Object& a, const Object& b) {
  return a.position == b.position && a.needs == b.needs && a.wants == b.wants && a.carried == b.carried &&
         a.place == b.place && a.renamed_from == b.renamed_from && a.unread == b.unread &&
         a.renamed_parts == b.renamed_parts && std::ranges::all_of(a.id->kind->fields, [&](const FieldBase* field) {
           return a.value(*field) == b.value(*field);
         });
}

void take_out_what_is_not_in(const Schema& schema, Schema& copy) {
  std::vector<Id> gone;
  copy.each([&](const Object& object) {
    if (!schema.find(object.id)) gone.push_back(object.id);
  });
  for (Id id : gone) copy.remove(id);
}
}  // namespace

Schema& Mirror::of(const Schema& schema) {
  if (!copy_) return copy_.emplace(schema.copy());
  Schema& copy = *copy_;
  take_out_what_is_not_in(schema, copy);
  schema.each([&](const Object& object) {
    Object* there = copy.find(object.id);
    if (there && is_same(*there, object)) return;
    (there ? *there : copy.add(object.id)) = object;
    copy.changed(object.id);
  });
  copy.made_by = schema.made_by;
  copy.major = schema.major;
  copy.unmodelled = schema.unmodelled;
  copy.histories = schema.histories;
  copy.notes = schema.notes;
  return copy;
}

}  // namespace quoin
