#include "parser/replay/verify.h"

#include <unordered_map>

#include "core/model/space.h"
#include "kinds/constraint/referenced_key.h"
#include "parser/migrations/refusals.h"
#include "parser/names/builtin_names.h"
#include "parser/replay/downs.h"
#include "parser/replay/history.h"
#include "parser/replay/refused.h"
#include "parser/replay/ups.h"

namespace quoin {

namespace {
std::string_view noun(std::string_view in) {
  if (in == space::relation) return "table, view or sequence";
  return in == space::routine ? "function or procedure" : in;
}

Text shown(const Missing& missing) {
  Text name = missing.space == space_of_keys ? missing.name : Text();
  for (const Text& part : name.empty() ? split(missing.name, '.') : List())
    name += concat(name.empty() ? "" : ".", quote_ident(part));
  return missing.schema.empty() ? name : concat(quote_ident(missing.schema), ".", name);
}

class Judge {
 public:
  Judge(Verified& verified, const std::vector<Id>& initial, std::span<const Migration> migrations)
      : verified_(verified), initial_(initial), migrations_(migrations) {
    for (std::size_t i = 0; i < migrations.size(); ++i) number_[&migrations[i].up] = i;
    for (const IncludedSection& one : verified.included) number_[one.section.get()] = one.migration;
  }

  void run() {
    bool anything = false;
    auto undone = verified_.downs.begin();
    const auto judge_downs = [&](std::size_t statements) {
      for (; undone != verified_.downs.end() && undone->after <= statements; ++undone)
        judge_down(*undone, anything || is_behind_unfilled(undone->after));
    };
    for (std::size_t i = 0; i < verified_.statements.size(); ++i) {
      judge_downs(i);
      anything = anything || is_behind_unfilled(i);
      const Effects& effects = verified_.statements[i].effects;
      for (const Missing& missing : effects.missing) judge(missing, i, anything);
      for (const auto& [id, offset] : effects.duplicates)
        if (!anything) duplicate(id, i, offset);
      if (anything) {
        verified_.possible_errors += effects.duplicates.size() + effects.refused.size();
      } else {
        refused(verified_.statements[i]);
        order_refused(i);
      }
      for (const Text& what : effects.unknown)
        add(i, effects.begin, {"unknown", what, {}, {}}).severity = Severity::note;
      for (const auto& [offset, what] : effects.told)
        add(i, offset, {"unknown", what, {}, {}}).severity = Severity::note;
      anything = anything || effects.anything;
    }
    judge_downs(verified_.statements.size());
  }

 private:
  Verified& verified_;
  const std::vector<Id>& initial_;
  std::span<const Migration> migrations_;
  std::unordered_map<const Section*, std::size_t> number_;  // of migrations, by their ups
  std::optional<NameHistory> history_;                      // asked only where something is wrong
  std::unordered_map<const Section*, Lines> lines_;
  int advised_ = 0;

  /// What such a statement does is not known.
  bool is_behind_unfilled(std::size_t statement) const {
    return verified_.unfilled && statement >= *verified_.unfilled;
  }
  const NameHistory& history() { return history_ ? *history_ : history_.emplace(initial_, verified_.statements); }
  struct Message {
    RuleName rule;
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
      // ALTER COLUMN … DROP NOT NULL, DROP DEFAULT and DROP IDENTITY know no CASCADE.
      const std::string_view otherwise = used->kind->has_name() ? "say CASCADE" : "leave this out";
      add(statement, effects.begin,
          {"needed-by", concat(path(used), " cannot be dropped: ", path(user), " needs it"),
           concat("drop ", path(user), " before, or ", otherwise), path(used)});
    }
  }

  // A name that the down itself has dropped gets another finding than one that its up did not leave.
  void judge_down(const ReplayedDown& undone, bool anything) {
    std::optional<NameHistory> own;  // asked only where a name is missing
    const auto gone_before = [&](const Missing& missing, std::size_t at) {
      if (!own) own.emplace(std::vector<Id>(), undone.statements);
      return own->before(missing, at);
    };
    for (std::size_t i = 0; i < undone.statements.size(); ++i) {
      const ReplayedStatement& statement = undone.statements[i];
      const std::size_t first = verified_.findings.size();
      for (const Missing& missing : statement.effects.missing)
        if (const NameEvent* gone = gone_before(missing, i); gone || !anything)
          judge_missing_in(statement, missing, undone.after, gone ? &undone.statements[gone->statement] : nullptr);
      for (const auto& [id, offset] : statement.effects.duplicates)
        if (!anything)
          add(statement, offset,
              {"duplicate", concat(path(id), " is there already, after this migration's own up"),
               "leave it out, or say IF NOT EXISTS where that is meant", path(id)});
      if (!anything) refused(statement);
      if (anything && verified_.findings.size() == first) note_possible_errors(statement);
      for (std::size_t at = first; at < verified_.findings.size(); ++at)
        verified_.findings[at].severity = verified_.findings[at].rule == "unknown" ? Severity::note : Severity::warning;
      anything = anything || statement.effects.anything;
    }
  }

