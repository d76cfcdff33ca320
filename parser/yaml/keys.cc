#include "kinds/list.h"
#include "parser/yaml/reader.h"

namespace quoin::yaml {

bool is_alone(const Kind& kind) { return kind.has(single) || kind.yaml.implied_name != nullptr; }

Kinds kinds_below(const Kind* parent) {
  Kinds below;
  for (const Kind* kind : all_kinds()) {
    if (kind->key.empty() || kind->has(opaque)) continue;
    const bool is_addressed = parent && (parent->has_name() || parent->is_of_types());
    const bool anywhere = is_addressed && kind != parent && std::ranges::count(possible_parents(*kind), "*") > 0;
    const bool here = parent ? may_lie_below(*kind, *parent) : possible_parents(*kind).empty();
    if (here || anywhere) below.push_back(kind);
  }
  return below;
}

Kinds kinds_below(const Kind* parent, std::string_view key) {
  Kinds below = kinds_below(parent);
  std::erase_if(below, [&](const Kind* kind) { return kind->key != key; });
  return below;
}

const Kind& document_kind() {
  static const Kind& found = *[] {
    for (const Kind* kind : all_kinds())
      if (kind->has(has_document)) return kind;
    throw Error(Code::internal, "no kind has documents");
  }();
  return found;
}

bool must_be_written(const FieldBase& field, const Kind& kind) {
  return field.presence != Presence::optional && is_key(field, kind);
}

bool must_be_written(const Kind& kind) {
  return std::ranges::any_of(kind.fields, [&](const FieldBase* field) { return must_be_written(*field, kind); });
}

bool may_be_name_alone(const Kind& kind) {
  return !kind.has(holds_rows) && kind.addressed->told_by == ToldBy::name && !must_be_written(kind);
}

bool takes_map(Role role) { return row_of(role).is_pair; }

bool is_key(const FieldBase& field, const Kind& kind) {
  return field.counts != Counts::derived && &field != arguments_of(kind) &&
         !std::ranges::count(kind.yaml.lacks, field.name);
}

const FieldBase* arguments_of(const Kind& kind) {
  for (const FieldBase* field : kind.fields)
    if (field->role == Role::argument) return field;
  return nullptr;
}

List keys_of(const Kind& kind) {
  List keys;
  for (const FieldBase* field : kind.fields)
    if (is_key(*field, kind)) keys.emplace_back(field->name);
  for (const Kind* below : kinds_below(&kind))
    if (!std::ranges::count(keys, below->key)) keys.emplace_back(below->key);
  if (kind.has_name()) keys.emplace_back("renamed_from");
  if (kind.yaml.statement && !kind.fields.find("definition")) keys.emplace_back("definition");
  if (kind.yaml.implied_name) keys.emplace_back("name");
  return keys;
}

}  // namespace quoin::yaml
