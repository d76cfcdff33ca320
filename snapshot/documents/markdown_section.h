// One object's section in DATABASE.md.
#pragma once
#include "snapshot/documents/document.h"

namespace quoin::markdown {

/// The anchor that links lead to, and the heading: `signs` are "#", "##", …
Text heading_of(Id, std::string_view signs);
/// What people wrote about it, its attributes, what lies below it, and who uses it.
Text section(const Object&, const Document&);
/// Things without a section of their own that a table suits: name, attributes, comment.
Text list_of(const Objects&, const Document&);

}  // namespace quoin::markdown
