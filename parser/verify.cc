#include "parser/verify.h"

#include <unordered_map>

#include "kinds/space.h"
#include "parser/builtin_names.h"
#include "parser/migration_refusals.h"

namespace quoin {

namespace {
/// Where in the history a name came, went, or became another.
struct Event {
  enum What { made, dropped, renamed } what;
  Id id;     // null: of what no kind models
  Text now;  // renamed: to what
  std::size_t deed;
};

/// The names of a space, as people write them: of columns and other parts with what they belong to.
struct Name {
  std::string_view in;
  Text schema, name;
};

Name name_of(Id id) {
  const Slots slots = slots_of(Object(id));
  const std::string_view in = slots.empty() ? std::string_view() : slots[0].space;
  const Id schema = schema_of(id);
  const bool is_part = id->parent && schema_of(id) != id->parent && in != space::relation;
  return {in, schema && schema != id ? schema->name : Text(),
          is_part ? concat(id->parent->name, ".", id->name) : id->name};
}

Text key(std::string_view in, std::string_view name) { return concat(in, " ", name); }

class History {
 public:
  explicit History(const std::vector<Deed>& deeds) {
    for (std::size_t i = 0; i < deeds.size(); ++i) {
      const Effects& effects = deeds[i].effects;
      for (Id id : effects.makes) add({Event::made, id, {}, i}, name_of(id));
      for (const Slot& slot : effects.unmodelled)
        add({Event::made, {}, {}, i}, {slot.space, slot.scope ? slot.scope->name : Text(), slot.name});
      for (Id id : effects.drops) add({Event::dropped, id, {}, i}, name_of(id));
      for (const auto& [from, to] : effects.renames) {
        add({Event::renamed, from, path(to), i}, name_of(from));
        add({Event::made, to, {}, i}, name_of(to));
      }
    }
  }

  /// The last of the kind before `deed`, or the first after it.
  const Event* before(const Missing& missing, std::size_t deed) const {
    const Event* last = nullptr;
    for (const Event* event : of(missing))
      if (event->what != Event::made && event->deed < deed) last = event;
    return last;
  }
  const Event* after(const Missing& missing, std::size_t deed) const {
    for (const Event* event : of(missing))
      if (event->what == Event::made && event->deed > deed) return event;
    return nullptr;
  }

 private:
  std::vector<std::pair<Name, Event>> all_;
  std::unordered_map<Text, std::vector<std::size_t>> by_name_;

  void add(Event event, Name name) {
    // Tables and views give their name to a type too.
    by_name_[key(name.in, name.name)].push_back(all_.size());
    if (name.in == space::relation) by_name_[key(space::type, name.name)].push_back(all_.size());
    all_.emplace_back(std::move(name), std::move(event));
  }
  std::vector<const Event*> of(const Missing& missing) const {
    std::vector<const Event*> events;
    const auto found = by_name_.find(key(missing.space, missing.name));
    if (found != by_name_.end())
      for (std::size_t i : found->second)
        if (missing.schema.empty() || all_[i].first.schema == missing.schema) events.push_back(&all_[i].second);
    return events;
  }
};

std::string_view noun(std::string_view in) {
  if (in == space::relation) return "table, view or sequence";
  return in == space::routine ? "function or procedure" : in;
}

Text shown(const Missing& missing) {
  Text name;
  for (const Text& part : split(missing.name, '.')) name += concat(name.empty() ? "" : ".", quote_ident(part));
  return missing.schema.empty() ? name : concat(quote_ident(missing.schema), ".", name);
}

class Judge {
 public:
  Judge(Verified& verified, const std::vector<List>& candidates)
      : verified_(verified), history_(verified.deeds), candidates_(candidates) {}

  void run() {
    bool anything = false;
    std::size_t missing_number = 0;
    for (std::size_t i = 0; i < verified_.deeds.size(); ++i) {
      const Effects& effects = verified_.deeds[i].effects;
      for (const Missing& missing : effects.missing) judge(missing, i, candidates_[missing_number++], anything);
      for (const auto& [id, offset] : effects.duplicates)
        if (!anything) duplicate(id, i, offset);
      if (!anything) refused(i);
      for (const Text& unknown : effects.unknown)
        add(i, effects.begin, {"unknown", unknown, {}, {}}).severity = Severity::note;
      anything = anything || effects.anything;
    }
  }

 private:
  Verified& verified_;
  History history_;
  const std::vector<List>& candidates_;

  struct Said {
    std::string_view rule;
    Text message, hint, object;
  };
  Finding& add(std::size_t deed, std::size_t offset, Said said) {
    const Section& section = *verified_.deeds[deed].section;
    Finding& finding = verified_.findings.emplace_back();
    finding.rule = said.rule;
    finding.message = std::move(said.message);
    finding.hint = std::move(said.hint);
    finding.object = std::move(said.object);
    finding.place = place_of(section, offset);
    finding.source = line_at(section.text, std::min(offset, section.text.size()));
    std::size_t end = offset;
    const auto is_word = [&](char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '.'; };
    while (end < section.text.size() && is_word(section.text[end])) ++end;
    finding.width = std::max(1, static_cast<int>(characters(section.text.substr(offset, end - offset))));
    return finding;
  }
  Text where(std::size_t deed) const { return to_string(verified_.deeds[deed].place()); }

  /// One finding a user, though it may need several of what a statement drops.
  void refused(std::size_t deed) {
    const Effects& effects = verified_.deeds[deed].effects;
    std::vector<Id> said;
    for (const auto& [user, used] : effects.refused) {
      if (std::ranges::count(said, user)) continue;
      said.push_back(user);
      add(deed, effects.begin,
          {"needed-by", concat(path(used), " cannot be dropped: ", path(user), " needs it"),
           concat("drop ", path(user), " before, or say CASCADE"), path(used)});
    }
  }

