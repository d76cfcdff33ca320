// Reads a schema from any source, and writes it as a document in one of several forms.
#pragma once
#include <unordered_map>

#include "project/source.h"
#include "snapshot/documents/documents.h"

namespace quoin {

struct DocumentRequest {
  SchemaSource source;
  bool origins = false;  // tells in which migrations each object was made and last changed
};

/// A schema read for documents. It is kept to the end of the process.
struct Documented {
  const Schema& schema;
  const Makeable& makeable;  // the part of it that SQL and YAML can make
  std::unordered_map<Id, List> origins{};
};
/// Reads the source without another server (a database from its own). `form`: "md", "yaml", "sql", "json" or "mermaid".
Documented read_for_documents(const DocumentRequest&, std::string_view form, const Settings&);

/// The whole schema in one text.
Text document(const Documented&, std::string_view form);
/// The pages of a folder in Markdown.
std::vector<Page> document_pages(const Documented&);
/// What a file of SQL or YAML has no place for, a sentence each; `is_lacking` where it would not make all of the
/// schema.
struct LeftOutOfDocument {
  List notes;
  bool is_lacking = false;
};
LeftOutOfDocument left_out_of_document(const Documented&);
/// The number of objects that hold rows and have a section of their own: with more than most_on_a_page a folder is
/// better.
std::size_t tables_in(const Schema&);

}  // namespace quoin
