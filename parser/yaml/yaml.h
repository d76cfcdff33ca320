// The desired schema in YAML: read and written.
#pragma once
#include <functional>

#include "core/model/schema.h"

namespace quoin {

struct Assumed;  // parser/replay/replay.h

struct YamlText {
  Text file, text;
};
/// Several files make one schema. Every mistake is a Finding with file:line:column (unknown key with the nearest known,
/// duplicates with both places, anchors, cut fragments, SQL that does not parse); the Schema then holds what could be
/// read.
Schema read_yaml(std::span<const YamlText> files, Ids&, const List& search_path, Findings&);
/// What documents may name although none of them contains it.
struct Surroundings {
  const List& search_path;
  const Assumed& assumed;
  /// Adds to what the documents say the objects that are there besides, before names are looked up. Null: there are
  /// none.
  std::function<void(Schema&)> add_others = nullptr;
};
/// The same; errors of syntax in assumed scripts become Findings too.
Schema read_yaml(std::span<const YamlText> files, Ids&, const Surroundings&, Findings&);
/// The beginning of each comment about something that a written file does not contain; and the names in such comments
/// of a file.
constexpr std::string_view not_in_this_file = "not in this file";
List named_as_lacking(std::string_view text);
/// One document a schema, all that a schema holds; read back it is the same schema.
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
