// The model: flat objects, each an identity and typed attributes. Knows no kind and no stage.
#pragma once
#include <algorithm>
#include <array>
#include <bitset>
#include <cstdint>
#include <deque>
#include <memory_resource>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/model/hash_table.h"
#include "core/model/role.h"

namespace quoin {

struct Kind;
struct Identity;
class Object;
using Value = std::variant<std::monostate, bool, std::int64_t, Text, List>;  // monostate: absent

/// Which object. Interned, so == and hash cost O(1); lives as long as the Ids it comes from.
/// <=> is the order of all output: the kind's weight, parent, name, signature; never the order of reading.
struct Id {
  const Identity* identity = nullptr;  // null: none, the parent of a top-level object
  const Identity* operator->() const { return identity; }
  explicit operator bool() const { return identity != nullptr; }
  bool operator==(const Id&) const = default;
  std::strong_ordering operator<=>(const Id&) const;
};
struct Identity {
  const Kind* kind;
  Id parent;                // the table of a column, the schema of a table; none for a schema, an extension
  Text name, signature;     // as the catalog has them, unquoted; signature: "(integer, text)" of a function, else empty
  std::uint32_t number;     // small and dense: the hash of the Id, and an index into vectors
  std::vector<Id> names{};  // names of other objects within name and signature (core/model/name.h): types, a role
};

}  // namespace quoin
template <>
struct std::hash<quoin::Id> {
  std::size_t operator()(quoin::Id id) const { return id ? id->number + 1 : 0; }
};
namespace quoin {

/// The identities that schemas to be compared share: the same key gives the same Id. For one thread at a time.
class Ids {
 public:
  Id of(const Kind& kind, Id parent, Text name, Text signature = {});
  Id find(const Kind& kind, Id parent, std::string_view name,
          std::string_view signature = {}) const;  // null where it was never made
  std::size_t size() const { return all_.size(); }

 private:
  std::pmr::monotonic_buffer_resource memory_;  // none goes before all go
  std::pmr::deque<Identity> all_{&memory_};     // by number
  HashTable<Id> by_name_;
};

/// The SQL that changes one field in place; empty: another field's does it.
using Alter = Text (*)(const Object& from, const Object& to);
/// How a field counts when objects are compared. A derived field follows from others (a view's columns), so that nobody
/// writes it; `once` counts when the object is created, and then no more (an extension's version).
enum class Counts { yes, in_any_order, derived, once };
constexpr bool is_compared(Counts counts) { return counts == Counts::yes || counts == Counts::in_any_order; }
/// How the field of an inherited column, or of a partition's part, relates to that of the object it follows. follow:
/// always equal; may_differ: equal, unless the table also has it of its own; begin_with_it: equal until one of them is
/// changed; have_their_own: independent.
enum class Heirs { follow, may_differ, begin_with_it, have_their_own };
/// Whether YAML must have the key. given: the key, if only with an empty value; filled: the key with a value.
enum class Presence { optional, given, filled };
/// What an object or attribute is about, where quoin.yaml may say how far that is quoin's concern (`manage`).
enum class Matter : unsigned char { structure, owner, grant, comment, version };
/// One row of a kind's table. `name` is the YAML key, the catalog query's column alias and the heading in documents.
struct FieldBase {
  std::string_view name, doc;
  std::size_t ordinal;  // where each object of the kind keeps its value
  Role role;
  Counts counts;
  Alter alter;                                              // null: does not change in place by itself
  int since;                                                // the first major version that knows it; 0: all
  std::size_t shape;                                        // the index of its type in Value
  bool (*is_fallback)(const FieldBase& row, const Value&);  // throws for a value of another type
  std::string_view access{};  // "who may see which rows": a change of the field changes this, which is an access hazard
  std::string_view words;     // see FieldExtra
  Presence presence;
  Heirs heirs;
  Matter matter;
};
using FieldSet = std::bitset<64>;  // by ordinal

/// A kind's rows. Each Field adds itself, so rows are listed once and ordinals are constants. The first row is the
/// kind's main field: what a YAML shorthand gives.
struct FieldTable {
  std::array<const FieldBase*, 64> rows{};
  std::size_t size = 0;
  constexpr auto begin() const { return rows.begin(); }
  constexpr auto end() const { return rows.begin() + size; }
  const FieldBase* find(std::string_view name) const;  // null where there is none
};

template <class T>  // how a T is read, and written as a fallback: without a copy
using View = std::conditional_t<std::is_same_v<T, List>, std::span<const Text>,
                                std::conditional_t<std::is_same_v<T, Text>, std::string_view, T>>;
template <class T>
constexpr std::size_t shape_of = std::is_same_v<T, bool>           ? 1
                                 : std::is_same_v<T, std::int64_t> ? 2
                                 : std::is_same_v<T, Text>         ? 3
                                                                   : 4;
template <class T>
struct FieldExtra {
  Role role = Role::word;
  View<T> fallback{};  // what an absent value means
  Alter alter = nullptr;
  Counts counts = Counts::yes;
  int since = 0;
  std::string_view access{};
  Presence presence = Presence::optional;
  std::string_view words{};  // "stored|virtual": all that may stand there; empty: any
  Heirs heirs = Heirs::follow;
  Matter matter = Matter::structure;
};
/// A typed handle: object[field] is a View<T>. T: bool, std::int64_t, Text or List.
template <class T>
struct Field : FieldBase {
  View<T> fallback;
  constexpr Field(FieldTable& table, std::string_view key, std::string_view meaning, FieldExtra<T> extra = {})
      : FieldBase{key,         meaning,         table.size,   extra.role,  extra.counts,   extra.alter, extra.since,
                  shape_of<T>, equals_fallback, extra.access, extra.words, extra.presence, extra.heirs, extra.matter},
        fallback(extra.fallback) {
    table.rows[table.size++] = this;
  }
  static bool equals_fallback(const FieldBase& row, const Value& value) {
    const View<T> given = std::get<T>(value), fallback = static_cast<const Field&>(row).fallback;
    if constexpr (std::is_same_v<T, List>) {
      return std::ranges::equal(given, fallback);
    } else {
      return given == fallback;
    }
  }
};

/// An attribute that the server has and the kind does not model (an invalid index, grants on a view's columns; an
/// owner, until two schemas are compared): listed in every output, never compared, and restored by `sql` when the
/// object is replaced.
struct Carried {
  Text what;  // "owner"
  Text sql;   // "ALTER TABLE public.users OWNER TO app"
  bool operator==(const Carried&) const = default;
};

class Object {
 public:
  explicit Object(Id);
  Id id;
  std::vector<Id> needs;  // besides the parent: objects that it depends on, as pg_depend would have it
  std::vector<Id>
      wants;  // objects that a routine's body mentions: created before it if possible; their drop is allowed
  std::vector<Carried> carried;
  Place place;        // where it was written, for sources that are text
  Text renamed_from;  // its name before, where the desired state tells
  FieldSet unread;    // fields that the role that read the database may not see: never compared
  FieldSet counted;   // of fields with Counts::once those that are compared all the same, if both sides have them here
  std::vector<std::pair<Text, Text>> renamed_parts;  // the same for labels, which are no objects: former, name
  int position = 0;  // of an `ordered` kind: its place among its siblings, from 1; never compared

