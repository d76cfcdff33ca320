#include "kinds/type/type_use.h"

#include "kinds/table/table_fields.h"

#include "core/model/member.h"
#include "kinds/access/grantable.h"
#include "kinds/column/column.h"
#include "kinds/list.h"

namespace quoin {

std::string_view type_of_member(std::string_view member) {
  const std::string_view rest = member_of(member).rest;
  return rest.substr(0, rest.find(" COLLATE "));
}

std::string_view collation_of_member(std::string_view member) {
  constexpr std::string_view before = " COLLATE ";
  const std::string_view rest = member_of(member).rest;
  const std::size_t at = rest.find(before);
  return at == rest.npos ? std::string_view() : rest.substr(at + before.size());
}

namespace {
bool is_array(std::string_view type) { return type.ends_with("[]"); }

std::string_view element_of(std::string_view type) {
  while (is_array(type)) type.remove_suffix(2);
  return type;
}

// A column's, a domain's, a materialized view's: not what a routine takes, which holds nothing.
bool holds_values(const Kind* kind) {
  return kind == &column_kind || kind == &domain_kind || kind == &composite_kind || kind == &materialized_view_kind;
}

bool is_type(Id id) {
  return id->kind == &enum_kind || id->kind == &domain_kind || id->kind == &composite_kind || id->kind == &range_kind;
}

// Values that an old type shares with a new one of its name only as text.
bool goes_by_text(const Kind* kind) { return kind == &enum_kind || kind == &range_kind; }

Holding holding(std::string_view held, std::string_view type) {
  if (element_of(held) != type) return Holding::none;
  return is_array(held) ? Holding::inside : Holding::plain;
}

const FieldBase& type_field(const Object& object) { return *object.id->kind->fields.find("type"); }

// What is left when arrays and domains are taken off.
struct Core {
  Id type;    // null: the server's own
  Text text;  // of those
};

Core core_of(const Typed& typed) {
  Text text(typed.type);
  for (const Object* user = &typed.user; user;) {
    const std::string_view element = element_of(text);
    const auto named = std::ranges::find_if(user->needs, [&](Id id) {
      return (is_type(id) || is_table(*id->kind) || id->kind->has(opaque)) && qualified(id) == element;
    });
    if (named == user->needs.end()) return {Id(), text};
    if ((*named)->kind != &domain_kind) return {*named, text};
    user = typed.schema.find(*named);
    if (!user) return {*named, text};
    const auto* said = std::get_if<Text>(&user->value(type_field(*user)));
    if (!said) return {*named, text};  // a mistake in a file may have left none
    const Text& base = *said;
    text = is_array(text) && !is_array(base) ? concat(base, "[]") : base;
  }
  return {Id(), text};
}
}  // namespace

Holding holding_of(const Object& object, std::string_view type) {
  Holding most = Holding::none;
  if (!holds_values(object.id->kind)) return most;
  for (const FieldBase* field : object.id->kind->fields) {
    const Value& value = object.value(*field);
    if (field->role == Role::type && std::holds_alternative<Text>(value))
      most = std::max(most, holding(std::get<Text>(value), type));
    if (field->role != Role::member || !std::holds_alternative<List>(value)) continue;
    for (const Text& member : std::get<List>(value)) most = std::max(most, holding(type_of_member(member), type));
  }
  return most == Holding::plain && object.id->kind == &composite_kind ? Holding::inside : most;
}

Text base_type(const Typed& typed) {
  const Core core = core_of(typed);
  return core.type ? Text() : core.text;
}

Text conversion(const Typed& from, const Typed& to) {
  const Core before = core_of(from), after = core_of(to);
  if (!before.type && !after.type) return cast_between(before.text, after.text, to.type);
  if (before.type == after.type && !goes_by_text(after.type->kind)) return concat("::", to.type);
  return concat(is_array(from.type) && is_array(to.type) ? "::text[]::" : "::text::", to.type);
}

namespace {
// As the server assigns: to what lies under domains, with its modifiers.
struct Pair {
  Text from, to;
};
Pair below_domains(const Typed& from, const Typed& to) {
  Pair base{base_type(from), base_type(to)};
  return base.from.empty() || base.to.empty() ? Pair{Text(from.type), Text(to.type)} : base;
}
}  // namespace

Text using_clause(std::string_view column, const Typed& from, const Typed& to) {
  const Pair base = below_domains(from, to);
  const Text cast = cast_between(base.from, base.to, to.type);
  return cast.empty() ? Text() : concat(" USING ", quote_ident(column), cast);
}

bool is_assigned(Id column, const Users& users) {
  const Object *before = users.from.find(column), *after = users.to.find(column);
  if (!before || !after || column->kind != &column_kind) return false;
  const FieldBase& type = type_field(*after);
  const Typed from{std::get<Text>(before->value(type)), *before, users.from},
      to{std::get<Text>(after->value(type)), *after, users.to};
  if (from.type == to.type || base_type(from) != from.type || base_type(to) != to.type) return false;
  return using_clause(column->name, from, to).empty();
}

std::vector<Hazard> conversion_hazards(std::string_view subject, const Typed& from, const Typed& to) {
  const Pair base = below_domains(from, to);
  const Text what = concat(subject, " from ", from.type, " to ", to.type);
  std::vector<Hazard> all = retyping_hazards(what, base.from, base.to);
  const auto says = [&](RuleName rule) { return std::ranges::count(all, rule, &Hazard::rule) > 0; };
  const bool has_conditions = base.to != to.type;
  const bool unknown_length = base.from != from.type && base.to.find('(') != Text::npos;  // the server looks at each
  if (has_conditions && !says("may-fail"))
    all.insert(all.begin(), {"may-fail", concat(what, ": fails where a value does not fit")});
  if ((has_conditions || unknown_length) && !says("rewrite"))
    all.push_back({"rewrite", concat(what, ": rewrites or scans every row of the table under an exclusive lock")});
  return all;
}

std::vector<Hazard> hazards_below(const Object& column_before, const Users& users) {
  std::vector<Hazard> all;
  std::vector<Id> seen, waiting(column_before.needs);
  while (!waiting.empty()) {
    const Id id = waiting.back();
    waiting.pop_back();
    if (!is_type(id) || std::ranges::count(seen, id)) continue;
    seen.push_back(id);
    const Object *before = users.from.find(id), *after = users.to.find(id);
    if (!before || !after) continue;
    if (id->kind->cost.of_move)
      std::ranges::move(id->kind->cost.of_move({id, before->differences(*after), before, after}, users),
                        std::back_inserter(all));
    waiting.insert(waiting.end(), before->needs.begin(), before->needs.end());
  }
  return all;
}

Steps swapped(const Delta& delta, const Users& users, Step made, Bridge bridge) {
  const Text alter = concat("ALTER ", address_with_noun(delta.id));
  const Text& aside = users.aside(delta.id);
  Step renamed{.sql = concat(alter, " RENAME TO ", quote_ident(aside)), .frees = slots_of(*delta.from)};
  for (Id user : users.of(delta.id))
    if (!user->signature.empty()) renamed.after_drop_of.push_back(user);  // its DROP names the type
  Step gone{.sql = concat(bridge.removed, "DROP ", delta.id->kind->noun, " ",
                          quote_qualified(schema_of(delta.id)->name, aside)),
            .drops = {delta.id}};
  // Of types, the one below waits for the one above, since it may as well stay, and be altered in place.
  std::ranges::copy_if(delta.from->needs, std::back_inserter(gone.releases), [](Id used) { return !is_type(used); });
  std::ranges::copy_if(users.of(delta.id), std::back_inserter(gone.after_drop_of), is_type);
  Steps steps;
  for (Step* step : {&renamed, &made}) steps.push_back(std::move(*step));
  for (Step& step : bridge.steps) steps.push_back(std::move(step));
  steps.push_back(std::move(gone));
  return steps;
}

namespace {
Text access_lists(int) { return access_lists_of({"1247", "pg_type", "typowner", "typacl", "T"}); }
}  // namespace
constexpr Rights type_rights{"TYPE", &sort_of_types, access_lists};
}  // namespace quoin
