// What needs all files: names taken twice, what follows from objects, names resolved.
#include <iterator>
#include <map>
#include <set>

#include "core/model/space.h"
#include "kinds/database/template.h"
#include "parser/names/lookup.h"
#include "parser/names/names.h"
#include "parser/names/resolver.h"
#include "parser/yaml/reader.h"
#include "parser/yaml/scalar.h"

namespace quoin::yaml {
/// The document's schema, then what the search path says beyond the user's own.
List DocumentReader::path_of(Id id) const {
  const Id schema = schema_of(id);
  const auto document = document_of_.find(id);
  List all{schema ? schema->name : document != document_of_.end() ? document->second : "public"};
  for (const Text& name : search_path_)
    if (name != "$user" && !std::ranges::count(all, name)) all.push_back(name);
  if (!std::ranges::count(all, "public")) all.emplace_back("public");
  return all;
}

const File* DocumentReader::file_named(std::string_view name) const {
  for (const File& file : files_)
    if (file.name == name) return &file;
  return nullptr;
}

void DocumentReader::check_slots() {
  std::map<Slot, const Object*> held;
  std::set<Id> said;
  for (const Object* object : std::as_const(schema_).objects())
    for (const Slot& slot : slots_of(*object)) {
      const auto [first, fresh] = held.emplace(slot, object);
      if (fresh || first->second == object) continue;
      const bool turned = others_.contains(object->id);
      const Object &here = turned ? *first->second : *object, &there = turned ? *object : *first->second;
      if (here.place.line == 0 || !said.insert(here.id).second) continue;
      const Text where = others_.contains(there.id) ? Text() : concat(" at ", to_string(there.place));
      report(here, "yaml-duplicate", concat(path(here.id), " takes a name that ", path(there.id), where, " has"),
             "give one of them another name");
    }
}

void DocumentReader::report_missing(const Object& object, const Missing& lack) {
  if (std::ranges::any_of(findings_, is_syntax)) return;  // what YAML has swallowed may be what is missing
  if (lack.space == space::column && object.id->kind->has(sees_no_columns)) {
    const Text word = lack.name.substr(lack.name.rfind('.') + 1), text = quote_literal(word);
    return report(object, "missing", concat(path(object.id), " cannot read a column, and ", word, " is none"),
                  concat("quote it: ", text, " (as a value of its own in YAML: ", yaml::quoted(text), ")"));
  }
  constexpr int most = 200;  // each is compared with all that there is, and nobody reads more
  std::optional<Text> near;
  if (++advised_ <= most)
    near = nearest(lack.name, lookup_for(object.id).candidates(lack.space, {lack.schema, lack.name}));
  report(object, "missing",
         concat(path(object.id), " needs ", lack.space, " ", lack.schema.empty() ? "" : lack.schema + ".", lack.name,
                ", which is not there"),
         near ? concat("did you mean ", *near, "?") : "write it down too, or mend the name");
}

void DocumentReader::report(const Object& object, RuleName rule, Text message, Text hint) {
  static const File nowhere;
  const File* file = file_named(object.place.file);
  Finding found = finding(file ? *file : nowhere, object.place, {rule, std::move(message), std::move(hint)});
  found.object = path(object.id);
  findings_.push_back(std::move(found));
}

// A partition's columns are its parent's.
void DocumentReader::take_columns() {
  std::vector<Id> takers;
  for (Object* object : schema_.objects()) {
    if (!object->id->kind->reading.take_columns || others_.contains(object->id)) continue;
    try {
      resolve(*object, lookup_for(object->id), parsed_for(object->id));
    } catch (const Error&) {
      continue;  // said where all names are resolved
    }
    schema_.changed(object->id);
    takers.push_back(object->id);
  }
  for (Id id : takers) id->kind->reading.take_columns(id, schema_);
}

/// Where the trees of an object's texts are, if any were kept.
Fragments* DocumentReader::parsed_for(Id id) {
  for (; id; id = id->parent)
    if (const auto found = parsed_.find(id); found != parsed_.end()) return &found->second;
  return nullptr;
}

void DocumentReader::resolve_one(Object& object) {
  try {
    for (const Missing& lack : resolve(object, lookup_for(object.id), parsed_for(object.id)))
      report_missing(object, lack);
  } catch (const Error& error) {
    if (error.code != Code::input && error.code != Code::internal) throw;
    report(object, "yaml-sql", concat(path(object.id), ": ", error.what()), error.hint);
  }
}

namespace {
bool is_query(Id id) {
  return std::ranges::any_of(id->kind->fields, [](const FieldBase* field) { return field->role == Role::query; });
}
}  // namespace

/// The queries whose columns a query may mean: those that it reads, also by the result of a routine.
std::vector<Id> DocumentReader::queries_read_by(const Object& query) {
  std::vector<Id> all;
  const Lookup lookup = lookup_for(query.id);
  const auto add = [&](Id id) {
    if (id && id != query.id && is_query(id) && !others_.contains(id)) all.push_back(id);
  };
  const auto visit = [&](const QueryName& name) {
    if (name.space != space::routine) return add(lookup.find(name.space, name.written).id);
    for (const Id routine : lookup.routines(name.written))
      for (const Id used : schema_.find(routine)->needs) add(used);
  };
  for (const FieldBase* field : query.id->kind->fields)
    if (const Text* text = std::get_if<Text>(&query.value(*field)); text && field->role == Role::query)
      names_in_query(parsed_[query.id].look_at(field->role, *text).node, visit);
  return all;
}

/// What a query shows follows from what it reads, so each is resolved after those.
void DocumentReader::resolve_query(Id id) {
  std::vector<Id> waiting{id};
  std::unordered_set<Id> begun;  // queries may read each other in a circle
  while (!waiting.empty()) {
    Object& object = *schema_.find(waiting.back());
    const std::size_t before = waiting.size();
    try {
      if (!resolved_.contains(object.id) && begun.insert(object.id).second)
        std::ranges::copy_if(queries_read_by(object), std::back_inserter(waiting),
                             [&](Id used) { return !resolved_.contains(used) && !begun.contains(used); });
    } catch (const Error&) {  // said where it is resolved
    }
    if (waiting.size() > before) continue;
    waiting.pop_back();
    if (!resolved_.insert(object.id).second) continue;
    resolve_one(object);
    schema_.changed(object.id);
  }
}

void DocumentReader::resolve_names() {
  for (Object* object : schema_.objects()) {
    if (in_template(object->id) || others_.contains(object->id)) continue;
    is_query(object->id) ? resolve_query(object->id) : resolve_one(*object);
  }
}

/// A table that would be a partition of itself, be it by way of others: no server holds one.
void DocumentReader::check_hosts() {
  const auto host_of = [](const Object* object) { return object && object->id->parent ? dropped_with(*object) : Id(); };
  for (const Object* object : std::as_const(schema_).objects()) {
    std::vector<Id> above;
    Id host = host_of(object);
    for (; host && host != object->id && !std::ranges::count(above, host); host = host_of(schema_.find(host)))
      above.push_back(host);
    if (host != object->id) continue;
    const Text way = above.empty() ? Text() : concat(", by way of ", path(above[0]));
    report(*object, "yaml-value", concat(path(object->id), " would be part of itself", way),
           "let it be part of another, or of none");
  }
}

void DocumentReader::check_whole() {
  for (const Object* object : std::as_const(schema_).objects()) {
    const auto mistakes_in = object->id->kind->yaml.mistakes;
    if (!mistakes_in || others_.contains(object->id)) continue;
    for (Mistake& mistake : mistakes_in(*object, schema_))
      report(*object, "yaml-value", std::move(mistake.message), std::move(mistake.hint));
  }
}

void DocumentReader::add_others(const std::function<void(Schema&)>& add) {
  std::unordered_set<Id> own;
  schema_.each([&](const Object& object) { own.insert(object.id); });
  add(schema_);
  schema_.each([&](const Object& object) {
    if (!own.contains(object.id)) others_.insert(object.id);
  });
}

Schema DocumentReader::finish() && {
  for (const PendingRoutine& waiting : waiting_) routine(waiting);
  check_slots();
  take_columns();
  resolve_names();
  check_hosts();
  for (int round = 0; round < 2; ++round)  // what the first adds, the second completes
    for (Object* object : schema_.objects())
      if (object->id->kind->reading.derive) object->id->kind->reading.derive(*object, schema_);
  check_whole();
  schema_.all_changed();
  read_bodies(schema_);
  return std::move(schema_);
}

}  // namespace quoin::yaml
