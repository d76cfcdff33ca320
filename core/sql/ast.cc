#include "core/sql/ast.h"

#include <mutex>

#include "core/sql/ast_arena.h"
#include "core/sql/ast_changes.h"

namespace quoin::ast {
namespace detail {

std::string_view intern(std::string_view name) {
  thread_local std::array<std::string_view, 1024> recent;
  std::size_t slot = name.empty() ? 0
                                  : name.size() * 131 + std::size_t{static_cast<unsigned char>(name.front())} * 31U +
                                        std::size_t{static_cast<unsigned char>(name[name.size() / 2])} * 7U +
                                        static_cast<unsigned char>(name.back());
  std::string_view& kept = recent[slot % recent.size()];
  if (kept == name) return kept;
  static std::mutex mutex;
  static auto* names = new std::unordered_set<std::string>;  // never freed: trees of static life may hold names
  std::lock_guard lock(mutex);
  kept = *names->emplace(name).first;
  return kept;
}

std::string_view Arena::text(std::string_view copied) {
  std::span<char> kept = array(std::span<const char>(copied));
  return {kept.data(), kept.size()};
}

Node Arena::copy(Node deep, int depth) {
  const Datum* from = datum(deep);
  if (from == nullptr) return {};
  if (depth > 2 * max_depth) throw Error(Code::internal, "a syntax tree nests too deeply to be copied");
  if (const auto* text_value = std::get_if<std::string_view>(&from->value)) return make(from->tag, text(*text_value));
  if (const auto* list = std::get_if<std::span<Node>>(&from->value)) {
    std::span<Node> items = array(std::span<const Node>(*list));
    for (Node& item : items) item = copy(item, depth + 1);
    return make(from->tag, items);
  }
  if (const auto* all = std::get_if<std::span<Field>>(&from->value)) {
    std::span<Field> fields = array(std::span<const Field>(*all));
    for (Field& field : fields) field.second = copy(field.second, depth + 1);
    return make(from->tag, fields);
  }
  if (const auto* number = std::get_if<std::int64_t>(&from->value)) return make(from->tag, *number);
  return make(from->tag, std::get<bool>(from->value));
}

}  // namespace detail

namespace {
using detail::Arena;
using detail::Datum;
using detail::Field;

// The value itself where it is a Value, else that of the field of a value node ("sval" of a String).
template <typename Value>
const Value* value_of(const Datum* datum, std::span<const std::string_view> names) {
  if (datum == nullptr) return nullptr;
  if (const auto* value = std::get_if<Value>(&datum->value)) return value;
  const auto* fields = std::get_if<std::span<Field>>(&datum->value);
  if (fields == nullptr || fields->size() != 1) return nullptr;
  const Field& only = fields->front();
  if (std::find(names.begin(), names.end(), only.first) == names.end()) return nullptr;
  return std::get_if<Value>(&Arena::datum(only.second)->value);
}
constexpr std::string_view text_names[] = {"sval", "fval", "bsval"};
constexpr std::string_view number_names[] = {"ival"};
constexpr std::string_view flag_names[] = {"boolval"};
}  // namespace

namespace {
/// Names of fields are constants, and mostly the same bytes: few differ behind their first letter.
bool is_name(std::string_view one, std::string_view other) {
  if (one.size() != other.size() || one.empty()) return false;
  return one.data() == other.data() || (one.front() == other.front() && one == other);
}
}  // namespace

std::string_view Node::tag() const { return datum_ == nullptr ? std::string_view() : datum_->tag; }

Node Node::operator[](std::string_view field) const {
  if (datum_ == nullptr) return {};
  if (const auto* fields = std::get_if<std::span<Field>>(&datum_->value)) {
    for (const Field& f : *fields) {
      if (is_name(f.first, field)) return f.second;
    }
  } else if (field == "items" && tag() == "List") {
    return *this;
  }
  return {};
}

std::string_view Node::text() const {
  const auto* value = value_of<std::string_view>(datum_, text_names);
  return value == nullptr ? std::string_view() : *value;
}

std::int64_t Node::number() const {
  const auto* value = value_of<std::int64_t>(datum_, number_names);
  return value == nullptr ? 0 : *value;
}

bool Node::flag() const {
  const auto* value = value_of<bool>(datum_, flag_names);
  return value != nullptr && *value;
}

std::span<const Node> Node::items() const {
  if (datum_ == nullptr) return {};
  const auto* list = std::get_if<std::span<Node>>(&datum_->value);
  return list == nullptr ? std::span<const Node>() : std::span<const Node>(*list);
}

std::span<const Field> Node::fields() const {
  if (datum_ == nullptr) return {};
  const auto* fields = std::get_if<std::span<Field>>(&datum_->value);
  return fields == nullptr ? std::span<const Field>() : std::span<const Field>(*fields);
}

int Node::location() const {
  Node place = (*this)["location"];
  return place ? static_cast<int>(place.number()) : -1;
}

List Node::texts() const {
  List all;
  all.reserve(size());
  for (Node item : items()) all.emplace_back(item.text());
  return all;
}

std::uint64_t changes(Node node) {
  const Datum* datum = Arena::datum(node);
  return datum == nullptr ? 0 : datum->arena->changes;
}

void Node::set(std::string_view field, Node value) const {
  if (datum_ == nullptr || !std::holds_alternative<std::span<Field>>(datum_->value)) {
    throw Error(Code::internal, concat("a field ", field, " set in a syntax node that has no fields"));
  }
  ++datum_->arena->changes;
  auto& fields = std::get<std::span<Field>>(datum_->value);
  auto at = std::find_if(fields.begin(), fields.end(), [&](const Field& f) { return f.first == field; });
  if (at != fields.end() && value) {
    at->second = value;
    return;
  }
  std::vector<Field> changed(fields.begin(), fields.end());
  if (at != fields.end()) {
    changed.erase(changed.begin() + (at - fields.begin()));
  } else if (value) {
    changed.emplace_back(detail::intern(field), value);
  }
  fields = datum_->arena->array(std::span<const Field>(changed));
}

void Node::become(Node other) const {
  if (datum_ == nullptr || other.datum_ == nullptr) {
    throw Error(Code::internal, "a null syntax node cannot become another");
  }
  Arena* arena = datum_->arena;
  ++arena->changes;
  *datum_ = *other.datum_;
  datum_->arena = arena;
}

void Node::set_items(std::span<const Node> items) const {
  if (datum_ == nullptr || !std::holds_alternative<std::span<Node>>(datum_->value)) {
    throw Error(Code::internal, "items set in a syntax node that is no list");
  }
  ++datum_->arena->changes;
  std::get<std::span<Node>>(datum_->value) = datum_->arena->array(items);
}

namespace {
std::uint64_t mix(std::uint64_t hash, std::uint64_t value) {
  hash ^= value + 0x9E3779B97F4A7C15U + (hash << 6U) + (hash >> 2U);
  hash *= 0xFF51AFD7ED558CCDU;
  return hash ^ (hash >> 32U);
}
std::uint64_t mix(std::uint64_t hash, std::string_view text) {
  std::uint64_t h = 0xCBF29CE484222325U ^ text.size();
  for (char c : text) h = (h ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
  return mix(hash, h);
}
}  // namespace

std::uint64_t fingerprint(Node node) {
  const Datum* datum = Arena::datum(node);
  if (datum == nullptr) return 1;
  std::uint64_t hash = mix(datum->value.index() + 2, datum->tag);
  if (const auto* text = std::get_if<std::string_view>(&datum->value)) return mix(hash, *text);
  if (const auto* number = std::get_if<std::int64_t>(&datum->value)) {
    return mix(hash, static_cast<std::uint64_t>(*number));
  }
  if (const auto* flag = std::get_if<bool>(&datum->value)) return mix(hash, *flag ? 1U : 2U);
  for (Node item : node.items()) hash = mix(hash, fingerprint(item));
  for (const auto& [name, value] : node.fields()) {
    if (!detail::is_place(name)) hash = mix(mix(hash, name), fingerprint(value));
  }
  return hash;
}

}  // namespace quoin::ast
