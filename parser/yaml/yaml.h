// The desired schema in YAML: read and written.
#pragma once
#include <functional>

#include "core/model/schema.h"

namespace quoin {

struct Assumed;  // parser/replay/replay.h

struct YamlText {
  Text file, text;
};
/// Reads files, which together make one schema. Every mistake becomes a Finding with file:line:column (an unknown key
/// with the nearest known one, duplicates with both places, anchors, cut fragments, SQL that does not parse); the
/// Schema then holds what could be read.
Schema read_yaml(std::span<const YamlText> files, Ids&, const List& search_path, Findings&);
/// What documents may name although none of them contains it.
struct Surroundings {
  const List& search_path;
  const Assumed& assumed;
  /// Adds objects that exist besides those of the documents, before names are looked up. Null: there are none.
  std::function<void(Schema&)> add_others = nullptr;
};
/// The same; errors of syntax in assumed scripts become Findings too.
Schema read_yaml(std::span<const YamlText> files, Ids&, const Surroundings&, Findings&);
/// How each comment of a written file begins that names something which the file does not contain.
constexpr std::string_view not_in_this_file = "not in this file";
/// The names in such comments of a file.
List named_as_lacking(std::string_view text);
/// Writes a document for each schema; read_yaml() makes the same Schema of the text.
Text write_yaml(const Schema&);
/// JSON Schema of the format, for editors, from the kinds' fields.
Text yaml_json_schema();

/// The keys of one kind of object, for the reference.
struct YamlKind {
  Text key, what;                             // "tables"; "tables, by name, in a document"
  std::vector<std::pair<Text, Text>> fields;  // key, meaning
};
/// Every kind that may be written, from the same rows as the editors' schema.
std::vector<YamlKind> yaml_reference();

}  // namespace quoin
