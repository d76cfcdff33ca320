// What each name stood for at each statement of a history of migrations.
#pragma once
#include <map>
#include <unordered_map>

#include "parser/replay/verify.h"

namespace quoin {

/// One effect of a statement on a name. Statements are numbered through the whole history.
struct NameEvent {
  enum What { made, dropped, renamed } what;
  Id id;     // null: no kind models the object
  Text now;  // of `renamed`: the path of the object that it has become
  std::size_t statement;
};

class NameHistory {
 public:
  /// `initial`: the objects before the first statement.
  NameHistory(const std::vector<Id>& initial, const std::vector<ReplayedStatement>& statements);

  /// The last DROP or RENAME before `statement`; null: none.
  const NameEvent* before(const Missing&, std::size_t statement) const;
  /// The first that makes it after `statement`; null: none does.
  const NameEvent* after(const Missing&, std::size_t statement) const;
  /// The last statement that made the object which `statement` makes again; no value: it was there before the first.
  std::optional<std::size_t> maker(Id, std::size_t statement) const;
  /// The first statement after this one that drops it or gives it another name.
  std::optional<std::size_t> freed_after(Id, std::size_t statement) const;
  /// The last before this one that drops it or gives it another name.
  std::optional<std::size_t> freed_before(Id, std::size_t statement) const;
  /// The first after this one that changes it.
  std::optional<std::size_t> changed_after(Id, std::size_t statement) const;
  /// True if the name that was missed would have been that of the object.
  static bool is_meant(const Missing&, Id);
  /// The names that existed when `statement` missed one, from which the nearest may be suggested.
  List held(const Missing&, std::size_t statement) const;

 private:
  /// A name in a name space as people write it: of columns and other parts with what they belong to.
  struct Name {
    std::string_view in;
    Text schema, name;
  };
  std::vector<std::pair<Name, NameEvent>> all_;
  std::map<Text, std::vector<std::size_t>> by_name_;
  std::unordered_map<Id, std::vector<std::size_t>> made_, freed_, changed_;  // by which statements

  static Name name_of(Id);
  void make(Id, std::size_t statement);
  void add(NameEvent, Name);
  const NameEvent* last_by(const std::vector<std::size_t>& events, const Missing&, std::size_t statement) const;
  std::vector<const NameEvent*> of(const Missing&) const;
};

}  // namespace quoin
