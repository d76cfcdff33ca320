// A YAML text as a tree with places. Anchors, aliases, tags and other features that a schema does not need are refused.
#pragma once
#include "core/base/error.h"
#include "core/base/text.h"
#include "parser/yaml/yaml.h"

namespace quoin::yaml {

enum class Shape { null, scalar, list, map };
enum class Style { plain, quoted, block };

struct Node {
  Shape shape = Shape::null;
  Style style = Style::plain;
  Text value;                // of a scalar; of a null what was written: "", "~", "null"
  Place place;               // where it begins
  std::size_t begin = 0;     // its first byte in Text `source` below
  bool in_flow = false;      // inside { } or [ ]
  bool is_unusable = false;  // a key that is no name, or stands there twice (reported): its value is empty
  Place comment;             // of a plain scalar: where a comment follows on its line (line 0: none)
  std::vector<Node> items;   // of a list
  std::vector<Node> keys;    // of a map: scalars, in order, each once
  std::vector<Node> values;  // of a map

  bool is(Shape wanted) const { return shape == wanted; }
  const Node* find(std::string_view key) const;  // of a map: null where it is not
};

/// The documents of one file. What cannot be read becomes a Finding: broken YAML (with what must be quoted, where a
/// fragment of SQL broke it), values that a comma cut inside { } or [ ], anchors, aliases, tags, keys that are there
/// twice (with both places).
struct File {
  Text name;
  Text source;  // as read: no BOM, line ends \n
  std::vector<Node> documents;
  const Lines& lines() const;  // of the source, found at the first call

 private:
  mutable std::optional<Lines> lines_;
};
File read(const YamlText&, Findings&);

/// True of a finding about YAML itself, which makes findings about what was read wrong after it worthless.
bool is_syntax(const Finding&);
/// A finding at a place, with the line of the file.
struct Message {
  RuleName rule;
  Text message, hint{};
};
Finding finding(const File&, const Place&, Message);

}  // namespace quoin::yaml