  /// Notes what would be errors, if SQL that is not known had not run before.
  void note_possible_errors(const ReplayedStatement& statement) {
    const Effects& effects = statement.effects;
    const Text what = !effects.missing.empty()
                          ? concat(noun(effects.missing[0].space), " ", shown(effects.missing[0]), " may not be there")
                      : !effects.duplicates.empty() ? concat(path(effects.duplicates[0].first), " may be there already")
                      : !effects.refused.empty()
                          ? concat(path(effects.refused[0].first), " may still need ", path(effects.refused[0].second))
                          : Text();
    if (!what.empty())
      add(statement, effects.begin, {"unknown", concat(what, ": not all is known that ran before"), {}, {}});
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
    const NameEvent* before = history().before(missing, after);
    const Text why = !before ? Text()
                     : before->what == NameEvent::renamed
                         ? concat(": it has become ", before->now, " in ", where(before->statement))
                         : concat(": it is dropped in ", where(before->statement));
    const auto near = after == 0 ? std::nullopt : nearest(missing.name, history().held(missing, after - 1));
    add(statement, missing.offset,
        {"missing", concat(what, " is not there after this migration's own up", why),
         near && *near != missing.name ? concat("is ", *near, " meant?") : "undo what the up does, or say IF EXISTS",
         what});
  }

  /// The migration of statement `first` should come before that of `second`; `reasons` has a verb phrase for each.
  struct Reasons {
    Text of_first, of_second;
  };
  void order(std::size_t first, std::size_t second, const Reasons& reasons) {
    const std::size_t one = number_.at(verified_.statements[first].section),
                      other = number_.at(verified_.statements[second].section);
    if (one == other) return;
    verified_.out_of_order.push_back({one, other,
                                      concat(migrations_[one].label(), " ", reasons.of_first, ", which ",
                                             migrations_[other].label(), " ", reasons.of_second)});
  }

  void order_missing(const Missing& missing, std::size_t statement, const Text& what) {
    if (const NameEvent* before = history().before(missing, statement))
      order(statement, before->statement,
            {concat("needs ", what),
             before->what == NameEvent::renamed ? concat("renames to ", before->now) : Text("drops")});
    const NameEvent* after = history().after(missing, statement);
    if (after) order(after->statement, statement, {concat("makes ", what), "needs"});
    if (const NameEvent* extension = after ? nullptr : extension_after(missing, statement))
      order(extension->statement, statement, {concat("makes the extension of ", what), "needs"});
  }

  /// The name is freed by a later statement: this migration could come after that, or the first maker could.
  void order_duplicate(Id id, std::size_t statement) {
    const auto made = history().maker(id, statement);
    if (const auto freed = made ? history().freed_before(id, *made) : std::nullopt)
      order(*made, *freed, {concat("makes ", path(id)), "drops or renames"});
    // The first maker missed the object when it ran, so that it may need the one made here.
    if (made && missed_before(id, *made)) order(statement, *made, {concat("makes ", path(id)), "needs"});
    const std::optional<std::size_t> freed = history().freed_after(id, statement);
    if (!freed) return;
    order(*freed, statement, {concat("drops or renames ", path(id)), "makes anew"});
    if (made) order(*freed, *made, {concat("drops or renames ", path(id)), "makes anew"});
  }

  /// True if the migration of a statement missed the object in it, or before it.
  bool missed_before(Id id, std::size_t statement) const {
    for (std::size_t i = statement + 1;
         i-- > 0 && verified_.statements[i].section == verified_.statements[statement].section;)
      for (const Missing& missing : verified_.statements[i].effects.missing)
        if (NameHistory::is_meant(missing, id)) return true;
    return false;
  }

  void order_refused(std::size_t statement) {
    std::unordered_set<Id> seen;
    for (const auto& [user, used] : verified_.statements[statement].effects.refused) {
      if (!seen.insert(user).second) continue;
      if (const auto freed = history().freed_after(user, statement))
        order(*freed, statement, {concat("drops or renames ", path(user)), concat("needs gone to drop ", path(used))});
      if (const auto changed = history().changed_after(user, statement))
        order(*changed, statement, {concat("changes ", path(user)), concat("needs changed to drop ", path(used))});
      if (const auto maker = history().maker(user, statement))
        order(statement, *maker, {concat("drops ", path(used)), concat("has anew, for ", path(user))});
    }
  }