  void judge(const Missing& missing, std::size_t deed, const List& candidates, bool anything) {
    const Text what = concat(noun(missing.space), " ", shown(missing));
    const Event* before = history_.before(missing, deed);
    const Event* after = history_.after(missing, deed);
    if (before && before->what == Event::renamed)
      return add(deed, missing.offset,
                 {"renamed-before", concat(what, " has become ", before->now, " in ", where(before->deed)),
                  concat("say ", before->now, ", or move this before ", where(before->deed)), what}),
             void();
    if (before)
      return add(deed, missing.offset,
                 {"dropped-before", concat(what, " is not there: dropped in ", where(before->deed)),
                  concat("move this before ", where(before->deed), ", or leave it out"), what}),
             void();
    if (after)
      return add(deed, missing.offset,
                 {"created-later", concat(what, " is not there yet: created later, in ", where(after->deed)),
                  concat("move this after ", where(after->deed)), what}),
             void();
    if (const Event* extension = extension_after(missing, deed))
      return add(deed, missing.offset,
                 {"created-later",
                  concat(what, " is not there yet: it comes with an extension, in ", where(extension->deed)),
                  concat("move this after ", where(extension->deed)), what}),
             void();
    // Text that cannot be known ran before: it may have made what no statement makes.
    if (!anything)
      add(deed, missing.offset, {"missing", concat(what, " does not exist"), advice(missing, candidates), what});
  }

  /// The extension that brings a type or routine of this name; empty: none that is known.
  static std::string_view extension_with(const Missing& missing) {
    using builtin::What;
    if (missing.space != space::type && missing.space != space::routine) return {};
    return builtin::extension_with(missing.space == space::type ? What::type : What::routine, missing.name);
  }
  const Event* extension_after(const Missing& missing, std::size_t deed) const {
    const std::string_view name = extension_with(missing);
    return name.empty() ? nullptr : history_.after({space::extension, {}, Text(name)}, deed);
  }

  static Text advice(const Missing& missing, const List& candidates) {
    if (const std::string_view extension = extension_with(missing); !extension.empty())
      return concat("extension ", quote_ident(extension), " has it: CREATE EXTENSION ", quote_ident(extension));
    const auto near = nearest(missing.name, candidates);
    if (near && *near == missing.name) return "it is in a schema that is not in the search path: say its schema";
    return near ? concat("is ", *near, " meant?") : Text("no migration creates it: create it first, or mend the name");
  }

  void duplicate(Id id, std::size_t deed, std::size_t offset) {
    std::optional<std::size_t> first;
    for (std::size_t i = 0; i < deed; ++i) {
      const Effects& effects = verified_.deeds[i].effects;
      const bool renamed = std::ranges::count(effects.renames, id, &std::pair<Id, Id>::second) > 0;
      if (renamed || std::ranges::count(effects.makes, id)) first = i;
    }
    add(deed, offset,
        {"duplicate", concat(path(id), " is there already", first ? concat(": created in ", where(*first)) : Text()),
         "drop one of the two, or say IF NOT EXISTS where that is meant", path(id)});
  }
};

/// Names that a person may have meant, of what is there when the name is missed.
List candidates_for(const Missing& missing, const Schema& schema) {
  List names;
  const std::size_t dot = missing.space == space::column ? missing.name.find('.') : Text::npos;
  schema.each([&](const Object& object) {
    const Name name = name_of(object.id);
    if (name.in != missing.space || (!missing.schema.empty() && name.schema != missing.schema)) return;
    if (dot == Text::npos || name.name.starts_with(missing.name.substr(0, dot + 1))) names.push_back(name.name);
  });
  return names;
}
}  // namespace

namespace {
/// What a tool should have filled in is no mistake of syntax besides.
void add_refusals(const Migration& migration, std::size_t first, Findings& findings) {
  for (Finding& refusal : refusals(migration)) {
    if (refusal.rule == "placeholder")
      findings.erase(std::remove_if(findings.begin() + static_cast<std::ptrdiff_t>(first), findings.end(),
                                    [&](const Finding& one) {
                                      return one.rule == "syntax" && one.place.line == refusal.place.line;
                                    }),
                     findings.end());
    findings.push_back(std::move(refusal));
  }
}
}  // namespace

Verified verify(std::span<const Migration> migrations, Schema& schema, const List& search_path,
                const Assumed& assumed) {
  Verified verified;
  std::vector<List> candidates;  // one list a missing name, in order
  Replay replay(schema, search_path);
  replay.assume(assumed, verified.findings);
  for (const Migration& migration : migrations) {
    const std::size_t syntax = verified.findings.size();
    for (Effects& effects : replay.run(migration.up.text, migration.up.file, verified.findings)) {
      for (const Missing& missing : effects.missing) candidates.push_back(candidates_for(missing, schema));
      verified.deeds.push_back({&migration.up, std::move(effects)});
    }
    for (std::size_t i = syntax; i < verified.findings.size(); ++i)
      verified.findings[i].place.line += migration.up.line - 1;
    add_refusals(migration, syntax, verified.findings);
  }
  for (Finding& finding : unmet_needs(migrations)) verified.findings.push_back(std::move(finding));
  Judge(verified, candidates).run();
  std::ranges::stable_sort(verified.findings, {}, [&](const Finding& finding) {
    const auto at = std::ranges::find(migrations, finding.place.file, [](const Migration& m) { return m.up.file; });
    return std::pair(at - migrations.begin(), finding.place.line);
  });
  return verified;
}

}  // namespace quoin
