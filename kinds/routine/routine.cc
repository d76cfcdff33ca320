#include "kinds/routine/routine.h"

#include <set>

#include "core/model/space.h"
#include "kinds/access/carried.h"
#include "kinds/access/grantable.h"
#include "kinds/database/extension_dependency.h"
#include "kinds/database/opaque.h"
#include "kinds/list.h"
#include "kinds/type/base_type.h"
#include "kinds/users.h"

namespace quoin {

namespace {
constexpr const RoutineFields& fields = routine_fields;

Text set_clause(std::string_view setting) {
  const std::size_t equals = setting.find('=');
  return concat("SET ", setting.substr(0, equals), " TO ", setting.substr(equals + 1));
}

Text result(const Object& o) {
  if (o.has(fields.returns_table)) return concat("RETURNS TABLE(", join(o[fields.returns_table], ", "), ")");
  return o.has(fields.returns) ? concat("RETURNS ", o[fields.returns]) : Text();
}

List clauses(const Object& o) {
  List all;
  const auto say = [&](bool when, auto... parts) {
    if (when) all.push_back(concat(parts...));
  };
  say(true, "LANGUAGE ", quote_ident(o[fields.language].empty() ? "sql" : o[fields.language]));
  List types;
  for (const Text& type : o[fields.transform]) types.push_back("FOR TYPE " + type);
  say(!types.empty(), "TRANSFORM ", join(types, ", "));
  say(o[fields.window], "WINDOW");
  say(o.has(fields.volatility), upper(o[fields.volatility]));
  say(o[fields.strict], "STRICT");
  say(o[fields.security_definer], "SECURITY DEFINER");
  say(o[fields.leakproof], "LEAKPROOF");
  say(o.has(fields.parallel), "PARALLEL ", upper(o[fields.parallel]));
  say(o.has(fields.cost), "COST ", o[fields.cost]);
  say(o.has(fields.rows), "ROWS ", o[fields.rows]);
  say(o.has(fields.support), "SUPPORT ", o[fields.support]);
  for (const Text& setting : o[fields.set]) all.push_back(set_clause(setting));
  return all;
}

Text implementation(const Object& o) {
  if (o.has(fields.sql_body)) return Text(o[fields.sql_body]);
  if (o.has(fields.library))
    return concat("AS ", quote_literal(o[fields.library]), ", ", quote_literal(o[fields.body]));
  return "AS " + dollar_quote(o[fields.body]);
}

Text definition(const Object& o, std::string_view verb) {
  Text sql = concat(verb, " ", o.id->kind->noun, " ", qualified(o.id), "(", join(o[fields.arguments], ", "), ")");
  if (const Text returned = result(o); !returned.empty()) sql += concat("\nRETURNS", returned.substr(7));
  return concat(sql, "\n", join(clauses(o), " "), "\n", implementation(o));
}

/// An argument without its default, and whether it has one.
struct Argument {
  std::string_view declared;
  bool has_default;
};
Argument argument_of(std::string_view text) {
  const std::size_t at = text.find(" DEFAULT ");
  return {text.substr(0, at), at != std::string_view::npos};
}

// Names, modes and types stay, and no default goes: what the server asks of OR REPLACE.
bool keeps_arguments(const Object& from, const Object& to) {
  const auto before = from[fields.arguments], after = to[fields.arguments];
  return std::ranges::equal(before, after, [](std::string_view a, std::string_view b) {
    const Argument old = argument_of(a), now = argument_of(b);
    return old.declared == now.declared && (!old.has_default || now.has_default);
  });
}

bool mentions(const Object& routine, const Object& used) {
  const auto says = [&](std::string_view text) { return text.find(used.id->name) != std::string_view::npos; };
  return says(routine.id->signature) || says(routine[fields.returns]) || says(join(routine[fields.arguments], " ")) ||
         says(join(routine[fields.returns_table], " "));
}

bool lists_names(std::string_view setting) {
  static constexpr std::string_view all[] = {"local_preload_libraries",   "search_path",
                                             "session_preload_libraries", "shared_preload_libraries",
                                             "temp_tablespaces",          "unix_socket_directories"};
  return std::ranges::find(all, setting) != std::end(all);
}

Text as_literal(std::string_view value) {
  value = trim(value);
  if (value.starts_with('\'')) return Text(value);
  if (value.size() < 2 || !value.starts_with('"')) return quote_literal(value);
  Text name;
  for (std::size_t i = 1; i + 1 < value.size(); ++i) {
    name += value[i];
    if (value[i] == '"') ++i;
  }
  return quote_literal(name);
}

// As pg_get_functiondef() has it: every name of a list a constant of its own, so that no setting splits it otherwise.
Text canonical_setting(std::string_view setting) {
  const std::size_t equals = setting.find('=');
  const Text name = lower(trim(setting.substr(0, equals)));
  const std::string_view value = equals == std::string_view::npos ? "" : setting.substr(equals + 1);
  if (!lists_names(name)) return concat(name, "=", as_literal(value));
  List items;
  std::size_t begin = 0;
  char quote = 0;
  for (std::size_t i = 0; i <= value.size(); ++i) {
    const bool end = i == value.size();
    if (!end && (value[i] == '\'' || value[i] == '"') && (!quote || quote == value[i])) quote = quote ? '\0' : value[i];
    if (!end && (quote || value[i] != ',')) continue;
    items.push_back(as_literal(value.substr(begin, i - begin)));
    begin = i + 1;
  }
  return concat(name, "=", join(items, ", "));
}
}  // namespace

namespace {
constexpr std::string_view checks = "check_function_bodies";

Step checked(const Object& o, Step step) {
  if (!o.has(fields.sql_body)) step.checked_by = checks;
  step.unchecked = o[fields.language] == "sql" && path_of_routine(o);
  return step;
}
}  // namespace

// A body that leaves out its own schema is written for a search_path that a migration does not have.
Id path_of_routine(const Object& o) {
  const Id schema = schema_of(o.id);
  if (o.has(fields.sql_body) || schema->name == "public") return Id();
  const auto is_path = [](std::string_view setting) { return setting.starts_with("search_path="); };
  if (std::ranges::any_of(o[fields.set], is_path)) return Id();
  const bool leaves_it_out = std::ranges::any_of(o.wants, [&](Id used) {
    const bool neighbour = used->parent && schema_of(used) == schema;
    return neighbour &&
           o[fields.body].find(concat(quote_ident(schema->name), ".", quote_ident(used->name))) == Text::npos;
  });
  return leaves_it_out ? schema : Id();
}

Steps create_routine(const Object& o) {
  Step step = checked(o, making(o, definition(o, "CREATE")));
  if (o[fields.serves_type]) wait_for_shell(step);
  return only(std::move(step));
}

namespace {
// What the server has computed with it is not computed again: a generated column, an index, what a check has let in.
/// Whether a column that needs it may be of this as its type.
bool is_type(const Object& used) { return std::ranges::count(slots_of(used), space::type, &Slot::space) > 0; }

/// A table of no kind yet, of which a key of partitions, a constraint or an index may call it.
bool lays_rows_by(const Object& user) {
  return user.id->kind->has(opaque) && user[opaque_fields.space] == space::relation;
}

/// What a routine is called by, by itself or by what calls it: what holds results, and what hands on the call.
struct Callers {
  std::set<Id> computed, others;
};
Callers callers_of(Id routine, const Users& users) {
  std::set<Id> computed, seen{routine};
  std::vector<Id> waiting{routine};
  while (!waiting.empty()) {
    const Id used = waiting.back();
    waiting.pop_back();
    for (const auto* all : {&users.of(used), &users.naming(used)})
      for (const Id user : *all) {
        const Kind& kind = *user->kind;
        if (kind.is_column() && is_type(*users.from.find(used))) continue;
        const bool computes =
            (kind.has(calls_when_made) && !kind.has(sees_no_columns)) || lays_rows_by(*users.from.find(user));
        if (computes && users.to.find(user)) computed.insert(user);
        // What stores nothing hands on what it calls: another routine, a view, an operator.
        if (!computes && !kind.has(folds) && !kind.has(holds_rows) && seen.insert(user).second) waiting.push_back(user);
      }
  }
  return {std::move(computed), std::move(seen)};
}

bool same_body(const Object& from, const Object& to) {
  const auto same = [&](const FieldBase& field) { return from.value(field) == to.value(field); };
  return same(fields.body) && same(fields.sql_body) && same(fields.library) && same(fields.set);
}

std::vector<Hazard> stale(const Delta& delta, const Users& users) {
  if (same_body(*delta.from, *delta.to)) return {};
  const Callers callers = callers_of(delta.id, users);
  const std::vector<Id> computed(callers.computed.begin(), callers.computed.end());
  if (computed.empty()) return {};
  return {{"stale", concat(path(delta.id), " has another body, and what was computed with the old one stays as it is: ",
                           paths(computed), "; where results differ, compute them again")}};
}
}  // namespace

namespace {
constexpr std::string_view as_owner = "runs with its owner's privileges (SECURITY DEFINER)";

bool gives_the_same(const Object& from, const Object& to) {
  const auto same = [&](const FieldBase& field) { return from.value(field) == to.value(field); };
  return same_body(from, to) && same(fields.arguments) && same(fields.returns) && same(fields.returns_table) &&
         same(fields.language) && same(fields.strict) && same(fields.leakproof);
}

std::vector<Id> policies_that_call(Id routine, const Users& users) {
  std::vector<Id> all;
  for (const Id caller : callers_of(routine, users).others)
    if (caller->kind == &policy_kind && users.to.find(caller)) all.push_back(caller);
  return all;
}
}  // namespace

// That it begins or ceases to run so is told by the field.
std::vector<Hazard> hazards_of_routine_access(const Delta& delta, const Users& users) {
  if (!users.has_rows_before()) return {};
  const Object& to = *delta.to;
  if (!delta.from) {
    if (!to[fields.security_definer]) return {};
    return {{"access", concat(path(delta.id), " is new, and ", as_owner)}};
  }
  if (gives_the_same(*delta.from, to)) return {};
  std::vector<Hazard> all;
  if (to[fields.security_definer] && (*delta.from)[fields.security_definer])
    all.push_back({"access", concat(path(delta.id), " is another, and ", as_owner)});
  if (const std::vector<Id> policies = policies_that_call(delta.id, users); !policies.empty())
    all.push_back({"access", concat(path(delta.id), " is another, and decides who may see and write which rows, by ",
                                    paths(policies))});
  return all;
}

Change change_routine(const Delta& delta, const Users& users) {
  if (delta.touches(fields.returns) || delta.touches(fields.returns_table))
    return Cannot{concat("the result of ", path(delta.id), " changes")};
  if (delta.touches(fields.window)) return Cannot{concat(path(delta.id), " is a window function on one side alone")};
  if (!keeps_arguments(*delta.from, *delta.to))
    return Cannot{concat("names or defaults of the arguments of ", path(delta.id), " change")};
  Steps steps{checked(*delta.to, in_place(delta, definition(*delta.to, "CREATE OR REPLACE")))};
  steps.front().hazards = stale(delta, users);
  tie_again(delta, users, steps);
  return steps;
}

Follow follow_routine(const Delta& routine, const Rebuilt& rebuilt, const Users&) {
  for (const Object* side : {routine.from, routine.to}) {
    if (side->has(fields.sql_body)) return Replaced{};
    if (rebuilt.manner == Rebuilt::Manner::anew && mentions(*side, rebuilt.object)) return Replaced{};
  }
  return Unaffected{};
}

void derive_routine(Object& o, Schema& schema) {
  if (const Object* language = schema.find(language_kind, Id(), Text(o[fields.language]))) o.need(language->id);
  const auto is_out = [](const Text& argument) {
    return argument.starts_with("OUT ") || argument.starts_with("INOUT ");
  };
  const auto arguments = o[fields.arguments];
  const bool implied = o.id->kind == &procedure_kind || o.has(fields.returns_table) ||
                       (std::ranges::any_of(arguments, is_out) && !o[fields.returns].starts_with("SETOF "));
  if (implied) o.put(fields.returns, Value());
  List settings;
  for (const Text& setting : o[fields.set]) settings.push_back(canonical_setting(setting));
  o.put(fields.set, std::move(settings));
}

namespace {
// The server quotes its own keywords, which may be fewer than those of the grammar that reads this.
constexpr std::string_view quoted_name =
    R"(case when a.name ~ '^json(_[a-z]+)?$' or a.name in ('merge_action', 'normalize', 'system_user')
     then '"' || a.name || '"' else pg_catalog.quote_ident(a.name) end)";

Text argument_rows() {
  return concat(R"(
  (select pg_catalog.array_agg(
     case a.mode when 'o' then 'OUT ' when 'b' then 'INOUT ' when 'v' then 'VARIADIC ' else '' end
     || case when a.name <> '' then )",
                quoted_name, R"( || ' ' else '' end
     || pg_catalog.format_type(a.type, null)
     || case when p.pronargdefaults > 0 then
          coalesce(' DEFAULT ' || pg_catalog.pg_get_function_arg_default(p.oid, a.number::integer), '') else '' end
     order by a.number)
   from rows from (pg_catalog.unnest(coalesce(p.proallargtypes, p.proargtypes::oid[])), pg_catalog.unnest(p.proargmodes),
     pg_catalog.unnest(p.proargnames)) with ordinality a(type, mode, name, number)
   where a.type is not null and a.mode is distinct from 't') as arguments,
  case when 't' = any (p.proargmodes) then (select pg_catalog.array_agg(
     )",
                quoted_name, R"( || ' ' || pg_catalog.format_type(a.type, null) order by a.number)
   from rows from (pg_catalog.unnest(p.proallargtypes), pg_catalog.unnest(p.proargmodes),
     pg_catalog.unnest(p.proargnames)) with ordinality a(type, mode, name, number) where a.mode = 't') end as returns_table,
  '(' || coalesce((select pg_catalog.string_agg(pg_catalog.format_type(a.type, null), ', ' order by a.number)
   from pg_catalog.unnest(p.proargtypes::oid[]) with ordinality a(type, number)), '') || ')' as signature,)");
}

