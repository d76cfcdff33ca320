// How the nodes of core/sql/ast lie in memory. Only ast*.cc include this.
#pragma once
#include <memory_resource>
#include <variant>

#include "core/sql/ast.h"

namespace quoin::ast::detail {

using Field = std::pair<std::string_view, Node>;

/// Nodes nest no deeper than this in any tree, so that whoever walks one may recurse.
inline constexpr int max_depth = 1200;

class Arena;

struct Datum {
  Arena* arena;
  std::string_view tag;
  std::variant<bool, std::int64_t, std::string_view, std::span<Node>, std::span<Field>> value;
};

class Arena {
 public:
  static Datum* datum(Node node) { return node.datum_; }
  static Node node(Datum* datum) { return Node(datum); }

  std::string_view text(std::string_view copied);
  template <typename Value>
  Node make(std::string_view static_tag, Value value) {
    void* place = memory_.allocate(sizeof(Datum), alignof(Datum));
    return Node(::new (place) Datum{this, static_tag, value});
  }
  template <typename Item>
  std::span<Item> array(std::span<const Item> items) {
    auto* place = static_cast<Item*>(memory_.allocate(items.size_bytes(), alignof(Item)));
    std::uninitialized_copy(items.begin(), items.end(), place);
    return {place, items.size()};
  }
  Node copy(Node deep, int depth = 0);
  std::uint64_t changes = 0;  // of nodes that were made before, by set, become and set_items

 private:
  std::pmr::monotonic_buffer_resource memory_{4096};
};

/// The one lasting copy of a tag's or field's name.
std::string_view intern(std::string_view name);

/// True if the field holds a byte offset in the text.
inline bool is_place(std::string_view field) {
  return field.ends_with("location") || field.ends_with("list_start") || field.ends_with("list_end");
}

}  // namespace quoin::ast::detail
