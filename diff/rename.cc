#include "diff/diff.h"
#include "diff/draft.h"

namespace quoin {

namespace {
struct Name {
  Text old_name, new_name;
};

class Renamer {
 public:
  Renamer(Schema& from, const Schema& to, const RenameInTexts& in_texts) : from_(from), to_(to), in_texts_(in_texts) {}

  Renames all() {
    std::vector<const Object*> asked;
    for (const Object* object : to_.objects())
      if (!object->renamed_from.empty()) asked.push_back(object);
    // One may have to wait for another to leave the name.
    while (std::erase_if(asked, [this](const Object* object) { return rename_as_asked(*object); }) != 0) {}
    if (!names_.empty()) rename_what_follows();
    std::ranges::reverse(renames_.down);
    return std::move(renames_);
  }

 private:
  bool rename_as_asked(const Object& wanted) {
    const Id now = wanted.id, old = from_.ids().of(*now->kind, now->parent, wanted.renamed_from, now->signature);
    if (!from_.find(old) || from_.find(now)) return false;
    for (const Slot& slot : slots_of(wanted))
      if (const Id holder = from_.holder(slot); holder && holder != old)
        throw Error(Code::input,
                    concat(path(old), " cannot be renamed to ", now->name, ": ", path(holder), " has that name"),
                    wanted.place, "rename or drop that one in a migration of its own first");
    rename(old, now);
    names_[group_of(now)].push_back({old->name, now->name});
    return true;
  }

  void rename(Id old, Id now) {
    Step there{.sql = rename_sql(old, now->name), .makes = {now}, .drops = {old}};
    Step back{.sql = rename_sql(now, old->name), .makes = {old}, .drops = {now}};
    there.frees = back.takes = slots_of(*from_.find(old));
    from_.rename(old, now);
    there.takes = back.frees = slots_of(*from_.find(now));
    if (in_texts_) in_texts_(from_, old, now);
    renames_.up.push_back(std::move(there));
    renames_.down.push_back(std::move(back));
  }

  // What was named after a renamed object, and differs from what is wanted by that alone.
  void rename_what_follows() {
    std::vector<std::pair<Id, Id>> found;
    for (const Object* object : std::as_const(from_).objects()) {
      if (to_.find(object->id)) continue;
      if (const Id now = follows(*object)) found.emplace_back(object->id, now);
    }
    for (const auto& [old, now] : found)
      if (!from_.find(now)) rename(old, now);
  }

  Id follows(const Object& object) const {
    const Id host = dropped_with(object);
    auto names = names_.find(group_of(object.id));
    if (names == names_.end() && host) names = names_.find(group_of(host));
    if (names == names_.end()) return Id();
    for (const Text& name : derived(object.id->name, names->second)) {
      const Id now = from_.ids().of(*object.id->kind, object.id->parent, name, object.id->signature);
      const Object* wanted = to_.find(now);
      if (wanted && !from_.find(now) && object.differences(*wanted).none()) return now;
    }
    return Id();
  }

  // Each rename applied at most once, at any place where the name stands as a word between underscores.
  static List derived(const Text& name, const std::vector<Name>& names) {
    List all{name};
    for (const Name& renamed : names)
      for (std::size_t i = 0, known = all.size(); i < known; ++i)
        for (std::size_t at = all[i].find(renamed.old_name); at != Text::npos;
             at = all[i].find(renamed.old_name, at + 1)) {
          const std::size_t end = at + renamed.old_name.size();
          if ((at != 0 && all[i][at - 1] != '_') || (end != all[i].size() && all[i][end] != '_')) continue;
          all.push_back(truncate_identifier(concat(all[i].substr(0, at), renamed.new_name, all[i].substr(end))));
        }
    return all;
  }

  Schema& from_;
  const Schema& to_;
  const RenameInTexts& in_texts_;
  Renames renames_;
  std::unordered_map<Id, std::vector<Name>> names_;  // by group: what was renamed there
};
}  // namespace

Renames rename_first(Schema& from, const Schema& to, const RenameInTexts& in_texts) {
  return Renamer(from, to, in_texts).all();
}

}  // namespace quoin
