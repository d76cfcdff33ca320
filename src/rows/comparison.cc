#include <cmath>
#include <nlohmann/json.hpp>

#include "rows/state.h"

namespace quoin::rows {
namespace {
using Json = nlohmann::json;

Json parsed(const Text& value) { return value.empty() ? Json() : Json::parse(value); }

// A composite whose attributes are null is null, as SQL has it.
bool is_null(const Json& value) {
  return value.is_null() || (value.is_object() && !value.empty() &&
                             std::ranges::all_of(value, [](const Json& part) { return is_null(part); }));
}

// What JSON calls null is a value to SQL.
bool is_json(const Text& type) { return type == "json" || type == "jsonb"; }

const Text* find(const std::map<Text, Text>& types, const Text& path) {
  const auto found = types.find(path);
  return found == types.end() ? nullptr : &found->second;
}

bool is_string(const Text& type) {
  return type == "text" || type == "name" || type == "citext" || type.starts_with("character");
}

// Of a value and what another type makes of it: a number is rounded, a text padded or cut. Of what is not of a sort the
// way back tells.
bool may_come_of(const Json& before, const Json& after, bool are_strings) {
  if (before.is_number() && after.is_number()) {
    const double was = before.get<double>(), is = after.get<double>();
    return std::abs(was - is) <= std::max(0.5, std::abs(was) * 1e-6);
  }
  if (!are_strings || !before.is_string() || !after.is_string()) return true;
  const std::string_view was = trim(before.get_ref<const Text&>()), is = trim(after.get_ref<const Text&>());
  return was.starts_with(is) || is.starts_with(was);
}

// Or a part of what is among them.
bool is_among(const std::set<Text>& keys, const Text& key) {
  for (std::size_t end = key.size(); end != Text::npos && end > 0; end = key.find_last_of(".[", end - 1))
    if (keys.contains(key.substr(0, end))) return true;
  return false;
}

std::vector<Json> parsed_all(const List& values) {
  std::vector<Json> all;
  for (const Text& value : values) all.push_back(parsed(value));
  return all;
}
}  // namespace

struct Comparison::Leaf {
  const ColumnState &old_column, &new_column;
  const Json &before, &after;
  Text path, key;  // within the column; of the column among all
};

Comparison::Alike Comparison::compare(const Leaf& leaf) {
  const auto& [old_column, new_column, before, after, path, key] = leaf;
  const Text *old_type = find(old_column.types, path), *new_type = find(new_column.types, path);
  const Text part = key + path;
  if (!old_type || !new_type || (is_back_ && is_among(gone_, part))) return Alike::same;
  const bool is_converted = *old_type != *new_type || (is_back_ && is_among(converted_, part));
  if (*old_type != *new_type) converted_.insert(part);
  const Alike unlike = is_converted ? Alike::converted : Alike::other;
  // Of a composite one part may be gone, and the others null.
  if (before.is_object() && after.is_object() && *old_type == "{}" && *new_type == "{}") return compare_parts(leaf);
  const bool knows_null = !is_json(*old_type) && !is_json(*new_type);
  if (knows_null && (is_null(before) || is_null(after)))
    return is_null(before) == is_null(after) ? Alike::same : unlike;
  if (*old_type != *new_type)
    return may_come_of(before, after, is_string(*old_type) && is_string(*new_type)) ? Alike::same : Alike::converted;
  if (before.is_array() && after.is_array() && *old_type == "[]") return compare_parts(leaf);
  if (before == after) return Alike::same;
  const auto labels = new_column.labels.find(path);
  if (labels != new_column.labels.end() && before.is_string() && !labels->second.contains(before.get<Text>())) {
    gone_.insert(part);
    return Alike::same;
  }
  return unlike;
}

Comparison::Alike Comparison::compare_parts(const Leaf& leaf) {
  const auto& [old_column, new_column, before, after, path, key] = leaf;
  Alike worst = Alike::same;
  if (before.is_array() && before.size() != after.size()) return Alike::other;
  std::size_t at = 0;
  for (const auto& [name, value] : before.items()) {
    const Text part = before.is_array() ? path + "[]" : concat(path, ".", name);
    if (before.is_object() && !after.contains(name)) {
      gone_.insert(key + part);
      continue;
    }
    const Json& other = before.is_array() ? after[at++] : after[name];
    worst = std::max(worst, compare({old_column, new_column, value, other, part, key}));
  }
  return worst;
}

// A column on both sides.
struct Comparison::Side {
  const ColumnState &before, &after;
  Text key;
  std::vector<Json> were, are;
};

// An UPDATE moves rows.
bool Comparison::are_same_in_any_order(const std::vector<Side>& columns, std::size_t rows) {
  std::set<std::size_t> left;
  for (std::size_t row = 0; row < rows; ++row) left.insert(row);
  for (std::size_t row = 0; row < rows; ++row) {
    const auto same = std::ranges::find_if(left, [&](std::size_t other) {
      return std::ranges::all_of(columns, [&](const Side& side) {
        return compare({side.before, side.after, side.were[row], side.are[other], {}, side.key}) == Alike::same;
      });
    });
    if (same == left.end()) return false;
    left.erase(same);
  }
  return true;
}

void Comparison::say(Difference::Manner manner, const TableState& table, const ColumnState* column, const Text& what) {
  const Text name = quote_qualified(table.names.first, table.names.second);
  found_.push_back({manner, column ? concat("column ", column->name, " of ", name, what) : concat("table ", name, what),
                    table.names, column ? column->name : Text(), column ? column->made_of : std::set<Names>()});
}

void Comparison::compare_rows(const Text& oid, const TableState& before, const TableState& after) {
  std::vector<Side> columns;
  for (const auto& [number, column] : before.columns)
    if (const auto same = after.columns.find(number); same != after.columns.end())
      columns.push_back(
          {column, same->second, concat(oid, ".", number), parsed_all(column.values), parsed_all(same->second.values)});
  Differences found;
  for (const Side& side : columns) {
    for (std::size_t row = 0; row < before.count; ++row) {
      const Alike alike = compare({side.before, side.after, side.were[row], side.are[row], {}, side.key});
      if (alike == Alike::same) continue;
      say(alike == Alike::converted ? Difference::Manner::converted : Difference::Manner::changed, before, &side.before,
          concat(": ", side.were[row].dump(), " became ", side.are[row].dump()));
      found_.back().made_of.insert(side.after.made_of.begin(), side.after.made_of.end());
      found.push_back(std::move(found_.back()));
      found_.pop_back();
      break;
    }
  }
  if (found.empty() || are_same_in_any_order(columns, before.count)) return;
  found_.insert(found_.end(), found.begin(), found.end());
}

Differences Comparison::there(const RowState& now) {
  found_.clear();
  is_back_ = false;
  for (const auto& [oid, table] : first_) {
    const auto same = now.find(oid);
    const std::size_t count = same == now.end() ? 0 : same->second.count;
    if (count != table.count) {
      gone_.insert(oid);
      say(Difference::Manner::gone, table, nullptr,
          concat(": of ", std::to_string(table.count), " rows there are ", std::to_string(count)));
      continue;
    }
    if (same == now.end()) continue;
    compare_rows(oid, table, same->second);
    for (const auto& [number, column] : table.columns)
      if (!same->second.columns.contains(number)) {
        gone_.insert(concat(oid, ".", number));
        say(Difference::Manner::gone, table, &column, " has lost its values");
      }
  }
  return std::move(found_);
}

Differences Comparison::back(const RowState& now) {
  found_.clear();
  is_back_ = true;
  for (const auto& [oid, table] : first_) {
    const auto same = now.find(oid);
    if (gone_.contains(oid) || same == now.end()) continue;
    if (const std::size_t count = same->second.count; count != table.count)
      say(Difference::Manner::gone, table, nullptr,
          concat(": of ", std::to_string(table.count), " rows there are ", std::to_string(count)));
    else
      compare_rows(oid, table, same->second);
  }
  return std::move(found_);
}

}  // namespace quoin::rows