  void judge(const Missing& missing, std::size_t statement, bool anything) {
    const Text what = concat(noun(missing.space), " ", shown(missing));
    order_missing(missing, statement, what);
    const NameEvent* before = history().before(missing, statement);
    const NameEvent* after = history().after(missing, statement);
    if (before && before->what == NameEvent::renamed)
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
    if (const NameEvent* extension = extension_after(missing, statement))
      return add(statement, missing.offset,
                 {"created-later",
                  concat(what, " is not there yet: it comes with an extension, in ", where(extension->statement)),
                  concat("move this after ", where(extension->statement)), what}),
             void();
    // Text that cannot be known ran before: it may have made what no statement makes.
    verified_.possible_errors += anything ? 1 : 0;
    if (!anything)
      add(statement, missing.offset, {"missing", concat(what, " does not exist"), advice(missing, statement), what});
  }

  /// The extension that brings a type or routine of this name; empty: none that is known.
  static std::string_view extension_with(const Missing& missing) {
    using builtin::What;
    if (missing.space != space::type && missing.space != space::routine) return {};
    return builtin::extension_with(missing.space == space::type ? What::type : What::routine, missing.name);
  }
  const NameEvent* extension_after(const Missing& missing, std::size_t statement) {
    const std::string_view name = extension_with(missing);
    return name.empty() ? nullptr : history().after({space::extension, {}, Text(name)}, statement);
  }

  bool is_held(const Missing& name, std::size_t statement) {
    return std::ranges::count(history().held(name, statement), name.name) > 0;
  }

  Text advice(const Missing& missing, std::size_t statement) {
    if (const std::string_view extension = extension_with(missing); !extension.empty())
      return is_held({space::extension, {}, Text(extension)}, statement)
                 ? concat("extension ", quote_ident(extension), " has it, in a schema that is not in the search path: ",
                          "say its schema, or give verify the path that the session has: --search-path")
                 : concat("extension ", quote_ident(extension), " has it: CREATE EXTENSION ", quote_ident(extension));
    if (missing.space == space_of_keys)
      return "a foreign key needs one: add PRIMARY KEY or UNIQUE there first, or refer to columns that have it";
    constexpr int most = 200;  // each is compared with all that there is, and nobody reads more
    const auto near = ++advised_ <= most ? nearest(missing.name, history().held(missing, statement)) : std::nullopt;
    if (near && *near == missing.name) return "it is in a schema that is not in the search path: say its schema";
    return near ? concat("is ", *near, " meant?") : Text("no migration creates it: create it first, or mend the name");
  }

  void duplicate(Id id, std::size_t statement, std::size_t offset) {
    const std::optional<std::size_t> first = history().maker(id, statement);
    order_duplicate(id, statement);
    const ReplayedStatement& one = verified_.statements[statement];
    const Text begin = lower(std::string_view(one.section->text).substr(one.effects.begin, 40));
    const Text made = first ? concat(": created in ", where(*first)) : Text();
    const bool is_told_apart = !id->signature.empty();
    if (is_told_apart && begin.starts_with("create") && begin.find("replace") != Text::npos)
      return add(statement, offset,
                 {"duplicate", concat(path(id), " gives something else, which OR REPLACE cannot change", made),
                  "drop it before, with what needs it", path(id)}),
             void();
    if (is_told_apart && !begin.starts_with("create") && !begin.starts_with("do"))
      return add(statement, offset,
                 {"duplicate", concat(path(id), " is not alone with its name", made),
                  "say the arguments of the one meant", path(id)}),
             void();
    add(statement, offset,
        {"duplicate", concat(path(id), " is there already", made),
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

void order_by_directives(std::span<const Migration> migrations, std::vector<OutOfOrder>& out_of_order) {
  for (std::size_t i = 0; i < migrations.size(); ++i)
    for (const Directive& directive : migrations[i].up.directives)
      if (const auto need = directive.name == "depends-on" ? needed_by(directive, migrations) : std::nullopt)
        if (*need > i)
          out_of_order.push_back(
              {*need, i, concat(migrations[i].label(), " says that it depends on ", migrations[*need].label())});
}
}  // namespace

Verified verify(std::span<const Migration> migrations, Schema& schema, const List& search_path,
                const Assumed& assumed) {
  Verified verified;
  Replay replay(schema, search_path);
  replay.assume(assumed, verified.findings);
  std::vector<Id> initial;
  schema.each([&](const Object& object) { initial.push_back(object.id); });
  Downs downs(migrations);
  for (const Migration& migration : migrations) {
    const std::size_t syntax = verified.findings.size(), before = verified.statements.size();
    downs.before(migration, schema, verified);
    replay_up(migration, static_cast<std::size_t>(&migration - migrations.data()), replay, verified);
    add_refusals(migration, syntax, verified.findings);
    if (!verified.unfilled && is_unfilled(migration, syntax, verified.findings)) verified.unfilled = before;
    downs.replay(migration, schema, replay, verified);
  }
  for (Finding& finding : unmet_needs(migrations)) verified.findings.push_back(std::move(finding));
  order_by_directives(migrations, verified.out_of_order);
  Judge(verified, initial, migrations).run();
  downs.tell(verified.findings);
  sort_findings(verified.findings, migrations);
  return verified;
}

}  // namespace quoin
