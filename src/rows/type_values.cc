#include "rows/type_values.h"

namespace quoin::rows {
namespace {

// What tables are made of, down to what is made of nothing. A multirange's element is its range. pg_range says of which
// multirange only where there are some.
constexpr const char* types_query = R"(
with recursive used(oid) as (
  select a.atttypid from pg_catalog.pg_attribute a
  where a.attrelid = ANY ($1::pg_catalog.oid[]) and a.attnum > 0 and not a.attisdropped
  union
  select x.oid from used u join pg_catalog.pg_type t on t.oid = u.oid
  left join pg_catalog.pg_range r on t.oid in (r.rngtypid, (pg_catalog.to_jsonb(r)->>'rngmultitypid')::pg_catalog.oid)
  cross join lateral (
    select t.typelem union select t.typbasetype union select r.rngsubtype union select r.rngtypid
    union select a.atttypid from pg_catalog.pg_attribute a
    where a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped) x(oid)
  where x.oid <> 0)
select t.oid, t.typtype, t.typcategory, t.typname, pg_catalog.format_type(t.oid, null) as spelled,
  case when r.rngtypid is null then t.typelem when t.oid = r.rngtypid then r.rngsubtype else r.rngtypid end as element,
  t.typbasetype, pg_catalog.format_type(t.typbasetype, t.typtypmod) as base_spelled,
  array(select pg_catalog.pg_get_expr(c.conbin, 0) from pg_catalog.pg_constraint c
        where c.contypid = t.oid and c.conbin is not null) as checks,
  array(select e.enumlabel::pg_catalog.text from pg_catalog.pg_enum e where e.enumtypid = t.oid
        order by e.enumsortorder) as labels,
  array(select a.atttypid from pg_catalog.pg_attribute a
        where a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped order by a.attnum) as attribute_types,
  array(select pg_catalog.format_type(a.atttypid, a.atttypmod) from pg_catalog.pg_attribute a
        where a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped order by a.attnum) as attribute_spellings
from used u join pg_catalog.pg_type t on t.oid = u.oid
left join pg_catalog.pg_range r on t.oid in (r.rngtypid, (pg_catalog.to_jsonb(r)->>'rngmultitypid')::pg_catalog.oid))";

constexpr std::size_t most_of_a_kind = 7;

// Different for each of those beside it, so that a value tells where it came from.
std::optional<Text> nth(const List& all, std::size_t n) {
  return all.empty() ? std::nullopt : std::optional(all[n % all.size()]);
}

}  // namespace

TypeValues::TypeValues(postgres::Connection& connection, Attempt& attempt, const List& tables) : attempt_(attempt) {
  const PinnedPath pinned(connection);
  const postgres::Result rows = connection.query(
      types_query, std::vector<postgres::Parameter>{array_literal(Parts(tables.begin(), tables.end()))});
  for (std::size_t i = 0; i < rows.rows(); ++i) {
    const auto items = [&](std::size_t column) { return postgres::array_items(rows.text(i, column)); };
    types_[rows.text(i, 0)] =
        Type{rows.text(i, 1), rows.text(i, 2), rows.text(i, 3), rows.text(i, 4), rows.text(i, 5), rows.text(i, 6),
             rows.text(i, 7), items(8),        items(9),        items(10),       items(11)};
  }
}

List TypeValues::taken(const List& texts, const Text& spelled) {
  List expressions, all;
  for (const Text& text : texts)
    expressions.push_back(concat("(", quote_literal(text), "::", spelled, ")::pg_catalog.text"));
  for (auto& value : attempt_.values(expressions))
    if (value && std::ranges::find(all, *value) == all.end()) all.push_back(std::move(*value));
  return all;
}

const Pool& TypeValues::of(const TypeUse& use) {
  if (const auto known = pools_.find(use.spelled); known != pools_.end()) return known->second;
  Pool pool;
  if (const auto type = types_.find(use.oid); type != types_.end()) {
    const Pool found = candidates(type->second, use);
    pool.plain = taken(found.plain, use.spelled);
    pool.edges = taken(found.edges, use.spelled);
    std::erase_if(pool.edges, [&](const Text& edge) { return std::ranges::count(pool.plain, edge) > 0; });
  }
  return pools_.emplace(use.spelled, std::move(pool)).first->second;
}

Pool TypeValues::candidates(const Type& type, const TypeUse& use) {
  if (type.kind == "d") return of_domain(type);
  if (type.kind == "c") return of_composite(type);
  if (type.kind == "r" || type.kind == "m") return of_range(type);
  if (type.kind == "e") return {type.labels, {}};
  if (type.category == "A" && type.element != "0") return of_array(type, use);
  return literals_of(type.name);
}

Pool TypeValues::of_domain(const Type& type) {
  Pool all = of({type.base, type.base_spelled});
  for (const Text& check : type.checks)
    for (Text& constant : constants_in(check)) all.plain.push_back(std::move(constant));
  return all;
}

Pool TypeValues::of_composite(const Type& type) {
  std::vector<const Pool*> pools;
  for (std::size_t i = 0; i < type.attribute_types.size(); ++i)
    pools.push_back(&of({type.attribute_types[i], type.attribute_spellings[i]}));
  Pool all;
  for (std::size_t row = 0; row < most_of_a_kind; ++row) {
    Parts plain, edge;
    for (std::size_t i = 0; i < pools.size(); ++i) {
      plain.push_back(nth(pools[i]->plain, row + i));
      edge.push_back(row == 0 && i == 0 && pools.size() > 1 ? std::nullopt : nth(pools[i]->edges, row + i));
      if (!edge.back() && row > 0) edge.back() = plain.back();
    }
    all.plain.push_back(row_literal(plain));
    all.edges.push_back(row_literal(edge));
  }
  return all;
}

Pool TypeValues::of_array(const Type& type, const TypeUse& use) {
  Text spelled = use.spelled;
  if (spelled.ends_with("[]")) spelled.resize(spelled.size() - 2);
  const Pool& elements = of({type.element, spelled});
  Pool all;
  for (std::size_t i = 0; i < std::min(elements.plain.size(), most_of_a_kind); ++i)
    all.plain.push_back(array_literal({nth(elements.plain, i), nth(elements.plain, i + 1)}));
  all.edges.push_back("{}");
  if (!elements.plain.empty()) all.edges.push_back(array_literal({std::nullopt, elements.plain.front()}));
  for (const Text& edge : elements.edges) all.edges.push_back(array_literal({edge}));
  return all;
}

// Of two bounds the server takes only the lower one first.
Pool TypeValues::of_range(const Type& type) {
  const auto part = types_.find(type.element);
  if (part == types_.end()) return {};
  const List& parts = of({type.element, part->second.spelled}).plain;
  Pool all;
  if (type.kind == "m") {
    for (const Text& range : parts) all.plain.push_back(concat("{", range, "}"));
    return {std::move(all.plain), {"{}"}};
  }
  const auto bounds = [](const Text& from, const Text& to) {
    const Text inside = row_literal({from, to});
    return concat("[", std::string_view(inside).substr(1));
  };
  for (std::size_t i = 0; i < std::min(parts.size(), most_of_a_kind); ++i)
    for (std::size_t j = 0; j < std::min(parts.size(), most_of_a_kind); ++j)
      if (i != j && all.plain.size() < 3 * most_of_a_kind) all.plain.push_back(bounds(parts[i], parts[j]));
  if (!parts.empty()) all.edges = {"empty", "(,)", concat("[\"", parts.front(), "\",)")};
  return all;
}

}  // namespace quoin::rows
