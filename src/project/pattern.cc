#include "project/pattern.h"

#include <cctype>
#include <optional>

#include "kinds/list.h"

namespace quoin {
namespace {
List words_of(const Kind& kind) { return {Text(kind.name), lower(kind.noun)}; }

std::vector<const Kind*> kinds_called(std::string_view word) {
  std::vector<const Kind*> found;
  for (const Kind* kind : all_kinds())
    if (!kind->has(opaque) && std::ranges::count(words_of(*kind), lower(word)) > 0) found.push_back(kind);
  return found;
}

List known_words() {
  List all;
  for (const Kind* kind : all_kinds())
    for (Text& word : words_of(*kind))
      if (!kind->has(opaque) && !word.empty() && std::ranges::count(all, word) == 0) all.push_back(std::move(word));
  std::ranges::sort(all);
  return all;
}

/// Its last blank outside of quotes and parentheses: what comes before is the word for kinds.
std::size_t end_of_word(std::string_view text) {
  std::size_t found = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') quoted = !quoted;
    if (quoted) continue;
    if (text[i] == '(') break;
    if (text[i] == ' ') found = i;
  }
  return found;
}

/// The parts of a name, folded, with a backslash before what quotes make stand for itself; none where it is no name.
List parts_of_name(std::string_view name) {
  List parts{""};
  bool quoted = false;
  for (const char c : name) {
    if (c == '"') {
      quoted = !quoted;
    } else if (quoted) {
      if (c == '*' || c == '?' || c == '\\') parts.back() += '\\';
      parts.back() += c;
    } else if (c == '.') {
      parts.emplace_back();
    } else if (c == '\\' || std::isspace(static_cast<unsigned char>(c))) {
      return {};
    } else {
      parts.back() += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    }
  }
  const bool has_empty = std::ranges::any_of(parts, [](const Text& part) { return part.empty(); });
  return quoted || has_empty ? List() : parts;
}

/// Goes back to the last star alone, so that it takes no longer than the one length times the other.
bool is_like(std::string_view name, std::string_view pattern) {
  std::size_t at = 0, i = 0, star = pattern.npos, from = 0;
  while (at < name.size()) {
    const bool stands_for_itself = i + 1 < pattern.size() && pattern[i] == '\\';
    if (i < pattern.size() && pattern[i] == '*') {
      star = i++;
      from = at;
    } else if (stands_for_itself && pattern[i + 1] == name[at]) {
      i += 2;
      ++at;
    } else if (!stands_for_itself && i < pattern.size() && (pattern[i] == '?' || pattern[i] == name[at])) {
      ++i;
      ++at;
    } else if (star != pattern.npos) {
      i = star + 1;
      at = ++from;
    } else {
      return false;
    }
  }
  while (i < pattern.size() && pattern[i] == '*') ++i;
  return i == pattern.size();
}

/// {"public", "users", "id"} of a column, and of the comment on it.
std::vector<std::string_view> names_of(Id id) {
  std::vector<std::string_view> names;
  for (; id; id = id->parent)
    if (!id->name.empty()) names.insert(names.begin(), id->name);
  return names;
}

BadPattern unknown_word(std::string_view word) {
  const List known = known_words();
  const std::optional<Text> close = nearest(lower(word), known);
  return {concat("there is no kind of object called ", word),
          close ? concat("did you mean ", *close, "?") : concat("the kinds are ", join(known, ", "))};
}
}  // namespace

bool stands_by_itself(Id id) { return id->kind->has_name() && (!id->parent || id->parent->kind->has(is_namespace)); }

Pattern Pattern::read(std::string_view text, std::optional<BadPattern>& bad) {
  Pattern pattern;
  text = trim(text);
  const std::size_t end = end_of_word(text);
  const std::string_view word = trim(text.substr(0, end));
  std::string_view name = trim(text.substr(end));
  if (!word.empty()) pattern.kinds_ = kinds_called(word);
  if (!word.empty() && pattern.kinds_.empty()) {
    bad = unknown_word(word);
    return pattern;
  }
  if (const std::size_t open = name.find('('); open != name.npos && name.ends_with(')')) {
    pattern.signature_ = name.substr(open);
    name = name.substr(0, open);
  }
  pattern.parts_ = parts_of_name(name);
  if (pattern.parts_.empty())
    bad = {concat(text.empty() ? "an empty text" : text, " is no pattern for names"),
           "write a kind of object, where one is meant, and a name: table public.audit_*, public.*, "
           "function app.add(integer, integer)"};
  return pattern;
}

bool Pattern::names_one() const {
  if (parts_.empty()) return false;
  const Text& name = parts_.back();
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (name[i] == '\\')
      ++i;
    else if (name[i] == '*' || name[i] == '?')
      return false;
  }
  return true;
}

bool Pattern::fits(Id id) const {
  if (parts_.empty() || (kinds_.empty() ? !stands_by_itself(id) : std::ranges::count(kinds_, id->kind) == 0))
    return false;
  const std::vector<std::string_view> names = names_of(id);
  if (names.size() < parts_.size() || (signature_ && *signature_ != id->signature)) return false;
  const std::size_t skipped = names.size() - parts_.size();
  for (std::size_t i = 0; i < parts_.size(); ++i)
    if (!is_like(names[skipped + i], parts_[i])) return false;
  return true;
}

}  // namespace quoin
