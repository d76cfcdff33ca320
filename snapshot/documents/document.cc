#include "snapshot/documents/document.h"
#include "core/model/space.h"
#include "kinds/database/template.h"
#include "kinds/list.h"

namespace quoin {
namespace {
/// A plain name has one form.
bool is_plain_name(std::string_view text) {
  return text.find_first_not_of("abcdefghijklmnopqrstuvwxyz_0123456789") == std::string_view::npos;
}

bool has_query(const Kind& kind) {
  return std::ranges::any_of(kind.fields, [](const FieldBase* field) { return field->role == Role::query; });
}
/// What a query itself speaks of; types of its columns it has from there, and only some servers tell of them.
bool is_read(const Kind& kind) { return is_like_a_table(kind) || kind.is_overloaded() || has_query(kind); }

/// Carried only where the reader is another role, so no document may tell of it.
constexpr std::string_view reader_dependent = space::owner;

void add_once(std::vector<Id>& ids, Id id) {
  if (!std::ranges::count(ids, id)) ids.push_back(id);
}
}  // namespace

bool is_like_a_table(const Kind& kind) {
  static const auto holders = [] {
    std::unordered_set<std::string_view> all;
    for (const Kind* one : all_kinds())
      if (one->has(ordered)) all.insert(possible_parents(*one).begin(), possible_parents(*one).end());
    return all;
  }();
  return kind.has(holds_rows) || holders.contains(kind.name);
}

bool is_remark(const Kind& kind) { return std::ranges::count(possible_parents(kind), "*") > 0; }

Text heading(std::string_view key) {
  Text words(key);
  std::ranges::replace(words, '_', ' ');
  return words;
}
Text counted_kind(std::size_t count, std::string_view key) {
  Text words = heading(key);
  if (count == 1 && words.ends_with('s')) words.pop_back();
  return concat(std::to_string(count), " ", words);
}
Text capitalised(Text words) {
  if (!words.empty() && words[0] >= 'a' && words[0] <= 'z') words[0] = static_cast<char>(words[0] - 'a' + 'A');
  return words;
}

Text name_for_people(Id id) {
  Text name = path(id);
  name.erase(0, id->kind->name.size() + 1);
  const Id schema = id->parent ? schema_of(id) : Id();
  const Text prefix = schema ? quote_ident(schema->name) + "." : Text();
  if (schema && in_template(schema) && name.starts_with(prefix)) name.erase(0, prefix.size());
  return name;
}

Text fallback_text(const FieldBase& field) {
  if (field.shape == shape_of<Text>) return Text(static_cast<const Field<Text>&>(field).fallback);
  return {};
}

Document::Document(const Schema& schema, const DocumentOptions& options)
    : schema_(schema),
      form_(options.form),
      objects_(schema.objects()),
      not_described_(schema.unmodelled),
      page_(options.page),
      origin_(options.origin) {
  std::erase_if(objects_, [](const Object* object) { return follows(*object) && !is_own_besides(*object); });
  for (const Object* object : objects_) {
    connect(*object);
    for (const Carried& carried : object->carried)
      if (carried.what != reader_dependent) not_described_.push_back(concat(carried.what, " of ", path(object->id)));
  }
  for (auto* all : {&users_, &used_})
    for (auto& [id, ids] : *all) std::ranges::sort(ids);
  for (const Object* object : objects_) keep(*object);
}

std::vector<Group> Document::sections(Id parent) const {
  Objects objects = schema_.children(parent);
  std::erase_if(objects, [&](const Object* object) {
    const Kind& kind = *object->id->kind;
    const bool is_everywhere = in_template(object->id) && schema_.children(object->id).empty();
    return !kind.has(has_section) || kind.has(has_document) || kind.has(opaque) || is_everywhere || keeper(object->id);
  });
  std::ranges::stable_sort(objects, {}, [](const Object* object) { return !is_like_a_table(*object->id->kind); });
  std::vector<Group> groups;
  for (const Object* object : objects) {
    auto found = std::ranges::find(groups, object->id->kind->key, &Group::key);
    if (found == groups.end()) found = groups.insert(groups.end(), {object->id->kind->key, {}});
    found->objects.push_back(object);
  }
  return groups;
}

/// Kinds whose objects may go with another are no more than a part of it where nobody else uses them, or where they are
/// of a relation. What holds rows has a section of its own all the same, and so has a routine.
void Document::keep(const Object& object) {
  const Kind& kind = *object.id->kind;
  if (!kind.dropped_with || !kind.has(has_section) || kind.is_overloaded()) return;
  Id keeper = section_of(quoin::dropped_with(object));
  const auto used = users_.find(object.id);
  if (is_like_a_table(kind)) {
    if (keeper) kept_[keeper].push_back(&object);
    return;
  }
  if (!keeper && used != users_.end() && used->second.size() == 1) keeper = used->second.front();
  if (!keeper || (!kind.relation && !is_like_a_table(*keeper->kind))) return;
  keepers_[object.id] = keeper;
  kept_[keeper].push_back(&object);
}

Id Document::keeper(Id id) const {
  const auto found = keepers_.find(id);
  return found == keepers_.end() ? Id() : found->second;
}
Objects Document::kept_by(Id section) const {
  const auto found = kept_.find(section);
  return found == kept_.end() ? Objects() : found->second;
}

namespace {
/// The names that its first field of bare column names holds.
List columns_of(const Object& object) {
  for (const FieldBase* field : object.id->kind->fields) {
    if (field->role != Role::column) continue;
    const auto* list = std::get_if<List>(&object.value(*field));
    return list ? *list : List();
  }
  return {};
}
}  // namespace

std::map<Text, Document::Marks> Document::marks(Id section) const {
  std::map<Text, Marks> all;
  for (const Object* child : below(section)) {
    if (child->id->kind->yaml.implied_name)
      for (const Text& column : columns_of(*child)) all[column].key = true;
    if (const std::optional<Edge> to = edge(*child, schema_))
      for (const Text& column : columns_of(*child)) add_once(all[column].to, to->to);
  }
  return all;
}

void Document::connect(const Object& object) {
  if (const std::optional<Edge> to = edge(object, schema_)) {
    arrows_[to->to].push_back(&object);
    return;
  }
  const Id user = section_of(object.id), relation = object.id->kind->relation ? relation_of(object) : Id();
  for (const auto* ids : {&object.needs, &object.wants})
    for (Id id : *ids) {
      const Id used = section_of(id);
      if (!user || !used || used == user || used == relation || used->kind->has(has_document)) continue;
      if (has_query(*user->kind) && !is_read(*used->kind)) continue;
      add_once(users_[used], user);
      add_once(used_[user], used);
    }
}

std::optional<Edge> Document::edge(const Object& object, const Schema& schema) {
  const Kind& kind = *object.id->kind;
  if (!kind.has(is_edge) || !kind.edge) return std::nullopt;
  const Edge edge = kind.edge(object, schema);
  return edge.to ? std::optional(edge) : std::nullopt;
}

Text Document::form(const Object& object, const FieldBase& field, std::string_view text) const {
  return form_ && has_syntax(field.role) && !is_plain_name(text) ? form_(field, text, object) : Text(text);
}

Value Document::formed(const Object& object, const FieldBase& field) const {
  const Value& value = object.value(field);
  if (!has_syntax(field.role)) return value;
  if (const auto* text = std::get_if<Text>(&value)) return form(object, field, *text);
  const auto* list = std::get_if<List>(&value);
  if (!list) return value;
  List items;
  for (const Text& item : *list) items.push_back(form(object, field, item));
  return items;
}

Object Document::formed(const Object& object) const {
  Object copy = object;
  for (const FieldBase* field : object.id->kind->fields)
    if (has_syntax(field->role)) copy.put(*field, formed(object, *field));
  return copy;
}

namespace {
/// Takes out whichever of the names comes first, once: a trigger may call a function of its own name.
void leave_out_first(Text& sql, const List& names) {
  std::size_t first = Text::npos, size = 0;
  for (const Text& words : names)
    for (std::size_t at = sql.find(words); at < first; at = sql.find(words, at + 1)) {
      const char next = at + words.size() < sql.size() ? sql[at + words.size()] : ' ';
      const bool goes_on = std::isalnum(static_cast<unsigned char>(next)) || next == '_' || next == '"' || next == '.';
      if (goes_on) continue;
      first = at;
      size = words.size();
    }
  if (first != Text::npos) sql.erase(first, size);
}
}  // namespace

Text Document::definition(const Object& object) const {
  const Kind& kind = *object.id->kind;
  const Steps steps = kind.sql.create ? kind.sql.create(formed(object)) : Steps();
  if (steps.empty()) return {};
  const Step& step = steps.front();
  Text sql = step.host ? step.sql : concat(step.prefix, step.sql, step.tail);
  const Text name = quote_ident(object.id->name);
  if (const std::size_t at = sql.find(concat("CONSTRAINT ", name, " ")); at != Text::npos)
    sql.erase(0, at + name.size() + 12);
  // Its name and its table stand beside it.
  if (sql.starts_with("CREATE ")) {
    sql.erase(0, 7);
    leave_out_first(sql, {" " + qualified(object.id), " " + name});
    const Id relation = relation_of(object);
    if (relation) leave_out_first(sql, {concat(kind.relation ? " FROM " : " ON ", qualified(relation))});
  }
  for (const Step& more : std::span(steps).subspan(1))
    if (!more.for_rows) sql += concat("; ", more.sql);
  return sql;
}

Text Document::comment(Id id) const {
  Text comment;
  schema_.each_child(id, [&](const Object& child) {
    const Kind& kind = *child.id->kind;
    if (!is_remark(kind) || !kind.has(single) || kind.fields.size == 0 || follows(child)) return;
    if (const auto* text = std::get_if<Text>(&child.value(*kind.fields.rows[0]))) comment = *text;
  });
  return comment;
}

Objects Document::below(Id id) const {
  Objects all = schema_.children(id);
  std::erase_if(all, [](const Object* child) { return is_remark(*child->id->kind) || child->id->kind->has(opaque); });
  return all;
}

Id Document::section_of(Id id) const {
  while (id && !id->kind->has(has_section)) id = id->parent;
  return id;
}

std::vector<Id> Document::users(Id section) const {
  const auto found = users_.find(section);
  return found == users_.end() ? std::vector<Id>() : found->second;
}
std::vector<Id> Document::used_by(Id section) const {
  const auto found = used_.find(section);
  return found == used_.end() ? std::vector<Id>() : found->second;
}
Objects Document::arrows_to(Id section) const {
  const auto found = arrows_.find(section);
  return found == arrows_.end() ? Objects() : found->second;
}

List not_known(const Schema& schema) {
  std::map<std::string_view, std::size_t> counts;
  schema.each([&](const Object& object) {
    for (const FieldBase* field : object.id->kind->fields) {
      if (field->role != Role::member || field->counts != Counts::derived) continue;
      const auto* members = std::get_if<List>(&object.value(*field));
      const bool open = members && std::ranges::any_of(*members, [](const Text& member) {
                          return member.ends_with('"') || member.find(' ') == Text::npos;
                        });
      if (open) ++counts[object.id->kind->key];
    }
  });
  List all;
  for (const auto& [key, count] : counts)
    all.push_back(concat("types of the columns of ", counted_kind(count, key), " are a server's to tell"));
  return all;
}

}  // namespace quoin
