// Schema → documents. All are byte-for-byte the same for the same schema: sorted by Id, no version, no date.
#pragma once
#include "kinds/schema.h"

namespace quoin {

/// Gives an expression, query or type its printed form in documents (parser/normal does it; the rooms do not know each
/// other): the field's role, its text, and the object it belongs to. Called by many threads at once.
using PrintForm = std::function<Text(const FieldBase&, std::string_view text, const Object&)>;

struct DocumentOptions {
  Text title;  // "Database"; the config's project name where there is one
  PrintForm form;
};
Text write_markdown(const Schema&, const DocumentOptions&);
/// {"objects": […], "unmodelled": […]}; one object a line, so that diffs read well.
Text write_json(const Schema&, const DocumentOptions&);
/// The picture alone: Mermaid's erDiagram of what holds rows and the edges between.
Text write_mermaid(const Schema&, const DocumentOptions&);

}  // namespace quoin
