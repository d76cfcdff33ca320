// Schema → DATABASE.md.
#include <future>

#include "core/base/parallel.h"
#include "snapshot/documents/diagram.h"
#include "snapshot/documents/markdown_head.h"
#include "snapshot/documents/markdown_section.h"
#include "snapshot/documents/markdown_text.h"

namespace quoin {
namespace {
using namespace markdown;

/// The part of each schema, with the sections of all of them written side by side.
Text schema_parts(const Objects& schemas, const Document& document) {
  Objects objects;
  List parts;  // what stands before each object's section
  Text before;
  for (const Object* one : schemas) {
    before += concat("<a id=\"", anchor(one->id), "\"></a>\n\n## Schema ", escaped(one->id->name), "\n\n");
    if (const Text comment = document.comment(one->id); !comment.empty()) before += paragraphs(comment) + "\n";
    for (const Group& group : document.sections(one->id)) {
      before += concat("### ", capitalised(heading(group.key)), "\n\n");
      for (const Object* object : group.objects) {
        objects.push_back(object);
        parts.push_back(std::exchange(before, {}) + heading_of(object->id, "####"));
      }
    }
  }
  in_parallel(objects.size(), [&](std::size_t i) { parts[i] += section(*objects[i], document); });
  return join(parts, "") + before;
}

Text drawings(const std::vector<Diagram>& pictures) {
  if (pictures.empty()) return {};
  Text all = pictures.size() > 1 ? "## Diagrams\n\n" : "## Diagram\n\n";
  for (const Diagram& picture : pictures) {
    if (pictures.size() > 1) all += concat("### ", escaped(picture.title), "\n\n");
    all += fenced(picture.text, "mermaid") + "\n";
  }
  return all;
}
}  // namespace

Text write_markdown(const Schema& schema, const DocumentOptions& options) {
  const Document document(schema, options);
  const Objects schemas = schemas_of(schema);
  std::future<std::vector<Diagram>> drawing =
      std::async(std::launch::async, [&] { return Picture(document).pieces(); });
  const Text parts = schema_parts(schemas, document);
  const std::vector<Diagram> pictures = drawing.get();
  // One picture shows the whole before the parts; a row of them would only stand in the way.
  const bool first = pictures.size() == 1;
  List further;
  if (!pictures.empty()) further.emplace_back(first ? "- [Diagram](#diagram)\n" : "- [Diagrams](#diagrams)\n");
  const Text title = escaped(options.title.empty() ? "Database" : options.title), drawn = drawings(pictures);
  Text all = concat("# ", title, "\n\n", summary(document, schemas), "\n", contents(document, schemas, further));
  all.reserve(all.size() + parts.size() + parts.size() / 8 + drawn.size());
  if (first) all += drawn;
  all += parts;
  all += database_wide(document);
  if (!first) all += drawn;
  all += not_described(document);
  while (all.ends_with("\n\n")) all.pop_back();
  return all;
}

}  // namespace quoin
