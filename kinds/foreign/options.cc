#include "kinds/foreign/options.h"

#include <algorithm>

#include "core/base/secret.h"

namespace quoin {
namespace {
constexpr std::string_view name_of_option = "pg_catalog.split_part(o.option, '=', 1)";

struct Option {
  std::string_view name, value;
};
Option option_of(std::string_view text) {
  const std::size_t equals = std::min(text.find('='), text.size());
  return {text.substr(0, equals), text.substr(std::min(equals + 1, text.size()))};
}

Text spelled(const Option& option) { return concat(quote_ident(option.name), " ", quote_literal(option.value)); }

auto find_option(auto& options, std::string_view name) {
  return std::ranges::find_if(options, [&](const Text& one) { return option_of(one).name == name; });
}

bool is_secret(const Option& option) {
  return names_secret_option(option.name) || masked(option.value) != option.value;
}

Text clause(const List& parts) { return parts.empty() ? Text() : concat(" OPTIONS (", join(parts, ", "), ")"); }
}  // namespace

List options_of(ast::Node list) { return changed_options({}, list); }

Text options_column(std::string_view array) {
  return concat("(select pg_catalog.array_agg(o.option order by o.n) from pg_catalog.unnest(", array,
                ") with ordinality o(option, n) where not ", names_secret_option_sql(name_of_option), ")");
}

Text secrets_column(std::string_view array) {
  return concat(
      "(select pg_catalog.array_agg(pg_catalog.split_part(o.option, '=', 1) order by o.option) from "
      "pg_catalog.unnest(",
      array, ") o(option) where ", names_secret_option_sql(name_of_option), ")");
}

Text options_clause(std::span<const Text> options) {
  List parts;
  for (const Text& one : options) parts.push_back(spelled(option_of(one)));
  return clause(parts);
}

Text options_change(std::span<const Text> from, std::span<const Text> to) {
  List parts;
  for (const Text& one : to) {
    const auto before = find_option(from, option_of(one).name);
    if (before == from.end()) parts.push_back(concat("ADD ", spelled(option_of(one))));
    if (before != from.end() && *before != one) parts.push_back(concat("SET ", spelled(option_of(one))));
  }
  for (const Text& one : from)
    if (find_option(to, option_of(one).name) == to.end())
      parts.push_back(concat("DROP ", quote_ident(option_of(one).name)));
  return clause(parts);
}

List changed_options(std::span<const Text> options, ast::Node list) {
  List all(options.begin(), options.end());
  for (ast::Node option : list) {
    const std::string_view name = option["defname"].text();
    std::erase_if(all, [&](const Text& one) { return option_of(one).name == name; });
    if (option["defaction"].text() != "DEFELEM_DROP" && !is_secret({name, option["arg"].text()}))
      all.push_back(concat(name, "=", option["arg"].text()));
  }
  return all;
}

List secrets_of(std::span<const Text> names, ast::Node list) {
  List all(names.begin(), names.end());
  for (ast::Node option : list) {
    const std::string_view name = option["defname"].text();
    std::erase(all, name);
    if (option["defaction"].text() != "DEFELEM_DROP" && is_secret({name, option["arg"].text()})) all.emplace_back(name);
  }
  std::ranges::sort(all);
  return all;
}

std::vector<Hazard> hazards_of_secrets(std::span<const Text> names, Id of) {
  if (names.empty()) return {};
  return {
      {"secret", concat(path(of), " gets no ", join(names, ", "), ": set that by hand, for quoin writes no secrets")}};
}

std::vector<Hazard> hazards_of_lost_secrets(std::span<const Text> names, Id of) {
  if (names.empty()) return {};
  return {{"data-loss", concat("drops ", path(of), " and its ", join(names, ", "), ", which quoin does not know")}};
}

void set_secrets_aside(Object& object, const Field<List>& options, const Field<List>& secrets) {
  const std::span<const Text> given = object[options], known = object[secrets];
  List open, names(known.begin(), known.end());
  for (const Text& one : given) {
    const Option option = option_of(one);
    is_secret(option) ? names.emplace_back(option.name) : open.emplace_back(one);
  }
  if (open.size() == given.size()) return;
  std::ranges::sort(names);
  names.erase(std::unique(names.begin(), names.end()), names.end());
  object.put(options, std::move(open));
  object.put(secrets, std::move(names));
}

}  // namespace quoin
