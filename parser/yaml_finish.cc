// What only the whole can tell: names held twice, what follows from objects, names resolved.
#include <map>

#include "parser/lookup.h"
#include "parser/names.h"
#include "parser/yaml_reader.h"

namespace quoin::yaml {
/// The document's schema, then what the search path says beyond the user's own.
List Reader::path_of(Id id) const {
  const Id schema = schema_of(id);
  const auto document = document_of_.find(id);
  List all{schema ? schema->name : document != document_of_.end() ? document->second : "public"};
  for (const Text& name : search_path_)
    if (name != "$user" && !std::ranges::count(all, name)) all.push_back(name);
  if (!std::ranges::count(all, "public")) all.emplace_back("public");
  return all;
}

const File* Reader::file_named(std::string_view name) const {
  for (const File& file : files_)
    if (file.name == name) return &file;
  return nullptr;
}

void Reader::check_slots() {
  std::map<Slot, const Object*> held;
  for (const Object* object : std::as_const(schema_).objects())
    for (const Slot& slot : slots_of(*object)) {
      const auto [first, fresh] = held.emplace(slot, object);
      const File* file = file_named(object->place.file);
      if (fresh || first->second == object || !file) continue;
      Finding found = finding(*file, object->place, "yaml-duplicate",
                              concat(path(object->id), " takes a name that ", path(first->second->id), " at ",
                                     to_string(first->second->place), " has"),
                              "give one of them another name");
      found.object = path(object->id);
      findings_.push_back(std::move(found));
    }
}

void Reader::resolve_names() {
  for (Object* object : schema_.objects()) {
    if (in_template(object->id)) continue;
    const List search = path_of(object->id);
    const std::vector<Missing> missing = resolve(*object, schema_, search);
    const File* file = file_named(object->place.file);
    for (const Missing& lack : missing) {
      const Lookup lookup(schema_, search);
      const std::optional<Text> near = nearest(lack.name, lookup.candidates(lack.space, {lack.schema, lack.name}));
      Text message = concat(path(object->id), " needs ", lack.space, " ", lack.schema.empty() ? "" : lack.schema + ".",
                            lack.name, ", which is not there");
      static const File nowhere;
      Finding found = finding(file ? *file : nowhere, object->place, "missing", std::move(message));
      found.object = path(object->id);
      found.hint = near ? concat("did you mean ", *near, "?") : "write it down too, or mend the name";
      findings_.push_back(std::move(found));
    }
  }
}

Schema Reader::finish() && {
  for (const Waiting& waiting : waiting_) routine(waiting);
  check_slots();
  for (int round = 0; round < 2; ++round)  // what the first adds, the second completes
    for (Object* object : schema_.objects())
      if (object->id->kind->derive) object->id->kind->derive(*object, schema_);
  schema_.forget_slots();
  resolve_names();
  read_bodies(schema_);
  return std::move(schema_);
}

}  // namespace quoin::yaml
