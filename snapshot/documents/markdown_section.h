// One object's section in DATABASE.md.
#pragma once
#include "snapshot/documents/document.h"

namespace quoin::markdown {

/// The anchor that links lead to, and the heading: `signs` are "#", "##", …
Text heading_of(Id, std::string_view signs);
/// The section: the object's comment, its attributes, what lies below it, and what uses it.
Text section(const Object&, const Document&);
/// A table of objects without sections of their own: name, attributes, comment.
Text list_of(const Objects&, const Document&);

}  // namespace quoin::markdown
