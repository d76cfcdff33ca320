#include "parser/migrations/contexts.h"

#include <algorithm>

namespace quoin {
namespace {

/// Names, and words between them: "a, b" is a or b, with the least weight; then or, and, not.
class Expression {
 public:
  Expression(std::string_view text, const List& names) : rest_(text), names_(names) {}

  bool holds() {
    bool any = either();
    while (takes(",")) any |= either();
    return any;
  }

 private:
  std::string_view rest_;
  const List& names_;

  bool either() {
    bool any = both();
    while (takes("or")) any |= both();
    return any;
  }
  bool both() {
    bool all = one();
    while (takes("and")) all &= one();
    return all;
  }
  bool one() {
    bool negates = false;
    while (takes("!") || takes("not")) negates = !negates;
    return plain() != negates;
  }
  bool plain() {
    if (!takes("(")) return is_given(word());
    const bool inner = holds();
    takes(")");
    return inner;
  }
  bool is_given(std::string_view name) const {
    if (name.starts_with('@')) name.remove_prefix(1);
    return std::ranges::count(names_, lower(name)) > 0;
  }
  std::string_view word() {
    rest_ = trim(rest_);
    const std::size_t end = std::min(rest_.find_first_of(" \t,()"), rest_.size());
    const std::string_view found = rest_.substr(0, end);
    rest_.remove_prefix(end);
    return found;
  }
  /// Takes a sign, or a word that ends here.
  bool takes(std::string_view wanted) {
    rest_ = trim(rest_);
    if (lower(rest_.substr(0, wanted.size())) != wanted) return false;
    const bool is_word = std::isalpha(static_cast<unsigned char>(wanted[0])) != 0;
    const bool ends =
        rest_.size() == wanted.size() || std::string_view(" \t(!").find(rest_[wanted.size()]) != Text::npos;
    if (is_word && !ends) return false;
    rest_.remove_prefix(wanted.size());
    return true;
  }
};

List names_in(std::string_view text) {
  List names;
  for (const Text& name : split(text, ','))
    if (!trim(name).empty()) names.push_back(lower(trim(name)));
  return names;
}

bool allows(const List& contexts, std::string_view expression) {
  const bool must_be_said = expression.find('@') != expression.npos;
  if (trim(expression).empty() || (contexts.empty() && !must_be_said)) return true;
  return Expression(expression, contexts).holds();
}

bool is_chosen(std::string_view filter, std::string_view labels) {
  const List names = names_in(labels);
  return names.empty() || trim(filter).empty() || Expression(filter, names).holds();
}

/// "liquibase.command.update.context-filter" and "contextFilter" say the same.
Text plain_key(std::string_view key) {
  Text plain = lower(key.substr(key.rfind('.') + 1));
  std::erase_if(plain, [](char c) { return c == '-' || c == '_'; });
  return plain;
}

}  // namespace

ChangesetFilter liquibase_filter(const Text& folder, const Environment& environment) {
  ChangesetFilter filter;
  for (const auto& [key, value] : liquibase_properties(folder)) {
    const Text plain = plain_key(key);
    if (plain == "contexts" || plain == "contextfilter") filter.contexts = value;
    if (plain == "labels" || plain == "labelfilter") filter.label_filter = value;
  }
  for (const Text command : {"LIQUIBASE_COMMAND_", "LIQUIBASE_COMMAND_UPDATE_", "LIQUIBASE_"}) {
    for (const char* name : {"CONTEXTS", "CONTEXT_FILTER"})
      if (const auto value = environment(command + name)) filter.contexts = value;
    for (const char* name : {"LABELS", "LABEL_FILTER"})
      if (const auto value = environment(command + name)) filter.label_filter = value;
  }
  return filter;
}

Text reason_to_pass_over(const ChangesetFilter& filter, const ChangesetLimits& limits) {
  const List contexts = names_in(filter.contexts.value_or(""));
  for (const Text& expression : limits.contexts)
    if (!allows(contexts, expression))
      return concat(
          "is for context ", expression, ", and ",
          contexts.empty() ? Text("no contexts are said") : concat("the contexts are ", join(contexts, ", ")));
  for (const Text& labels : limits.labels)
    if (!is_chosen(filter.label_filter.value_or(""), labels))
      return concat("has the labels ", labels, ", and the label filter is ", *filter.label_filter);
  return {};
}

}  // namespace quoin
