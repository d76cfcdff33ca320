// Schema → a folder of pages, for what is too much for one.
#include "core/base/parallel.h"
#include "snapshot/documents/diagram.h"
#include "snapshot/documents/markdown_head.h"
#include "snapshot/documents/markdown_section.h"
#include "snapshot/documents/markdown_text.h"

namespace quoin {
namespace {
using namespace markdown;
constexpr std::string_view mark = "<!-- quoin snapshot writes this page anew -->\n\n", first_page = "README.md";

/// Whatever a thing is called: a name that every file system takes, and that none takes for another's.
Text file_name(std::string_view stem) {
  constexpr std::size_t longest = 180;
  if (stem.size() <= longest) return concat(stem, ".md");
  return concat(stem.substr(0, longest), "-", sha256(stem).substr(0, 16), ".md");
}

/// On which page the section of an object stands.
Text page_of(Id id, const Document& document) {
  if (const Id keeper = document.keeper(id)) return page_of(keeper, document);
  const Id schema = id->parent ? schema_of(id) : Id();
  if (!schema) return Text(first_page);
  auto without_kind = [](Id one) { return anchor(one).substr(one->kind->name.size() + 1); };
  if (is_like_a_table(*id->kind)) return file_name(without_kind(id));  // holds a dot, which the others do not
  return file_name(concat(without_kind(schema), "-", id->kind->key));
}

class Pages {
 public:
  Pages(const Schema& schema, const DocumentOptions& options)
      : title_(options.title.empty() ? "Database" : options.title),
        options_(with_pages(options)),
        document_(schema, options_),
        picture_(document_),
        schemas_(schemas_of(schema)) {}
  std::vector<Page> all();

 private:
  DocumentOptions with_pages(DocumentOptions options) {
    options.page = [this](Id id) { return page_of(id, document_); };
    return options;
  }
  Text first() const;
  Text of_one(const Object&) const;
  Text of_group(const Object& schema, const Group&) const;
  Text back(const Object& schema) const {
    return concat("[", escaped(title_), "](", first_page, ") › ",
                  link(document_, schema.id, "schema " + schema.id->name), "\n\n");
  }

  Text title_;
  DocumentOptions options_;
  Document document_;
  Picture picture_;
  Objects schemas_;
};

Text Pages::first() const {
  Text all = concat(mark, "# ", escaped(title_), "\n\n", summary(document_, schemas_), "\n");
  const bool drawn = picture_.is_small() && !picture_.is_empty();
  all += contents(document_, schemas_, drawn ? List{"- [Diagram](#diagram)\n"} : List());
  if (drawn) all += concat("## Diagram\n\n", fenced(picture_.whole(), "mermaid"), "\n");
  for (const Object* one : schemas_) {
    const Text comment = document_.comment(one->id);
    all += concat("<a id=\"", anchor(one->id), "\"></a>\n\n");
    if (!comment.empty()) all += concat("## Schema ", escaped(one->id->name), "\n\n", paragraphs(comment), "\n");
  }
  return all + database_wide(document_) + not_described(document_);
}

Text Pages::of_one(const Object& object) const {
  const Object& schema = *document_.schema().find(schema_of(object.id));
  Text all = concat(mark, back(schema), heading_of(object.id, "#"), section(object, document_));
  if (const Text near = picture_.around(object.id); !near.empty())
    all += concat("## Diagram\n\n", fenced(near, "mermaid"), "\n");
  return all;
}

Text Pages::of_group(const Object& schema, const Group& group) const {
  Text all = concat(mark, back(schema), "# ", capitalised(heading(group.key)), "\n\n");
  if (group.objects.size() > 1)
    for (const Object* object : group.objects)
      all += concat("- ", link(document_, object->id, title(object->id)), "\n");
  if (group.objects.size() > 1) all += "\n";
  for (const Object* object : group.objects) all += heading_of(object->id, "##") + section(*object, document_);
  return all;
}

std::vector<Page> Pages::all() {
  std::vector<std::function<Page()>> writing{[this] { return Page{Text(first_page), first()}; }};
  for (const Object* schema : schemas_)
    for (Group& group : document_.sections(schema->id)) {
      const bool each = is_like_a_table(*group.objects.front()->id->kind);
      for (const Object* object : each ? group.objects : Objects())
        writing.emplace_back([this, object] { return Page{page_of(object->id, document_), of_one(*object)}; });
      if (each) continue;
      writing.emplace_back([this, schema, group = std::move(group)] {
        return Page{page_of(group.objects.front()->id, document_), of_group(*schema, group)};
      });
    }
  std::vector<Page> pages(writing.size());
  in_parallel(pages.size(), [&](std::size_t i) { pages[i] = writing[i](); });
  for (Page& page : pages)
    while (page.text.ends_with("\n\n")) page.text.pop_back();
  std::ranges::sort(pages, {}, &Page::name);
  return pages;
}
}  // namespace

std::vector<Page> write_markdown_pages(const Schema& schema, const DocumentOptions& options) {
  return Pages(schema, options).all();
}

bool is_markdown_page(std::string_view text) { return text.starts_with(mark); }

Text marked_page(const Text& text) { return is_markdown_page(text) ? text : concat(mark, text); }

}  // namespace quoin
