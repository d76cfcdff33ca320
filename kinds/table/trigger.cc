// Everything quoin knows about triggers of tables and views.
#include "kinds/table/trigger.h"

#include "kinds/list.h"
#include "kinds/table/trigger_reader.h"
#include "kinds/users.h"

namespace quoin {
namespace {
constexpr const TriggerFields& fields = trigger_fields;

Text alter_table(Id trigger, std::string_view action) {
  return concat("ALTER TABLE ", qualified(trigger->parent), " ", action, " TRIGGER ", quote_ident(trigger->name));
}

Text enabling(const Object& trigger) { return alter_table(trigger.id, trigger_verb(trigger[fields.enabled])); }
}  // namespace

std::string_view trigger_verb(std::string_view state) {
  if (state == "disabled") return "DISABLE";
  if (state == "replica") return "ENABLE REPLICA";
  return state == "always" ? "ENABLE ALWAYS" : "ENABLE";
}

namespace {
Text events(const Object& trigger, Words word) {
  List all;
  for (const Text& event : trigger[fields.events]) {
    const bool narrowed = event == "update" && trigger.has(fields.columns);
    all.push_back(narrowed ? concat(word("UPDATE OF "), quoted_list(trigger[fields.columns])) : word(event));
  }
  return join(all, word(" OR "));
}

// What follows the name of the table.
Text clauses(const Object& t, Words word) {
  Text sql;
  if (t.has(fields.from)) sql += concat(word(" FROM "), t[fields.from]);
  if (t[fields.deferrable]) sql += word(" DEFERRABLE");
  if (t[fields.initially_deferred]) sql += word(" INITIALLY DEFERRED");
  if (t.has(fields.old_table) || t.has(fields.new_table)) sql += word(" REFERENCING");
  if (t.has(fields.old_table)) sql += concat(word(" OLD TABLE AS "), quote_ident(t[fields.old_table]));
  if (t.has(fields.new_table)) sql += concat(word(" NEW TABLE AS "), quote_ident(t[fields.new_table]));
  sql += concat(word(" FOR EACH "), word(t[fields.level]));
  if (t.has(fields.when)) sql += concat(word(" WHEN ("), t[fields.when], ")");
  List arguments;
  for (const Text& argument : t[fields.arguments]) arguments.push_back(quote_literal(argument));
  return concat(sql, word(" EXECUTE FUNCTION "), t[fields.function], "(", join(arguments, ", "), ")");
}

Text head(const Object& trigger, Words word) {
  return concat(word(trigger[fields.timing]), " ", events(trigger, word));
}

Steps create(const Object& t) {
  Steps steps = only(
      making(t, concat(t[fields.constraint] ? "CREATE CONSTRAINT TRIGGER " : "CREATE TRIGGER ", quote_ident(t.id->name),
                       " ", head(t, upper), " ON ", qualified(t.id->parent), clauses(t, upper))));
  if (t.has(fields.enabled)) steps.push_back({.sql = enabling(t), .makes = {t.id}, .needs = t.needs});
  return steps;
}

/// Where the clauses after the table's name begin in a shorthand: at the first of their words outside of quotes.
std::size_t clauses_at(std::string_view text) {
  static constexpr std::string_view words[] = {"from",        "not", "deferrable", "initially",
                                               "referencing", "for", "when",       "execute"};
  const Text folded = lower(text);
  bool quoted = false;
  for (std::size_t at = 0; at < folded.size(); ++at) {
    if (folded[at] == '"') quoted = !quoted;
    if (quoted || (at > 0 && folded[at - 1] != ' ' && folded[at - 1] != '\n')) continue;
    for (std::string_view word : words) {
      const std::string_view rest = std::string_view(folded).substr(at);
      if (rest.starts_with(word) &&
          (rest.size() == word.size() || !(std::isalnum(rest[word.size()]) || rest[word.size()] == '_')))
        return at;
    }
  }
  return folded.size();
}

Text statement(Id id, std::string_view shorthand) {
  std::string_view rest = trim(shorthand);
  std::string_view verb = "CREATE TRIGGER ";
  if (lower(rest.substr(0, 11)) == "constraint ") {
    verb = "CREATE CONSTRAINT TRIGGER ";
    rest.remove_prefix(11);
  }
  const std::size_t at = clauses_at(rest);
  return concat(verb, quote_ident(id->name), " ", rest.substr(0, at), " ON ", qualified(id->parent), " ",
                rest.substr(at));
}

// Its partitions' are enabled likewise by the same statement.
Change change(const Delta& delta, const Users& users) {
  Delta others = delta;
  others.changed.reset(fields.enabled.ordinal);
  if (others.changed.any()) return Cannot{"a trigger is created with what it does"};
  const bool stands_alone = users.of(delta.id).empty();
  return only(stands_alone ? in_place(delta, enabling(*delta.to)) : rebuilding(delta, enabling(*delta.to)));
}

Text shorthand(const Object& t, std::span<const Object* const>) {
  if (t.has(fields.enabled)) return {};
  return concat(t[fields.constraint] ? "constraint " : "", head(t, lower), clauses(t, lower));
}

Text catalog(int server_version) {
  return concat(R"(
select 2620 as class, t.oid as oid, 0 as sub, 1259 as parent_class, t.tgrelid as parent_oid, 0 as parent_sub,
  t.tgname as name,
  case when t.tgtype & 2 <> 0 then 'before' when t.tgtype & 64 <> 0 then 'instead of' else 'after' end as timing,
  case when t.tgtype & 1 <> 0 then 'row' else 'statement' end as level,
  array_remove(array[case when t.tgtype & 4 <> 0 then 'insert' end, case when t.tgtype & 8 <> 0 then 'delete' end,
    case when t.tgtype & 16 <> 0 then 'update' end, case when t.tgtype & 32 <> 0 then 'truncate' end], null) as events,
  case when t.tgattr::text <> '' then (select pg_catalog.array_agg(a.attname order by k.number)
    from pg_catalog.unnest(t.tgattr::int2[]) with ordinality k(attnum, number)
    join pg_catalog.pg_attribute a on a.attrelid = t.tgrelid and a.attnum = k.attnum) end as columns,
  case when t.tgqual is not null then
    substring(pg_catalog.pg_get_triggerdef(t.oid) from ' WHEN [(](.*)[)] EXECUTE FUNCTION ') end as "when",
  pg_catalog.format('%I.%I', pn.nspname, p.proname) as function,
  case when t.tgnargs > 0 then (select pg_catalog.array_agg(pg_catalog.convert_from(pg_catalog.decode(a.hex, 'hex'),
      pg_catalog.getdatabaseencoding()) order by a.number)
    from pg_catalog.unnest(pg_catalog.string_to_array(pg_catalog.regexp_replace(
      pg_catalog.encode(t.tgargs, 'hex'), '(..)', chr(92) || '1 ', 'g'), '00 ')) with ordinality a(hex, number)
    where a.number <= t.tgnargs) end as arguments,
  t.tgoldtable as old_table, t.tgnewtable as new_table,
  t.tgconstraint <> 0 as constraint,
  case when t.tgconstrrelid <> 0 then (select pg_catalog.format('%I.%I', fn.nspname, f.relname)
    from pg_catalog.pg_class f join pg_catalog.pg_namespace fn on fn.oid = f.relnamespace
    where f.oid = t.tgconstrrelid) end as from,
  t.tgdeferrable as deferrable, t.tginitdeferred as initially_deferred,
  case t.tgenabled when 'D' then 'disabled' when 'R' then 'replica' when 'A' then 'always' end as enabled,
  case when t.tgconstraint <> 0 then array['2606:' || t.tgconstraint || ':0'] end as also
from pg_catalog.pg_trigger t
join pg_catalog.pg_proc p on p.oid = t.tgfoid join pg_catalog.pg_namespace pn on pn.oid = p.pronamespace
where not t.tgisinternal)",
                server_version >= 130000 ? " and t.tgparentid = 0" : "");
}

constexpr StatementReader readers[] = {
    {"CreateTrigStmt", "", read_create_trigger, Lock::share_row_exclusive},
    {"AlterTableCmd", "AT_EnableTrig", read_trigger_enabled, Lock::share_row_exclusive},
    {"AlterTableCmd", "AT_EnableAlwaysTrig", read_trigger_enabled, Lock::share_row_exclusive},
    {"AlterTableCmd", "AT_EnableReplicaTrig", read_trigger_enabled, Lock::share_row_exclusive},
    {"AlterTableCmd", "AT_DisableTrig", read_trigger_enabled, Lock::share_row_exclusive},
    {"AlterTableCmd", "AT_EnableTrigAll", read_trigger_enabled, Lock::share_row_exclusive},
    {"AlterTableCmd", "AT_DisableTrigAll", read_trigger_enabled, Lock::share_row_exclusive},
    {"AlterTableCmd", "AT_EnableTrigUser", read_trigger_enabled, Lock::share_row_exclusive},
    {"AlterTableCmd", "AT_DisableTrigUser", read_trigger_enabled, Lock::share_row_exclusive}};
constexpr std::string_view parents[] = {"table", "foreign table", "view"};
}  // namespace

constexpr Kind trigger_kind{.name = "trigger",
                            .key = "triggers",
                            .weight = 220,
                            .fields = fields,
                            .traits = replaceable | dropped_with_parent,
                            .noun = "TRIGGER",
                            .object_type = "OBJECT_TRIGGER",
                            .addressed = &by_relation,
                            .parents = parents,
                            .sql = {.create = create, .change = change},
                            .reading = {.catalog = catalog, .readers = readers},
                            .yaml = {.statement = statement, .shorthand = shorthand}};
}  // namespace quoin