  template <class T>
  View<T> operator[](const Field<T>& field) const {
    const T* given = std::get_if<T>(&value(field));
    return given ? View<T>(*given) : field.fallback;
  }
  template <class T>
  void put(const Field<T>& field, std::type_identity_t<T> value) {
    store(field, std::move(value));
  }
  void put(const FieldBase& field, Value value) { store(field, std::move(value)); }  // throws for another type
  void put(std::string_view field, Value);  // for readers; throws for an unknown name or another type
  const Value& value(const FieldBase& field) const { return values_.empty() ? absent : values_[field.ordinal]; }
  bool has(const FieldBase& field) const { return value(field).index() != 0; }
  /// Between two objects of one kind; derived fields, and what one side could not read, are left out.
  FieldSet differences(const Object& other) const;
  /// True if some field with an `alter` of its own differs.
  bool differs_in_place(const Object& other) const;
  void need(Id used);  // adds to needs, once; never itself or its parent
  void want(Id used);
  void need(std::span<const Id>);  // all of them, which may be thousands
  void want(std::span<const Id>);

 private:
  void store(const FieldBase&, Value);
  inline static const Value absent{};
  // By ordinal, or none before the first is stored; never a fallback, so that `btree` equals absent in any comparison.
  std::vector<Value> values_;
};

/// The names of attributes that a person has to set by hand: items of fields of Role::secret, and unread fields.
List set_by_hand(const Object&);

/// A value for people: a List with commas, a number by its digits, yes or no; empty where it is absent.
Text as_text(const Value&);

/// A name that one object at a time may hold: among the relations of a schema, the constraints of a table…
struct Slot {
  std::string_view space;  // "relation", "type", "routine", "schema", "constraint", "column", "trigger"…
  Id scope;
  Text name, signature;
  auto operator<=>(const Slot&) const = default;
};
using Slots = std::vector<Slot>;

}  // namespace quoin
template <>
struct std::hash<quoin::Slot> {
  std::size_t operator()(const quoin::Slot&) const;
};
