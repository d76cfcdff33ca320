#include "kinds/users.h"

#include <set>

#include "core/model/reading.h"
#include "kinds/table/table_fields.h"
#include "kinds/type/type_use.h"

namespace quoin {

namespace {
// From a type to those that have it as theirs, and on to those that have these.
class Search {
 public:
  explicit Search(const Users& users) : users_(users) {}

  void from(Id type, bool inside) {
    if (!seen_.emplace(type, inside).second) return;
    const Text name = qualified(type);
    for (Id user : users_.of(type)) {
      const Object& object = *users_.from.find(user);
      if (!user->kind->has(opaque))
        visit(object, name, inside);
      else if (!is_table(*type->kind))
        add(user, inside);  // rules, statistics… need a table without holding its rows
    }
  }

  std::vector<Id> all, nested;

 private:
  void visit(const Object& user, std::string_view type, bool inside) {
    const Id id = user.id;
    const Holding holding = holding_of(user, type);
    if (holding == Holding::none) return;
    inside |= holding == Holding::inside;
    if (id->kind == &column_kind || id->kind == &materialized_view_kind) add(id, inside);
    if (id->kind == &column_kind) from(id->parent, true);
    if (id->kind == &domain_kind || id->kind == &composite_kind) from(id, inside);
  }

  void add(Id id, bool inside) {
    for (std::vector<Id>* list : {&all, inside ? &nested : nullptr})
      if (list && !std::ranges::count(*list, id)) list->push_back(id);
  }

  const Users& users_;
  std::set<std::pair<Id, bool>> seen_;
};

Search found(const Users& users, Id type) {
  Search search(users);
  search.from(type, false);
  std::ranges::sort(search.all);
  std::ranges::sort(search.nested);
  return search;
}
}  // namespace

bool Users::has_rows_before() const {
  if (has_rows_before_) return *has_rows_before_;
  bool any = false;
  from.each([&](const Object& object) { any |= object.id->kind->has(holds_rows); });
  return has_rows_before_.emplace(any);
}

const std::vector<Id>& Users::of(Id id) const {
  static const std::vector<Id> nobody;
  if (!users_) users_ = users_of(from);
  const auto at = users_->find(id);
  return at == users_->end() ? nobody : at->second;
}

const std::vector<Id>& Users::naming(Id id) const {
  static const std::vector<Id> nobody;
  if (!naming_) {
    naming_.emplace();
    from.each([&](const Object& object) {
      for (const Id named : object.wants) (*naming_)[named].push_back(object.id);
    });
  }
  const auto at = naming_->find(id);
  return at == naming_->end() ? nobody : at->second;
}

const std::vector<Id>& Users::storing(Id type) const {
  const auto known = storing_.find(type);
  return known != storing_.end() ? known->second : storing_.emplace(type, found(*this, type).all).first->second;
}

std::vector<Id> Users::storing_inside(Id type) const { return found(*this, type).nested; }

bool Users::is_free(const Slots& slots) const {
  return std::ranges::none_of(
      slots, [&](const Slot& slot) { return given_.contains(slot) || from.holder(slot) || to.holder(slot); });
}

const Text& Users::aside(Id id) const {
  if (const auto known = aside_.find(id); known != aside_.end()) return known->second;
  Slots slots = slots_of(*from.find(id));
  const Text own = id->name.empty() ? slots.front().name : id->name;
  Text name;
  for (int number = 0; name.empty() || !is_free(slots); ++number) {
    name = object_name(own, "", number == 0 ? "old" : concat("old", std::to_string(number)));
    for (Slot& slot : slots) slot.name = name;
  }
  given_.insert(slots.begin(), slots.end());
  return aside_.emplace(id, std::move(name)).first->second;
}

Text paths(const std::vector<Id>& ids) {
  List all;
  for (Id id : ids) all.push_back(path(id));
  return join(all, ", ");
}

}  // namespace quoin
