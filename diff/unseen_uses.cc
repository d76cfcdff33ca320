// The steps that may use a new label of an enum in a way that their text does not show: '{c}', '(c,1)', enum_last(…), a
// routine's body. The server refuses all of these before the label is committed.
#include <unordered_set>

#include "core/model/kind.h"
#include "diff/diff.h"
#include "diff/users_by_id.h"

namespace quoin {

namespace {
// A constant, a call or a cast; a bare column gives no value that is not stored already.
bool computes(std::string_view text) {
  return text.find('\'') != Text::npos || text.find('(') != Text::npos || text.find("::") != Text::npos;
}

bool computes(const Object& object) {
  for (const FieldBase* field : object.id->kind->fields) {
    if (!row_of(field->role).is_computed) continue;
    const Value& value = object.value(*field);
    const auto* text = std::get_if<Text>(&value);
    const auto* list = std::get_if<List>(&value);
    if (text && computes(*text)) return true;
    if (list && std::ranges::any_of(*list, [](const Text& one) { return computes(one); })) return true;
  }
  return false;
}

// All objects that use a type, directly or not: those that only store its values, and those that may compute one.
class TypeUses {
 public:
  TypeUses(const Schema& schema, const UsersById& users, Id type) : schema_(schema), users_(users) {
    visit(type, Use::stores);
    while (!waiting_.empty()) {
      const Id id = waiting_.back();
      waiting_.pop_back();
      visit_ties(id);
    }
    schema.each([&](const Object& object) { acts_ |= object.id->kind->has(acts_on_new) && computes_here(object.id); });
  }

  /// Rebuilding a table computes what lies in it once more.
  bool computed_by(const Step& step) const {
    const auto inside_of_made = [&](Id made) {
      for (Id at = made; at; at = at->parent)
        if (computes_here(at) || computing_tables_.contains(at)) return true;
      return false;
    };
    return acts_ || std::ranges::any_of(step.makes, inside_of_made);
  }

 private:
  enum class Use { none, stores, computes };

  bool computes_here(Id id) const {
    const auto found = seen_.find(id);
    return found != seen_.end() && found->second == Use::computes;
  }

  void visit(Id id, Use use) {
    const Object* object = schema_.find(id);
    if (!object) return;
    if (use == Use::stores && computes(*object)) use = Use::computes;
    Use& known = seen_[id];
    if (known >= use) return;
    known = use;
    waiting_.push_back(id);
  }

  void visit_ties(Id id) {
    const Use use = seen_[id];
    for (const Object* child : schema_.children(id)) visit(child->id, Use::stores);
    visit_users(id, use);
    const Object* parent = id->parent ? schema_.find(id->parent) : nullptr;
    if (!parent || !parent->id->parent) return;
    const bool in_relation = is_relation(*parent);
    if (use == Use::computes && in_relation) computing_tables_.insert(parent->id);
    if (use == Use::computes && !in_relation && group_of(parent->id) == parent->id) visit(parent->id, use);
    if (id->kind->is_column()) visit_users(parent->id, Use::stores);  // of its row type
  }

  void visit_users(Id id, Use use) {
    const auto found = users_.find(id);
    if (found == users_.end()) return;
    for (const Id user : found->second)
      if (group_of(user) != id) visit(user, use);
  }

  const Schema& schema_;
  const UsersById& users_;
  std::unordered_map<Id, Use> seen_;
  std::unordered_set<Id> computing_tables_;
  std::vector<Id> waiting_;
  bool acts_ = false;
};
}  // namespace

void mark_unseen_uses(Steps& steps, const Schema& to) {
  std::vector<Id> types;
  for (const Step& step : steps)
    if (!step.commits_first.empty() && !std::ranges::count(types, step.makes.front()))
      types.push_back(step.makes.front());
  if (types.empty()) return;
  const UsersById users = users_by_id(to);
  for (const Id type : types) {
    const TypeUses uses(to, users, type);
    for (Step& step : steps)
      if (!std::ranges::count(step.makes, type) && uses.computed_by(step)) step.may_use.push_back(type);
  }
}

}  // namespace quoin
