#include "project/scope.h"

#include <unordered_set>

#include "core/model/kind.h"
#include "project/pattern.h"

namespace quoin {
namespace {
constexpr std::size_t most_named = 20;  // more than that nobody reads

/// The rules over one schema; what an object lies in, or goes with, is asked once.
class Verdicts {
 public:
  Verdicts(const Schema& schema, const std::vector<Manage::Rule>& rules) : schema_(schema), rules_(rules) {
    std::optional<BadPattern> unheard;  // the reader of quoin.yaml tells it
    for (const Manage::Rule& rule : rules) patterns_.push_back(Pattern::read(rule.pattern, unheard));
  }

  /// Null: it is managed.
  const Manage::Rule* excluded_by(const Object& object) {
    const std::size_t first = first_for(object.id);
    return first == rules_.size() || rules_[first].includes ? nullptr : &rules_[first];
  }

 private:
  std::size_t first_for(Id id) {
    const auto [known, fresh] = first_.emplace(id, rules_.size());
    if (!fresh) return known->second;
    std::size_t first = 0;
    while (first < rules_.size() && !patterns_[first].fits(id)) ++first;
    const Object* object = schema_.find(id);
    const Id host = object ? dropped_with(*object) : Id();
    for (const Id above : {id->parent, host && schema_.find(host) ? host : Id()})
      if (above) first = std::min(first, first_for(above));
    return first_[id] = first;
  }

  const Schema& schema_;
  const std::vector<Manage::Rule>& rules_;
  std::vector<Pattern> patterns_;
  std::unordered_map<Id, std::size_t> first_;
};

/// The outermost object that it lies in and that is not managed either.
Id outermost(Id id, const Unmanaged& unmanaged) {
  while (id->parent && unmanaged.contains(id->parent)) id = id->parent;
  return id;
}

bool has_place(const Object& object) { return object.place.line > 0; }

/// Copies the unmanaged objects of one schema to the other.
class Bringing {
 public:
  Bringing(const Schema& from, Schema& to, KeptUnmanaged& beside) : from_(from), to_(to), beside_(beside) {}

  void bring_all() {
    for (const Object* object : from_.objects())
      if (beside_.ids.contains(object->id)) bring(*object);
    to_.all_changed();
    if (!heirs_.empty()) complete();
    to_.all_changed();
    note_homes();
  }

 private:
  bool is_there(const Object& object) {
    const Id parent = object.id->parent;
    if (!parent || to_.find(parent)) return true;
    if (!parent->kind->has(is_namespace)) return false;
    to_.add(parent) = *from_.find(parent);
    homes_.push_back(path(parent));
    return true;
  }

  void bring(const Object& object) {
    const Id leader = follows(object);
    const bool follows_managed = leader && !beside_.ids.contains(leader) && from_.find(leader);
    if ((follows_managed && !to_.find(leader)) || !is_there(object) || to_.find(object.id)) return;
    Object& here = to_.add(object.id) = object;
    if (!follows_managed) return;
    heirs_.insert(object.id->parent);
    const Object &before = *from_.find(leader), &after = *to_.find(leader);
    for (const FieldBase* field : before.id->kind->fields)
      if (field->heirs != Heirs::have_their_own && before.value(*field) != after.value(*field))
        here.put(*field, after.value(*field));
  }

  /// An unmanaged partition or child table changes with its managed parent, so that its columns are derived anew.
  void complete() {
    const int major = std::exchange(to_.major, 0);
    for (const Id heir : heirs_)
      if (to_.find(heir) && heir->kind->reading.take_columns) heir->kind->reading.take_columns(heir, to_);
    for (Object* object : to_.objects())
      if (object->id->kind->reading.derive) object->id->kind->reading.derive(*object, to_);
    to_.major = major;
  }

  void note_homes() {
    if (homes_.empty()) return;
    std::ranges::sort(homes_);
    beside_.notes.push_back(concat(first_of(homes_, most_named), homes_.size() == 1 ? " stays" : " stay",
                                   ", for what lies there is not managed"));
  }

