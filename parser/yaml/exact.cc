#include "parser/yaml/exact.h"

#include "parser/yaml/scalar.h"
#include "parser/yaml/scan.h"
#include "parser/yaml/traps.h"

namespace quoin::yaml {
namespace {

class Walk : private Scanner {
 public:
  explicit Walk(const File& file) : Scanner(file) {}
  void documents(std::vector<Node>&);
  /// Whether the last refusal was for want of anything better to say: where the tree ends early it says nothing.
  bool is_lost() const { return lost_; }

 private:
  void directives();
  void end_document();
  void node(Node&, int indent);
  void scalar(Node&, ScalarStart);
  void block_map(Node&, int indent);
  void block_list(Node&, int indent);
  void block_value(Node&, int indent);
  void flow(Node&, int indent);
  void flow_entry(Node& key, Node& value, int indent);
  void skip_in_flow(int indent);
  void expect_row(int column);
  bool is_alone(char c) const { return sign(at_) == c && is_space(sign(at_ + 1)); }
  [[noreturn]] void lose(const Text& message = "this belongs to nothing before it");

  std::size_t at_ = 0, open_ = 0;
  bool lost_ = false, ended_ = false;
};

void Walk::lose(const Text& message) {
  lost_ = true;
  refuse(at_, message, "check the indentation, and quote values that hold signs of YAML");
}

/// A tree may end early; what is left of the file then is for the one who says why.
void Walk::documents(std::vector<Node>& roots) {
  for (Node& root : roots) {
    at_ = next(at_);
    const bool marked = is_marker(at_) || sign(at_) == '%';
    if (&root != &roots.front() && !marked && !std::exchange(ended_, false)) lose();
    directives();
    if (is_marker(at_) && sign(at_) == '-') at_ += 3;
    node(root, -1);
    end_document();
  }
  at_ = next(at_);
  directives();
  if (is_marker(at_) && sign(at_) == '-') at_ = next(at_ + 3);
  if (at_ < source_.size()) lose();
}

void Walk::end_document() {
  for (at_ = next(at_); is_marker(at_) && sign(at_) == '.'; at_ = next(at_ + 3)) ended_ = true;
}

void Walk::directives() {
  for (; sign(at_) == '%' && column(at_) == 0; at_ = next(at_)) {
    const std::size_t end = std::min(source_.find('\n', at_), source_.size());
    const std::string_view line = trim(source_.substr(at_, end - at_));
    if (line != "%YAML 1.2" && line != "%YAML 1.1")
      refuse(at_, concat("quoin does not follow the directive ", line), "take the line away");
    at_ = end;
    if (!is_marker(next(at_))) refuse(next(at_), "a --- belongs after a directive", "put it on a line of its own");
  }
}

void Walk::node(Node& node, int indent) {
  if (node.is(Shape::null) && node.value.empty()) return;
  at_ = next(at_);
  if (column(at_) <= indent) lose("this is not indented deeper than what it belongs to");
  const char first = sign(at_);
  if (node.is(Shape::scalar) || node.is(Shape::null)) return scalar(node, {at_, indent});
  if (first == '{' || first == '[') return flow(node, indent);
  return node.is(Shape::map) ? block_map(node, indent) : block_list(node, indent);
}

void Walk::scalar(Node& node, ScalarStart stand) {
  if (node.begin != stand.begin) lose();
  const Scanned scanned = Scanner::scalar(stand);
  at_ = scanned.end;
  if (node.is_unusable) return;
  if (node.style == Style::quoted && source_[stand.begin] == '"') node.value = scanned.value;
  if (stand.in_flow) skip_in_flow(stand.indent);
  if (node.value == scanned.value) return;
  lost_ = true;  // or cut short where the tree ends
  refuse(stand.begin, "readers of YAML do not agree on what this says",
         concat("write it in quotes: ", yaml::quoted(scanned.value)));
}

/// A key or dash on a line of its own, at the column of those before it.
void Walk::expect_row(int wanted) {
  at_ = next(at_);
  if (!is_line_start(at_) || column(at_) != wanted) lose();
}

void Walk::block_value(Node& value, int indent) {
  if (value.is(Shape::null) && value.value.empty()) return;
  const std::size_t first = next(at_);
  const bool is_block = !value.is(Shape::scalar) && !value.is(Shape::null) && sign(first) != '{' && sign(first) != '[';
  if (is_block && !is_line_start(first)) {
    at_ = first;
    lose();
  }
  node(value, is_block && value.is(Shape::list) ? indent - 1 : indent);
}

void Walk::block_map(Node& map, int indent) {
  const int row = column(at_);
  for (std::size_t i = 0; i < map.keys.size(); ++i) {
    if (i > 0) expect_row(row);
    const bool is_told = is_alone('?');
    if (is_told) {
      ++at_;
      node(map.keys[i], row);
      at_ = next(at_);
      if (!is_alone(':') || column(at_) != row) lose("the : of this key belongs on the next line");
    } else {
      if (map.keys[i].is(Shape::scalar))
        scalar(map.keys[i], {at_, row, false, true});
      else
        node(map.keys[i], indent);
      while (is_blank(sign(at_))) ++at_;
      if (!is_alone(':')) lose("a colon and a blank are missing after this key");
    }
    ++at_;
    is_told ? node(map.values[i], row) : block_value(map.values[i], row);
  }
}

void Walk::block_list(Node& list, int indent) {
  const int row = column(at_);
  if (row <= indent) lose();
  for (std::size_t i = 0; i < list.items.size(); ++i) {
    if (i > 0) expect_row(row);
    if (!is_alone('-')) lose();
    ++at_;
    node(list.items[i], row);
  }
}

// ---- inside { } and [ ] ----

void Walk::skip_in_flow(int indent) {
  at_ = next(at_);
  if (at_ < source_.size() && column(at_) > indent) return;
  refuse(open_, concat("the ", source_.substr(open_, 1), " that begins here is not closed"),
         "close it, or indent the lines that belong to it deeper than its key");
}

void Walk::flow_entry(Node& key, Node& value, int indent) {
  if (is_alone('?')) lose("YAML takes this ? for the beginning of a key");
  if (key.is(Shape::scalar))
    scalar(key, {at_, indent, true, true});
  else
    flow(key, indent);
  skip_in_flow(indent);
  if (sign(at_) != ':') {
    if (!value.is(Shape::null) || !value.value.empty()) lose();
    return;
  }
  ++at_;
  if (value.is(Shape::null) && value.value.empty()) return;
  skip_in_flow(indent);
  flow(value, indent);
}

void Walk::flow(Node& node, int indent) {
  if (node.is(Shape::null) && node.value.empty()) return;
  if (node.is(Shape::scalar) || node.is(Shape::null)) return scalar(node, {at_, indent, true});
  const char close = node.is(Shape::map) ? '}' : ']';
  if (sign(at_) != (node.is(Shape::map) ? '{' : '[')) lose("a key with a value stands in a list");
  const std::size_t around = std::exchange(open_, at_++);
  const std::size_t count = node.is(Shape::map) ? node.keys.size() : node.items.size();
  for (std::size_t i = 0; i < count; ++i) {
    skip_in_flow(indent);
    if (node.is(Shape::map))
      flow_entry(node.keys[i], node.values[i], indent);
    else
      flow(node.items[i], indent);
    skip_in_flow(indent);
    if (sign(at_) == ',')
      ++at_;
    else if (i + 1 < count)
      lose("a comma is missing before this");
  }
  skip_in_flow(indent);
  if (sign(at_) != close) lose();
  ++at_;
  open_ = around;
}
}  // namespace

std::optional<Finding> check_exact(File& file, std::size_t broken) {
  Walk walk(file);
  try {
    walk.documents(file.documents);
  } catch (const Error& error) {
    if (broken != Text::npos && (walk.is_lost() || error.where > place_of(file, file.name, broken))) return {};
    return finding(file, error.where, {"yaml", error.what(), error.hint});
  }
  return {};
}

}  // namespace quoin::yaml
