#include "parser/replay/history.h"

#include "core/model/space.h"

namespace quoin {

namespace {
using StatementsOf = std::unordered_map<Id, std::vector<std::size_t>>;

Text key(std::string_view in, std::string_view name) { return concat(in, " ", name); }

std::optional<std::size_t> first_after(const StatementsOf& all, Id id, std::size_t statement) {
  const auto found = all.find(id);
  if (found == all.end()) return std::nullopt;
  const auto after = std::ranges::upper_bound(found->second, statement);
  if (after == found->second.end()) return std::nullopt;
  return *after;
}

std::optional<std::size_t> last_before(const StatementsOf& all, Id id, std::size_t statement) {
  const auto found = all.find(id);
  if (found == all.end()) return std::nullopt;
  const auto after = std::ranges::lower_bound(found->second, statement);
  if (after == found->second.begin()) return std::nullopt;
  return *(after - 1);
}
}  // namespace

NameHistory::Name NameHistory::name_of(Id id) {
  const Slots slots = slots_of(Object(id));
  const std::string_view in = slots.empty() ? std::string_view() : slots[0].space;
  const Id schema = schema_of(id);
  const bool is_part = id->parent && schema_of(id) != id->parent && in != space::relation;
  return {in, schema && schema != id ? schema->name : Text(),
          is_part ? concat(id->parent->name, ".", id->name) : id->name};
}

NameHistory::NameHistory(const std::vector<Id>& initial, const std::vector<ReplayedStatement>& statements) {
  for (Id id : initial) add({NameEvent::made, id, {}, 0}, name_of(id));
  for (std::size_t i = 0; i < statements.size(); ++i) {
    const Effects& effects = statements[i].effects;
    for (Id id : effects.makes) make(id, i);
    for (Id id : effects.changes) changed_[id].push_back(i);
    for (const Slot& slot : effects.unmodelled)
      add({NameEvent::made, {}, {}, i}, {slot.space, slot.scope ? slot.scope->name : Text(), slot.name});
    for (Id id : effects.drops) {
      freed_[id].push_back(i);
      add({NameEvent::dropped, id, {}, i}, name_of(id));
    }
    for (const auto& [from, to] : effects.renames) {
      freed_[from].push_back(i);
      add({NameEvent::renamed, from, path(to), i}, name_of(from));
      make(to, i);
    }
  }
}

const NameEvent* NameHistory::before(const Missing& missing, std::size_t statement) const {
  const NameEvent* last = nullptr;
  for (const NameEvent* event : of(missing))
    if (event->what != NameEvent::made && event->statement < statement) last = event;
  return last;
}

const NameEvent* NameHistory::after(const Missing& missing, std::size_t statement) const {
  for (const NameEvent* event : of(missing))
    if (event->what == NameEvent::made && event->statement > statement) return event;
  return nullptr;
}

std::optional<std::size_t> NameHistory::maker(Id id, std::size_t statement) const {
  return last_before(made_, id, statement);
}

std::optional<std::size_t> NameHistory::freed_before(Id id, std::size_t statement) const {
  return last_before(freed_, id, statement);
}

std::optional<std::size_t> NameHistory::freed_after(Id id, std::size_t statement) const {
  return first_after(freed_, id, statement);
}

std::optional<std::size_t> NameHistory::changed_after(Id id, std::size_t statement) const {
  return first_after(changed_, id, statement);
}

bool NameHistory::is_meant(const Missing& missing, Id id) {
  const Name name = name_of(id);
  return name.in == missing.space && name.name == missing.name &&
         (missing.schema.empty() || missing.schema == name.schema);
}

List NameHistory::held(const Missing& missing, std::size_t statement) const {
  const std::size_t dot = missing.space == space::column ? missing.name.find('.') : Text::npos;
  const Text begin = concat(missing.space, " ", dot == Text::npos ? Text() : missing.name.substr(0, dot + 1));
  List names;
  for (auto found = by_name_.lower_bound(begin); found != by_name_.end() && found->first.starts_with(begin); ++found)
    if (const NameEvent* last = last_by(found->second, missing, statement); last && last->what == NameEvent::made)
      names.push_back(found->first.substr(missing.space.size() + 1));
  return names;
}

void NameHistory::make(Id id, std::size_t statement) {
  made_[id].push_back(statement);
  add({NameEvent::made, id, {}, statement}, name_of(id));
}

void NameHistory::add(NameEvent event, Name name) {
  // Tables and views give their name to a type too.
  by_name_[key(name.in, name.name)].push_back(all_.size());
  if (name.in == space::relation) by_name_[key(space::type, name.name)].push_back(all_.size());
  all_.emplace_back(std::move(name), std::move(event));
}

const NameEvent* NameHistory::last_by(const std::vector<std::size_t>& events, const Missing& missing,
                                      std::size_t statement) const {
  const NameEvent* last = nullptr;
  for (std::size_t i : events)
    if (all_[i].second.statement <= statement && (missing.schema.empty() || all_[i].first.schema == missing.schema))
      last = &all_[i].second;
  return last;
}

std::vector<const NameEvent*> NameHistory::of(const Missing& missing) const {
  std::vector<const NameEvent*> events;
  const auto found = by_name_.find(key(missing.space, missing.name));
  if (found != by_name_.end())
    for (std::size_t i : found->second)
      if (missing.schema.empty() || all_[i].first.schema == missing.schema) events.push_back(&all_[i].second);
  return events;
}

}  // namespace quoin
