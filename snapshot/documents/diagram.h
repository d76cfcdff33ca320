// The picture of a schema as Mermaid erDiagrams: objects that hold rows, and the arrows between them.
#pragma once
#include "snapshot/documents/document.h"

namespace quoin {

/// One Mermaid erDiagram and what it shows: "public", "public, from orders".
struct Diagram {
  Text title, text;
};

/// The objects and arrows of a schema's picture, collected once. Many threads may use it at once.
class Picture {
 public:
  explicit Picture(const Document&);
  /// True if one picture of all is small enough to be read.
  bool is_small() const;
  bool is_empty() const { return entities_.empty(); }
  /// The picture in one piece, or in several where a code host would not render one: one a schema, then by what is
  /// connected.
  std::vector<Diagram> pieces() const;
  /// One picture of everything, however large.
  Text whole() const;
  /// The picture of one object with the objects that its arrows lead to or come from; empty where there are none.
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
