#include "diff/diff.h"
#include "kinds/database/template.h"

namespace quoin {

namespace {
// An object that a new database has, or that another one's steps create, counts only where it is changed; an opaque one
// never, since quoin does not know what it means.
bool is_not_compared(const Object& object, bool one_sided) {
  return object.id->kind->has(opaque) ||
         (one_sided && (in_template(object.id) || (follows(object) && !is_own_besides(object))));
}

FieldSet differing(const Object& from, const Object& to, const Same& same) {
  FieldSet changed = from.differences(to);
  if (!same || changed.none()) return changed;
  for (const FieldBase* field : from.id->kind->fields)
    if (changed.test(field->ordinal) && same(*field, from, to)) changed.reset(field->ordinal);
  return changed;
}
}  // namespace

bool holds_anyway(const Object& said, const Schema& there) {
  const Kind& kind = *said.id->kind;
  return kind.holds_anyway && kind.holds_anyway(said, there);
}

bool comes_by_itself(const Object& object, const Schema& here, const Schema& there) {
  const Id leader = follows(object);
  if (leader && leader == object.id->parent && object.id->kind->is_column()) return there.find(leader) != nullptr;
  return leader && object.id->kind->creates_followers && there.find(leader) && stays_in_place(object.id, here, there);
}

std::vector<Delta> compare(const Schema& from, const Schema& to, const Same& same) {
  std::vector<Delta> deltas;
  for (const Object* before : from.objects()) {
    const Object* after = to.find(before->id);
    if ((is_not_compared(*before, !after) && (after || !comes_by_itself(*before, from, to))) ||
        (!after && holds_anyway(*before, to)))
      continue;
    const FieldSet changed = after ? differing(*before, *after, same) : FieldSet();
    if (!after || changed.any()) deltas.push_back({before->id, changed, before, after});
  }
  for (const Object* after : to.objects())
    if (!from.find(after->id) && (!is_not_compared(*after, true) || comes_by_itself(*after, to, from)) &&
        !holds_anyway(*after, from))
      deltas.push_back({after->id, {}, nullptr, after});
  return deltas;
}

}  // namespace quoin
