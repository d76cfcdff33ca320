// Schema → DATABASE.md.
#include <future>

#include "base/parallel.h"
#include "snapshot/diagram.h"
#include "snapshot/markdown_section.h"
#include "snapshot/markdown_text.h"

namespace quoin {
namespace {
using namespace markdown;

Objects schemas_of(const Schema& schema) {
  Objects all = schema.children(Id());
  std::erase_if(all, [](const Object* object) { return !object->id->kind->has(has_document); });
  std::ranges::stable_sort(all, {}, [](const Object* object) { return !in_template(object->id); });
  return all;
}

/// "19 tables, 3 views and 4 extensions in 2 schemas".
Text summary(const Schema& schema, const Objects& schemas) {
  std::vector<std::pair<std::string_view, std::size_t>> counts;
  auto count = [&](Id parent) {
    for (const Group& group : sections(schema, parent)) {
      auto found = std::ranges::find(counts, group.key, [](const auto& entry) { return entry.first; });
      if (found == counts.end()) found = counts.insert(counts.end(), {group.key, 0});
      found->second += group.objects.size();
    }
  };
  for (const Object* one : schemas) count(one->id);
  count(Id());
  List words;
  for (const auto& [key, number] : counts) words.push_back(counted_kind(number, key));
  if (words.empty()) return "Nothing is in it yet.\n";
  const Text last = words.back();
  words.pop_back();
  const Text key = schemas.empty() ? Text() : concat(" in ", counted_kind(schemas.size(), schemas[0]->id->kind->key));
  return concat(join(words, ", "), words.empty() ? "" : " and ", last, key, ".\n");
}

Text contents_of(const Schema& schema, Id parent) {
  Text all;
  for (const Group& group : sections(schema, parent)) {
    List names;
    for (const Object* object : group.objects)
      names.push_back(link(object->id, object->id->name + object->id->signature));
    all += concat("  - ", capitalised(heading(group.key)), ": ", join(names, ", "), "\n");
  }
  return all;
}

Text contents(const Document& document, const Objects& schemas, std::size_t diagrams) {
  const Schema& schema = document.schema();
  Text all = "## Contents\n\n";
  if (diagrams > 0) all += "- [Diagram](#diagram)\n";
  for (const Object* one : schemas)
    all += concat("- Schema ", link(one->id, one->id->name), "\n", contents_of(schema, one->id));
  for (const Group& group : sections(schema, Id()))
    all += concat("- [", capitalised(heading(group.key)), "](#", group.key, ")\n");
  if (!document.not_described().empty()) all += "- [Not described here](#not-described-here)\n";
  return all + "\n";
}

/// The part of each schema, with the sections of all of them written side by side.
Text schema_parts(const Objects& schemas, const Document& document) {
  Objects objects;
  List parts;  // what stands before each object's section
  Text before;
  for (const Object* one : schemas) {
    before += concat("<a id=\"", anchor(one->id), "\"></a>\n\n## Schema ", escaped(one->id->name), "\n\n");
    if (const Text comment = document.comment(one->id); !comment.empty()) before += paragraphs(comment) + "\n";
    for (const Group& group : sections(document.schema(), one->id)) {
      before += concat("### ", capitalised(heading(group.key)), "\n\n");
      for (const Object* object : group.objects) {
        objects.push_back(object);
        parts.push_back(std::exchange(before, {}));
      }
    }
  }
  in_parallel(objects.size(), [&](std::size_t i) { parts[i] += section(*objects[i], document); });
  return join(parts, "") + before;
}
}  // namespace

Text write_markdown(const Schema& schema, const DocumentOptions& options) {
  const Document document(schema, options);
  const Objects schemas = schemas_of(schema);
  std::future<std::vector<Diagram>> drawing = std::async(std::launch::async, [&] { return diagrams(document); });
  const Text parts = schema_parts(schemas, document);
  const std::vector<Diagram> pictures = drawing.get();
  Text all = concat("# ", escaped(options.title.empty() ? "Database" : options.title), "\n\n", summary(schema, schemas),
                    "\n", contents(document, schemas, pictures.size()));
  if (!pictures.empty()) all += "## Diagram\n\n";
  for (const Diagram& picture : pictures) {
    if (pictures.size() > 1) all += concat("### ", escaped(picture.title), "\n\n");
    all += fenced(picture.text, "mermaid") + "\n";
  }
  all.reserve(all.size() + parts.size() + parts.size() / 8);
  all += parts;
  for (const Group& group : sections(schema, Id()))
    all += concat("<a id=\"", group.key, "\"></a>\n\n## ", capitalised(heading(group.key)), "\n\n",
                  list_of(group.objects, document), "\n");
  if (const List& rest = document.not_described(); !rest.empty()) {
    all += "## Not described here\n\nThe database holds these too; quoin leaves them as they are.\n\n";
    for (const Text& line : rest) all += concat("- ", escaped(line), "\n");
    all += "\n";
  }
  while (all.ends_with("\n\n")) all.pop_back();
  return all;
}

}  // namespace quoin
