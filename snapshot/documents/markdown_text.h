// Text as Markdown, whatever characters the names of a database contain.
#pragma once
#include "snapshot/documents/document.h"

namespace quoin::markdown {

Text escaped(std::string_view text);                        // running text: no sign of it is Markdown or HTML
Text cell(std::string_view text);                           // the same on one line of a table
Text name_cell(std::string_view name);                      // `code` that shows what a name holds, whatever it is
Text code(std::string_view text);                           // `code`, on one line
Text code_cell(std::string_view text);                      // in a table, where | must be escaped in code too
Text fenced(std::string_view code, std::string_view word);  // a block, its fence longer than any in it
Text paragraphs(std::string_view text);                     // line ends kept

/// A table of rows as wide as `heads`; columns that are empty in every row are left out.
Text table(const List& heads, const std::vector<List>& rows);

/// The id by which links find a section: made of the object's kind and path, the same in every run, different for each
/// object.
Text anchor(Id);
/// A link to the object's section, on the page that has it.
Text link(const Document&, Id, std::string_view text);

}  // namespace quoin::markdown
