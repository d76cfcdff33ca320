// The head of a document, before all sections: a summary and the contents.
#pragma once
#include "snapshot/documents/document.h"

namespace quoin::markdown {

/// Schemas, `public` first.
Objects schemas_of(const Schema&);
/// "19 tables, 3 views and 4 extensions in 2 schemas".
Text summary(const Document&, const Objects& schemas);
/// What holds rows as tables, with what each is about; everything else as lines of links. `further`: lines for what the
/// page has besides.
Text contents(const Document&, const Objects& schemas, const List& further);
/// The objects outside of all schemas, by kind.
Text database_wide(const Document&);
/// Document::not_described() as a section.
Text not_described(const Document&);

}  // namespace quoin::markdown