  const Schema& from_;
  Schema& to_;
  KeptUnmanaged& beside_;
  std::unordered_set<Id> heirs_;
  List homes_;
};

/// Notes unmanaged objects that the desired schema has written down.
void note_unheard(const Schema& to, const Unmanaged& unmanaged, List& notes) {
  List said;
  for (const Object* object : to.objects())
    if (unmanaged.contains(object->id) && !object->id->kind->has(is_namespace) && has_place(*object) &&
        outermost(object->id, unmanaged) == object->id)
      said.push_back(concat(to_string(object->place), ": ", path(object->id)));
  if (!said.empty())
    notes.push_back(concat("left as it is, being not managed, whatever is said of it: ", first_of(said, most_named)));
}

void find_lacking(const Schema& from, const Schema& to, KeptUnmanaged& beside) {
  std::unordered_set<Text> said;
  for (const Object* object : to.objects()) {
    const auto here = beside.ids.find(object->id);
    for (const Id need : object->needs) {
      if (to.find(need)) continue;
      const auto there = beside.ids.find(need);
      Text error;
      if (here != beside.ids.end() && from.find(need))
        error = concat(path(need), " cannot go: ", path(object->id), " needs it, and is not managed (",
                       said_by(*here->second), "); keep it, or let quoin manage both");
      if (here == beside.ids.end() && there != beside.ids.end())
        error = concat(path(object->id), " needs ", path(outermost(need, beside.ids)),
                       ", which is not there, and not managed (", said_by(*there->second),
                       "); make that first, or let quoin manage it");
      if (!error.empty() && said.insert(error).second) beside.errors.push_back(std::move(error));
    }
  }
}
}  // namespace

Text said_by(const Manage::Rule& rule) {
  return concat(rule.place.file.empty() ? Text() : concat(rule.place.file, ":", std::to_string(rule.place.line), ": "),
                rule.includes ? "include: " : "exclude: ", rule.pattern);
}

Unmanaged unmanaged_in(const Schema& schema, const Settings& settings) {
  Unmanaged all;
  if (settings.config.manage.objects.empty()) return all;
  Verdicts verdicts(schema, settings.config.manage.objects);
  schema.each([&](const Object& object) {
    if (const Manage::Rule* rule = verdicts.excluded_by(object)) all.emplace(object.id, rule);
  });
  return all;
}

bool is_included_by_name(Id id, const Settings& settings) {
  std::optional<BadPattern> unheard;
  for (const Manage::Rule& rule : settings.config.manage.objects)
    if (const Pattern pattern = Pattern::read(rule.pattern, unheard); pattern.fits(id))
      return rule.includes && pattern.names_one();
  return false;
}

KeptUnmanaged keep_unmanaged(const Schema& from, Schema& to, const Settings& settings) {
  KeptUnmanaged beside;
  if (settings.config.manage.objects.empty()) return beside;
  beside.ids = unmanaged_in(from, settings);
  const Unmanaged wanted = unmanaged_in(to, settings);
  note_unheard(to, wanted, beside.notes);
  for (const auto& [id, rule] : wanted) to.remove(id);
  Bringing(from, to, beside).bring_all();
  beside.ids.insert(wanted.begin(), wanted.end());
  find_lacking(from, to, beside);
  return beside;
}

void add_unmanaged(const Schema& other, Schema& written, const Settings& settings) {
  KeptUnmanaged beside{unmanaged_in(other, settings), {}, {}};
  Bringing(other, written, beside).bring_all();
  // Its own plan says what is wrong with these; here they would only be in the way.
  for (bool again = true; std::exchange(again, false);) {
    std::vector<Id> lacking;
    written.each([&](const Object& object) {
      const bool is_homeless = object.id->parent && !written.find(object.id->parent);
      if (beside.ids.contains(object.id) && !has_place(object) &&
          (is_homeless ||
           std::ranges::any_of(object.needs, [&](Id need) { return !written.find(need) && other.find(need); })))
        lacking.push_back(object.id);
    });
    for (const Id id : lacking) written.remove(id);
    again = !lacking.empty();
  }
  written.all_changed();
}

namespace {
/// True of a part that an unmanaged partition has from its managed table: it changes with that.
bool follows_managed(Id id, const Schema& schema, const KeptUnmanaged& beside) {
  const Object* object = schema.find(id);
  const Id leader = object ? follows(*object) : Id();
  return leader && !beside.ids.contains(leader);
}
}  // namespace

namespace {
/// True of what is there now and holds rows that are not its parent's: a partition's are, and an heir's are not.
bool holds_rows_of_its_own(Id id, const Schema& now) {
  const Object* host = now.find(id) && id->parent ? now.find(id->parent) : nullptr;
  return host && id->kind->has(holds_rows) && !dropped_with(*host);
}

/// A sentence for each unmanaged object that needs what a step changes and takes data from in place (an attribute of a
/// type).
List emptied_unmanaged(const Plan& plan, const KeptUnmanaged& beside, const Schema& from) {
  std::unordered_set<Id> losing;
  for (const Step& step : plan.steps)
    if (std::ranges::count(step.hazards, RuleName("data-loss"), &Hazard::rule) > 0)
      losing.insert(step.makes.begin(), step.makes.end());
  List errors;
  if (losing.empty()) return errors;
  for (const auto& [id, rule] : beside.ids) {
    const Object* user = from.find(id);
    if (!user || !id->kind->has(holds_rows)) continue;
    for (const Id need : user->needs)
      if (losing.contains(need) && !beside.ids.contains(need) && need != follows(*user))
        errors.push_back(concat(path(id), " would lose what ", path(need), " loses, and is not managed (",
                                said_by(*rule), "); let quoin manage it, or leave ", path(need), " as it is"));
  }
  return errors;
}
}  // namespace

List touched_unmanaged(const Plan& plan, const KeptUnmanaged& beside, const Schema& from, const Schema& to) {
  if (beside.ids.empty() || !beside.errors.empty()) return {};
  std::unordered_set<Id> touched, dropped;
  for (const Step& step : plan.steps) {
    dropped.insert(step.drops.begin(), step.drops.end());
    touched.insert(step.drops.begin(), step.drops.end());
    touched.insert(step.makes.begin(), step.makes.end());
  }
  List errors;
  for (const Id id : touched) {
    const auto found = beside.ids.find(id);
    if (found == beside.ids.end()) continue;
    const bool inside = id->parent && (beside.ids.contains(id->parent) ? touched : dropped).contains(id->parent);
    const bool loses_rows = dropped.contains(id) && holds_rows_of_its_own(id, from);
    if (inside || (!loses_rows && (follows_managed(id, from, beside) || follows_managed(id, to, beside)))) continue;
    errors.push_back(concat(path(id), dropped.contains(id) ? " would have to be dropped" : " would have to be changed",
                            " on the way, and is not managed (", said_by(*found->second),
                            "); let quoin manage it, or leave what it stands on as it is"));
  }
  for (Text& error : emptied_unmanaged(plan, beside, from)) errors.push_back(std::move(error));
  std::ranges::sort(errors);
  return errors;
}

List renamed_unmanaged(const Schema& from, Schema& to, const Settings& settings) {
  List errors;
  const Unmanaged ids = unmanaged_in(from, settings);
  if (ids.empty()) return errors;
  to.each([&](Object& object) {
    if (object.renamed_from.empty()) return;
    const Id before = former_id(object, from);
    const auto found = ids.find(before);
    if (found == ids.end()) return;
    errors.push_back(concat(path(before), " is to be ", path(object.id), ", and is not managed (",
                            said_by(*found->second), "); take renamed_from out, or let quoin manage it"));
    object.renamed_from.clear();
  });
  std::ranges::sort(errors);
  return errors;
}

void leave_out_unmanaged(Schema& schema, const Settings& settings) {
  const Unmanaged out = unmanaged_in(schema, settings);
  if (out.empty()) return;
  std::map<Id, List> users;
  std::vector<Id> gone;
  for (const Object* object : schema.objects()) {
    const bool lies_in_one = object->id->parent && !schema.find(object->id->parent);
    if (out.contains(object->id) || lies_in_one) {
      gone.push_back(object->id);
      continue;
    }
    for (const Id need : object->needs)
      if (out.contains(need)) {
        List& all = users[outermost(need, out)];
        if (const Text user = path(object->id); std::ranges::count(all, user) == 0) all.push_back(user);
      }
  }
  for (const auto& [need, paths] : users)
    schema.notes.push_back(concat("not in it, being not managed (", said_by(*out.at(need)), "), though ",
                                  first_of(paths, 5), paths.size() == 1 ? " needs it: " : " need it: ", path(need)));
  for (const Id id : gone) schema.remove(id);
}

}  // namespace quoin