constexpr std::string_view attributes = R"(
  case when p.prokind <> 'p' then case when p.proretset then 'SETOF ' else '' end
    || pg_catalog.format_type(p.prorettype, null) end as returns,
  l.lanname as language, p.prosrc as body, p.probin as library,
  case p.provolatile when 'i' then 'immutable' when 's' then 'stable' end as volatility,
  p.proisstrict as strict, p.prosecdef as security_definer, p.proleakproof as leakproof,
  case p.proparallel when 's' then 'safe' when 'r' then 'restricted' end as parallel,
  case when p.procost <> (case when l.lanname in ('internal', 'c') then 1 else 100 end) then p.procost::text end as cost,
  case when p.proretset and p.prorows <> 1000 then p.prorows::text end as rows,
  p.prokind = 'w' as "window",
  (select pg_catalog.array_agg(pg_catalog.format_type(t, null)) from pg_catalog.unnest(p.protrftypes) t) as transform,
  p.proconfig as set)";
}  // namespace

Text routine_name(std::string_view oid) {
  return concat(
      "(select pg_catalog.format('%I.%I', rn.nspname, r.proname) from pg_catalog.pg_proc r join "
      "pg_catalog.pg_namespace rn on rn.oid = r.pronamespace where r.oid = ",
      oid, ")");
}

