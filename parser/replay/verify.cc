#include "parser/replay/verify.h"

#include <map>
#include <set>
#include <unordered_map>

#include "core/model/space.h"
#include "parser/migrations/refusals.h"
#include "parser/names/builtin_names.h"
#include "parser/replay/downs.h"

namespace quoin {

namespace {
/// Where in the history a name came, went, or became another.
struct Event {
  enum What { made, dropped, renamed } what;
  Id id;     // null: of what no kind models
  Text now;  // renamed: to what
  std::size_t statement;
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
  /// `born`: what is there before the first.
  History(const std::vector<Id>& born, const std::vector<ReplayedStatement>& statements) {
    for (Id id : born) add({Event::made, id, {}, 0}, name_of(id));
    for (std::size_t i = 0; i < statements.size(); ++i) {
      const Effects& effects = statements[i].effects;
      for (Id id : effects.makes) make(id, i);
      for (const Slot& slot : effects.unmodelled)
        add({Event::made, {}, {}, i}, {slot.space, slot.scope ? slot.scope->name : Text(), slot.name});
      for (Id id : effects.drops) add({Event::dropped, id, {}, i}, name_of(id));
      for (const auto& [from, to] : effects.renames) {
        add({Event::renamed, from, path(to), i}, name_of(from));
        make(to, i);
      }
    }
  }

  /// The last of the kind before `statement`, or the first after it.
  const Event* before(const Missing& missing, std::size_t statement) const {
    const Event* last = nullptr;
    for (const Event* event : of(missing))
      if (event->what != Event::made && event->statement < statement) last = event;
    return last;
  }
  const Event* after(const Missing& missing, std::size_t statement) const {
    for (const Event* event : of(missing))
      if (event->what == Event::made && event->statement > statement) return event;
    return nullptr;
  }

  /// The last statement that made what is there when `statement` makes it once more; nothing: it was born.
  std::optional<std::size_t> maker(Id id, std::size_t statement) const {
    const auto found = by_id_.find(id);
    if (found == by_id_.end()) return std::nullopt;
    const auto after = std::ranges::lower_bound(found->second, statement);
    if (after == found->second.begin()) return std::nullopt;
    return *(after - 1);
  }
  /// Names that a person may have meant: those held when `statement` missed one.
  List held(const Missing& missing, std::size_t statement) const {
    const std::size_t dot = missing.space == space::column ? missing.name.find('.') : Text::npos;
    const Text begin = concat(missing.space, " ", dot == Text::npos ? Text() : missing.name.substr(0, dot + 1));
    List names;
    for (auto found = by_name_.lower_bound(begin); found != by_name_.end() && found->first.starts_with(begin); ++found)
      if (const Event* last = last_by(found->second, missing, statement); last && last->what == Event::made)
        names.push_back(found->first.substr(missing.space.size() + 1));
    return names;
  }

 private:
  std::vector<std::pair<Name, Event>> all_;
  std::map<Text, std::vector<std::size_t>> by_name_;
  std::unordered_map<Id, std::vector<std::size_t>> by_id_;  // statements that made it

