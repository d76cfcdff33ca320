// The picture of a schema: what holds rows, and the arrows between.
#pragma once
#include "snapshot/documents/document.h"

namespace quoin {

/// One Mermaid erDiagram and what it shows: "public", "public, from orders".
struct Diagram {
  Text title, text;
};

/// All that can be drawn of a schema, found once. Many threads may ask.
class Picture {
 public:
  explicit Picture(const Document&);
  /// Whether one picture shows it all, and people still see something in it.
  bool is_small() const;
  bool is_empty() const { return entities_.empty(); }
  /// One, or several where one would not render on a code host: a schema each, then by what hangs together.
  std::vector<Diagram> pieces() const;
  /// One of all, however large.
  Text whole() const;
  /// A thing and those that arrows lead to from it and from where they come; empty where there are none.
  Text around(Id) const;

 private:
  struct Arrow {
    const Object* object;
    Id from;
    Edge edge;
  };
  Text drawn(const std::vector<Id>& entities, std::span<const Arrow* const> arrows) const;
  Text attributes(Id) const;
  std::vector<const Arrow*> from(const std::vector<Id>& entities) const;
  std::vector<std::vector<Id>> groups(const std::vector<Id>& entities) const;
  static Text line(const Arrow&);

  const Document& document_;
  std::vector<Id> entities_;
  std::vector<Arrow> arrows_;
  std::unordered_map<Id, std::vector<const Arrow*>> near_;  // from it or to it
};

}  // namespace quoin