Text routine_catalog(std::string_view noun, std::string_view prokinds, int version) {
  const std::string_view sql_body = version < 140000 ? "" : ", pg_catalog.pg_get_function_sqlbody(p.oid) as sql_body";
  return concat(R"(
select 1255 as class, p.oid as oid, 0 as sub, 2615 as parent_class, p.pronamespace as parent_oid, 0 as parent_sub,
  p.proname as name,)",
                argument_rows(), attributes, ",\n  case when p.prosupport <> 0 then ", routine_name("p.prosupport"),
                " end as support", sql_body, owner_column({noun, "p.oid::pg_catalog.regprocedure", "p.proowner"}), R"(
from pg_catalog.pg_proc p join pg_catalog.pg_language l on l.oid = p.prolang
join pg_catalog.pg_namespace n on n.oid = p.pronamespace
where p.oid >= 16384 and p.prokind in ()",
                prokinds, R"() and n.nspname !~ '^pg_' and not exists (select from pg_catalog.pg_depend d
  where d.classid = 1255 and d.objid = p.oid and d.deptype = 'i'))");
}

namespace {
Text access_lists(int) { return access_lists_of({"1255", "pg_proc", "proowner", "proacl", "f"}); }
}  // namespace
constexpr Rights function_rights{"FUNCTION", &sort_of_functions, access_lists};
constexpr Rights procedure_rights{"PROCEDURE", &sort_of_functions, access_lists};

constexpr BodyFields routine_body{.text = &routine_fields.body,
                                  .language = &routine_fields.language,
                                  .parsed = &routine_fields.sql_body,
                                  .settings = &routine_fields.set};
}  // namespace quoin