  void make(Id id, std::size_t statement) {
    by_id_[id].push_back(statement);
    add({Event::made, id, {}, statement}, name_of(id));
  }
  void add(Event event, Name name) {
    // Tables and views give their name to a type too.
    by_name_[key(name.in, name.name)].push_back(all_.size());
    if (name.in == space::relation) by_name_[key(space::type, name.name)].push_back(all_.size());
    all_.emplace_back(std::move(name), std::move(event));
  }
  const Event* last_by(const std::vector<std::size_t>& events, const Missing& missing, std::size_t statement) const {
    const Event* last = nullptr;
    for (std::size_t i : events)
      if (all_[i].second.statement <= statement && (missing.schema.empty() || all_[i].first.schema == missing.schema))
        last = &all_[i].second;
    return last;
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
  Judge(Verified& verified, const std::vector<Id>& born) : verified_(verified), born_(born) {}

  void run() {
    bool anything = false;
    auto undone = verified_.downs.begin();
    const auto judge_downs = [&](std::size_t statements) {
      for (; undone != verified_.downs.end() && undone->after <= statements; ++undone) judge_down(*undone, anything);
    };
    for (std::size_t i = 0; i < verified_.statements.size(); ++i) {
      judge_downs(i);
      const Effects& effects = verified_.statements[i].effects;
      for (const Missing& missing : effects.missing) judge(missing, i, anything);
      for (const auto& [id, offset] : effects.duplicates)
        if (!anything) duplicate(id, i, offset);
      if (!anything) refused(verified_.statements[i]);
      for (const Text& what : effects.unknown)
        add(i, effects.begin, {"unknown", what, {}, {}}).severity = Severity::note;
      anything = anything || effects.anything;
    }
    judge_downs(verified_.statements.size());
  }

 private:
  Verified& verified_;
  const std::vector<Id>& born_;
  std::optional<History> history_;  // asked only where something is wrong
  std::unordered_map<const Section*, Lines> lines_;
  int advised_ = 0;

  const History& history() { return history_ ? *history_ : history_.emplace(born_, verified_.statements); }
  struct Message {
    std::string_view rule;
    Text message, hint, object;
  };
  Finding& add(std::size_t statement, std::size_t offset, Message message) {
    return add(verified_.statements[statement], offset, std::move(message));
  }
  Finding& add(const ReplayedStatement& statement, std::size_t offset, Message message) {
    const Section& section = *statement.section;
    Finding& finding = verified_.findings.emplace_back();
    finding.rule = message.rule;
    finding.message = std::move(message.message);
    finding.hint = std::move(message.hint);
    finding.object = std::move(message.object);
    finding.place = place(section, offset);
    finding.source = shown_line(section.text, offset);
    std::size_t end = offset;
    const auto is_word = [&](char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '.'; };
    while (end < section.text.size() && is_word(section.text[end])) ++end;
    finding.width = std::max(1, static_cast<int>(characters(section.text.substr(offset, end - offset))));
    return finding;
  }
  Place place(const Section& section, std::size_t offset) {
    const LineColumn at = lines_.try_emplace(&section, section.text).first->second.at(offset);
    return place_of(section, at);
  }
  Text where(std::size_t statement) {
    return to_string(place(*verified_.statements[statement].section, verified_.statements[statement].effects.begin));
  }

  /// One finding a user, though it may need several of what a statement drops.
  void refused(const ReplayedStatement& statement) {
    const Effects& effects = statement.effects;
    std::unordered_set<Id> message;
    for (const auto& [user, used] : effects.refused) {
      if (!message.insert(user).second) continue;
      add(statement, effects.begin,
          {"needed-by", concat(path(used), " cannot be dropped: ", path(user), " needs it"),
           concat("drop ", path(user), " before, or say CASCADE"), path(used)});
    }
  }

  // The names that the down itself has taken away are told apart from those that were not there.
  void judge_down(const ReplayedDown& undone, bool anything) {
    const History own({}, undone.statements);
    for (std::size_t i = 0; i < undone.statements.size(); ++i) {
      const ReplayedStatement& statement = undone.statements[i];
      const std::size_t first = verified_.findings.size();
      for (const Missing& missing : statement.effects.missing) {
        const Event* gone = own.before(missing, i);
        if (gone || !anything)
          judge_missing_in(statement, missing, undone.after, gone ? &undone.statements[gone->statement] : nullptr);
      }
      for (const auto& [id, offset] : statement.effects.duplicates)
        if (!anything)
          add(statement, offset,
              {"duplicate", concat(path(id), " is there already, after this migration's own up"),
               "leave it out, or say IF NOT EXISTS where that is meant", path(id)});
      if (!anything) refused(statement);
      for (std::size_t at = first; at < verified_.findings.size(); ++at)
        verified_.findings[at].severity = Severity::warning;
      anything = anything || statement.effects.anything;
    }
  }

  void judge_missing_in(const ReplayedStatement& statement, const Missing& missing, std::size_t after,
                        const ReplayedStatement* gone) {
    const Text what = concat(noun(missing.space), " ", shown(missing));
    if (gone)
      return add(statement, missing.offset,
                 {"dropped-before",
                  concat(what, " is not there any more: it goes or is renamed in ", to_string(gone->place())),
                  concat("move this before ", to_string(gone->place()), ", or leave it out"), what}),
             void();
    const Event* before = history().before(missing, after);
    const Text why = !before ? Text()
                     : before->what == Event::renamed
                         ? concat(": it has become ", before->now, " in ", where(before->statement))
                         : concat(": it is dropped in ", where(before->statement));
    const auto near = after == 0 ? std::nullopt : nearest(missing.name, history().held(missing, after - 1));
    add(statement, missing.offset,
        {"missing", concat(what, " is not there after this migration's own up", why),
         near && *near != missing.name ? concat("is ", *near, " meant?") : "undo what the up does, or say IF EXISTS",
         what});
  }

  void judge(const Missing& missing, std::size_t statement, bool anything) {
    const Text what = concat(noun(missing.space), " ", shown(missing));
    const Event* before = history().before(missing, statement);
    const Event* after = history().after(missing, statement);
    if (before && before->what == Event::renamed)
      return add(statement, missing.offset,
                 {"renamed-before", concat(what, " has become ", before->now, " in ", where(before->statement)),
                  concat("say ", before->now, ", or move this before ", where(before->statement)), what}),
             void();
    if (before)
      return add(statement, missing.offset,
                 {"dropped-before", concat(what, " is not there: dropped in ", where(before->statement)),
                  concat("move this before ", where(before->statement), ", or leave it out"), what}),
             void();
    if (after)
      return add(statement, missing.offset,
                 {"created-later", concat(what, " is not there yet: created later, in ", where(after->statement)),
                  concat("move this after ", where(after->statement)), what}),
             void();
    if (const Event* extension = extension_after(missing, statement))
      return add(statement, missing.offset,
                 {"created-later",
                  concat(what, " is not there yet: it comes with an extension, in ", where(extension->statement)),
                  concat("move this after ", where(extension->statement)), what}),
             void();
    // Text that cannot be known ran before: it may have made what no statement makes.
    if (!anything)
      add(statement, missing.offset, {"missing", concat(what, " does not exist"), advice(missing, statement), what});
  }

  /// The extension that brings a type or routine of this name; empty: none that is known.
  static std::string_view extension_with(const Missing& missing) {
    using builtin::What;
    if (missing.space != space::type && missing.space != space::routine) return {};
    return builtin::extension_with(missing.space == space::type ? What::type : What::routine, missing.name);
  }
  const Event* extension_after(const Missing& missing, std::size_t statement) {
    const std::string_view name = extension_with(missing);
    return name.empty() ? nullptr : history().after({space::extension, {}, Text(name)}, statement);
  }

  Text advice(const Missing& missing, std::size_t statement) {
    if (const std::string_view extension = extension_with(missing); !extension.empty())
      return concat("extension ", quote_ident(extension), " has it: CREATE EXTENSION ", quote_ident(extension));
    constexpr int most = 200;  // each is compared with all that there is, and nobody reads more
    const auto near = ++advised_ <= most ? nearest(missing.name, history().held(missing, statement)) : std::nullopt;
    if (near && *near == missing.name) return "it is in a schema that is not in the search path: say its schema";
    return near ? concat("is ", *near, " meant?") : Text("no migration creates it: create it first, or mend the name");
  }

  void duplicate(Id id, std::size_t statement, std::size_t offset) {
    const std::optional<std::size_t> first = history().maker(id, statement);
    add(statement, offset,
        {"duplicate", concat(path(id), " is there already", first ? concat(": created in ", where(*first)) : Text()),
         "drop one of the two, or say IF NOT EXISTS where that is meant", path(id)});
  }
};

/// By file in the order of the migrations, then by line.
void sort_findings(Findings& findings, std::span<const Migration> migrations) {
  std::unordered_map<Text, std::size_t> order;
  for (const Migration& migration : migrations) {
    order.emplace(migration.up.file, order.size());
    if (migration.down) order.emplace(migration.down->file, order.size());
  }
  std::ranges::stable_sort(findings, {}, [&](const Finding& finding) {
    const auto file = order.find(finding.place.file);
    return std::pair(file == order.end() ? order.size() : file->second, finding.place.line);
  });
}

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
  Replay replay(schema, search_path);
  replay.assume(assumed, verified.findings);
  std::vector<Id> born;
  schema.each([&](const Object& object) { born.push_back(object.id); });
  Downs downs(migrations);
  for (const Migration& migration : migrations) {
    const std::size_t syntax = verified.findings.size();
    for (Effects& effects : replay.run(migration.up.text, migration.up.file, verified.findings))
      verified.statements.push_back({&migration.up, std::move(effects)});
    for (std::size_t i = syntax; i < verified.findings.size(); ++i)
      verified.findings[i].place.line += migration.up.line - 1;
    add_refusals(migration, syntax, verified.findings);
    downs.replay(migration, schema, replay, verified);
  }
  for (Finding& finding : unmet_needs(migrations)) verified.findings.push_back(std::move(finding));
  Judge(verified, born).run();
  downs.tell(verified.findings);
  sort_findings(verified.findings, migrations);
  return verified;
}

}  // namespace quoin
