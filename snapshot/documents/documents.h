// Schema → documents. All are byte-for-byte the same for the same schema: sorted by Id, no version, no date.
#pragma once
#include "core/model/schema.h"

namespace quoin {

/// Gives a field's text (an expression, query or type of the object) the printed form that documents show. The caller
/// gives parser/normal for it, since this room does not know that one. Called by many threads at once.
using PrintForm = std::function<Text(const FieldBase&, std::string_view text, const Object&)>;

struct DocumentOptions {
  Text title;  // "Database"; the config's project name where there is one
  PrintForm form;
  std::function<Text(Id)> page;  // the file that holds a section, for links to it; null: all stands in one
  /// Where migrations made an object and, where that is another place, last changed it: "0001_users.sql:3". Nothing:
  /// that is not known. Null: documents do not tell.
  std::function<List(Id)> origin{};
};
/// What is not known of the schema because it was read without a server: a sentence for each sort of thing.
List not_known(const Schema&);
/// All on one page.
Text write_markdown(const Schema&, const DocumentOptions&);
struct Page {
  Text name, text;  // "public.orders.md"
};
/// A folder for what is too much for one page, in the order of names: README.md, which lists all; a page for each thing
/// that holds rows, with its picture; one for each other kind of thing in a schema.
std::vector<Page> write_markdown_pages(const Schema&, const DocumentOptions&);
/// True if a text is such a page (of this version or an older one), so that it may be replaced or removed.
bool is_markdown_page(std::string_view text);
/// The document with a mark by which is_markdown_page() knows it again.
Text marked_page(const Text& text);
/// With more objects than this that hold rows, a folder reads better than a page.
constexpr std::size_t most_on_a_page = 60;
/// {"objects": […], "unmodelled": […]}; one object a line, so that diffs read well.
Text write_json(const Schema&, const DocumentOptions&);
/// The picture alone: Mermaid's erDiagram of what holds rows and the edges between.
Text write_mermaid(const Schema&, const DocumentOptions&);

}  // namespace quoin
