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

/// Those that may differ; no value: any may.
std::optional<std::vector<Id>> touched_in(const Touched& schema, std::size_t seen, const Touched& copy,
                                          std::size_t own) {
  const auto there = schema.since(seen), here = copy.since(own);
  if (!there || !here) return std::nullopt;
  std::vector<Id> all(there->begin(), there->end());
  all.insert(all.end(), here->begin(), here->end());
  return all;
}

std::vector<Id> all_in(const Schema& schema, const Schema& copy) {
  std::vector<Id> all;
  for (const Schema* one : {&schema, &copy}) one->each([&](const Object& object) { all.push_back(object.id); });
  return all;
}

// Removes before it adds, since a removed object may have the name of an added one.
void follow(const std::vector<Id>& touched, const Schema& schema, Schema& copy) {
  for (Id id : touched)
    if (!schema.find(id)) copy.remove(id);
  for (Id id : touched) {
    const Object *now = schema.find(id), *there = std::as_const(copy).find(id);
    if (now && !(there && is_same(*there, *now))) copy.put(*now);
  }
}
}  // namespace

Schema& Mirror::of(Schema& schema) {
  if (copy_) {
    const auto touched = touched_in(schema.touched(), seen_, copy_->touched(), own_);
    follow(touched ? *touched : all_in(schema, *copy_), schema, *copy_);
    copy_->made_by = schema.made_by;
    copy_->major = schema.major;
    copy_->unmodelled = schema.unmodelled;
    copy_->histories = schema.histories;
    copy_->notes = schema.notes;
  } else {
    copy_.emplace(schema.copy());
  }
  seen_ = schema.touched().now();
  own_ = copy_->touched().now();
  return *copy_;
}

}  // namespace quoin
