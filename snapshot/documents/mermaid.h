// Names and texts as the grammars of Mermaid's pictures take them.
#pragma once
#include "core/base/text.h"

namespace quoin::mermaid {

/// The name of an entity of an erDiagram: in quotes where it is not plain, or a word of the grammar.
Text entity(std::string_view name);
/// A type or a column's name as an attribute of an entity may be spelled.
Text attribute(std::string_view text);
/// The label of an arrow of an erDiagram, in quotes. What the grammar has no escape for becomes "_".
Text label(std::string_view text);
/// What stands in the quotes of a node or arrow of a flowchart, by its escapes.
Text flowchart_text(std::string_view text);

}  // namespace quoin::mermaid
