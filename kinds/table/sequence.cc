// Everything quoin knows about sequences that are objects of their own, free or owned by a column.
#include "core/model/reading.h"
#include "kinds/access/carried.h"
#include "kinds/access/grantable.h"
#include "kinds/column/numbering.h"
#include "kinds/list.h"
#include "kinds/view/query.h"

namespace quoin {
namespace {

constexpr struct : FieldTable {
  Field<Text> type{*this, "type", "type of its numbers", {.role = Role::type, .fallback = "bigint"}};
  OptionalNumber start{*this, "start", "first number"};
  Field<std::int64_t> increment{*this, "increment", "step from one number to the next", {.fallback = 1}};
  OptionalNumber minimum{*this, "minimum", "least number"};
  OptionalNumber maximum{*this, "maximum", "greatest number"};
  Field<std::int64_t> cache{*this, "cache", "how many a session takes at once", {.fallback = 1}};
  Field<bool> cycle{*this, "cycle", "begins anew at its end"};
  Field<Text> owned_by{*this, "owned_by", "the column it goes with", {.role = Role::owned_by}};
  Field<Text> persistence{
      *this,
      "persistence",
      "logged or unlogged, where its column's table is not, or it has none and is unlogged (PostgreSQL 15)",
      {.since = 15, .words = "logged|unlogged"}};
  Field<bool> of_unlogged{*this, "of_unlogged", "its column's table is unlogged", {.counts = Counts::derived}};
  Field<bool> hidden{*this, "hidden", "its owner's table hides rows from its own", {.counts = Counts::derived}};
} fields;

Text alter(Id id, std::string_view action) { return concat("ALTER SEQUENCE ", qualified(id), " ", action); }

Text set_owner(const Object& to) {
  return alter(to.id, concat("OWNED BY ", to.has(fields.owned_by) ? to[fields.owned_by] : "NONE"));
}

std::int64_t implied_minimum(const Object& o) {
  return o[fields.increment] > 0 ? 1 : range_of_numbers(o[fields.type]).least;
}
std::int64_t implied_maximum(const Object& o) {
  return o[fields.increment] > 0 ? range_of_numbers(o[fields.type]).greatest : -1;
}
std::int64_t minimum(const Object& o) { return o.has(fields.minimum) ? o[fields.minimum] : implied_minimum(o); }
std::int64_t maximum(const Object& o) { return o.has(fields.maximum) ? o[fields.maximum] : implied_maximum(o); }
std::int64_t implied_start(const Object& o) { return o[fields.increment] > 0 ? minimum(o) : maximum(o); }
std::int64_t start(const Object& o) { return o.has(fields.start) ? o[fields.start] : implied_start(o); }

Bounds bounds(const Object& o) { return {minimum(o), maximum(o), start(o)}; }

bool is_owner(Id id) { return id->kind == &column_kind; }

Id owner_of(const Object& sequence) {
  if (!sequence.has(fields.owned_by)) return {};
  const auto owner = std::ranges::find_if(sequence.needs, is_owner);
  return owner == sequence.needs.end() ? Id() : *owner;
}

Persistence persistence(const Object& o) { return {o[fields.persistence], o[fields.of_unlogged]}; }

Text definition(const Object& o) {
  Text sql =
      concat(o[fields.persistence] == "unlogged" ? "CREATE UNLOGGED SEQUENCE " : "CREATE SEQUENCE ", qualified(o.id));
  if (o.has(fields.type)) sql += concat(" AS ", o[fields.type]);
  if (o.has(fields.increment)) sql += concat(" INCREMENT BY ", std::to_string(o[fields.increment]));
  if (o.has(fields.minimum)) sql += concat(" MINVALUE ", std::to_string(o[fields.minimum]));
  if (o.has(fields.maximum)) sql += concat(" MAXVALUE ", std::to_string(o[fields.maximum]));
  if (o.has(fields.start)) sql += concat(" START WITH ", std::to_string(o[fields.start]));
  if (o.has(fields.cache)) sql += concat(" CACHE ", std::to_string(o[fields.cache]));
  if (o[fields.cycle]) sql += " CYCLE";
  return sql;
}

// The server wants both to be of one role, whichever that is by then.
Text give_to_owner_of(Id table, Id sequence) {
  Text sql = concat("ALTER SEQUENCE ", qualified(sequence), " OWNER TO ");
  for (std::size_t at = sql.find('%'); at != sql.npos; at = sql.find('%', at + 2)) sql.insert(at, "%");
  return concat("DO ",
                dollar_quote(concat("BEGIN EXECUTE pg_catalog.format(", quote_literal(sql + "%s"),
                                    ", (SELECT c.relowner::pg_catalog.regrole FROM pg_catalog.pg_class c WHERE c.oid "
                                    "OPERATOR(pg_catalog.=) ",
                                    quote_literal(qualified(table)), "::pg_catalog.regclass)); END")));
}

// The column's default may call it, so it comes before its owner, and is given to it afterwards.
Steps create(const Object& sequence) {
  Step made = making(sequence, definition(sequence));
  std::erase_if(made.needs, is_owner);
  if (!sequence.has(fields.owned_by)) return {made};
  const Persistence lasts = persistence(sequence);
  Step given{.sql = set_owner(sequence), .needs = sequence.needs};
  given.needs.push_back(sequence.id);
  const Id owner = owner_of(sequence);
  Steps steps{made};
  if (owner && std::ranges::count(sequence.carried, space::owner, &Carried::what) > 0)
    steps.push_back({.sql = give_to_owner_of(owner->parent, sequence.id), .needs = given.needs});
  steps.push_back(given);
  if (lasts.said.empty() && lasts.is_unlogged())
    steps.push_back({.sql = set_persistence(qualified(sequence.id), lasts), .needs = given.needs});
  // A serial's, then: its column holds whole numbers.
  if (!owner || sequence.id->name != object_name(owner->parent->name, owner->name, "seq")) return steps;
  std::ranges::move(past_the_rows({qualified(sequence.id), sequence.id, owner, sequence[fields.hidden]},
                                  start(sequence), sequence[fields.increment]),
                    std::back_inserter(steps));
  return steps;
}

// A table that takes the place of another is given to its owner, with its sequences, once its rows are in it.
Steps change_of_owner(const Delta& delta, const Users& users) {
  if (!delta.touches(fields.owned_by)) return {};
  Steps steps;
  const Id owner = owner_of(*delta.to);
  const bool has_told = std::ranges::count(delta.to->carried, space::owner, &Carried::what) > 0 ||
                        !told_owner(delta.id, users.to).empty();
  if (owner && has_told && delta.from->has(fields.owned_by))  // while it is a table's, its role is that table's
    steps.push_back(in_place(delta, alter(delta.id, "OWNED BY NONE")));
  if (owner && has_told) steps.push_back(in_place(delta, give_to_owner_of(owner->parent, delta.id)));
  steps.push_back(in_place(delta, set_owner(*delta.to)));
  return steps;
}

Step lasting_step(const Delta& delta) {
  Step step = in_place(delta, {});
  for (const Object* side : {delta.from, delta.to})
    if (const Id owner = owner_of(*side)) step.takes.push_back(persistence_of(owner->parent));
  return step;
}

// A bound that is its type's own goes along with the type, whichever way it counts (init_params()), unless it is said.
bool goes_along(std::int64_t bound, std::int64_t of_type, std::int64_t then, std::int64_t of_type_then) {
  return bound == of_type && then != of_type_then;
}

Steps change_of_numbers(const Delta& delta) {
  const Object &from = *delta.from, &to = *delta.to;
  List actions;
  const auto number = [&](std::string_view word, std::int64_t value) {
    actions.push_back(concat(word, " ", std::to_string(value)));
  };
  if (delta.touches(fields.type)) actions.push_back(concat("AS ", to[fields.type]));
  if (delta.touches(fields.increment)) number("INCREMENT BY", to[fields.increment]);
  const bool other_type = delta.touches(fields.type);
  const auto before = range_of_numbers(from[fields.type]), after = range_of_numbers(to[fields.type]);
  if (other_type && goes_along(minimum(from), before.least, minimum(to), after.least))
    number("MINVALUE", minimum(to));
  else if (minimum(from) != minimum(to))
    to.has(fields.minimum) ? number("MINVALUE", minimum(to)) : actions.push_back("NO MINVALUE");
  if (other_type && goes_along(maximum(from), before.greatest, maximum(to), after.greatest))
    number("MAXVALUE", maximum(to));
  else if (maximum(from) != maximum(to))
    to.has(fields.maximum) ? number("MAXVALUE", maximum(to)) : actions.push_back("NO MAXVALUE");
  if (start(from) != start(to)) number("START WITH", start(to));
  if (delta.touches(fields.cache)) number("CACHE", to[fields.cache]);
  if (delta.touches(fields.cycle)) actions.push_back(to[fields.cycle] ? "CYCLE" : "NO CYCLE");
  const SequenceMove where = sequence_move(qualified(delta.id), bounds(from), bounds(to));
  if (!where.restart.empty()) actions.push_back(where.restart);
  Steps steps;
  if (!where.move.empty()) steps.push_back(in_place(delta, where.move));
  if (!actions.empty()) {
    steps.push_back(in_place(delta, alter(delta.id, join(actions, " "))));
    steps.back().hazards = where.hazards;
  }
  std::ranges::move(change_persistence(qualified(delta.id), persistence(from), persistence(to), lasting_step(delta)),
                    std::back_inserter(steps));
  return steps;
}

// Who owns it is a step of its own.
Change change(const Delta& delta, const Users& users) {
  Steps steps = change_of_numbers(delta);
  for (Step& step : steps) std::erase_if(step.needs, is_owner);
  std::ranges::move(change_of_owner(delta, users), std::back_inserter(steps));
  return steps;
}

Follow on_rebuild(const Delta&, const Rebuilt&, const Users&) { return Unaffected{}; }

// What numbered its column until now.
Follow admit(const Object& o, const Users& users) {
  const Id column = owner_of(o), identity = column ? users.from.ids().find(identity_kind, column, {}) : Id();
  if (!identity || !users.from.find(identity) || users.to.find(identity)) return Unaffected{};
  if (!keeps_type(column, users)) return Unaffected{};
  return hand_over({identity, column, o.id, qualified(o.id), o[fields.increment] > 0}, users);
}

// What follows from the rest is not said twice. Of a table that is read after it, the catalog tells.
void derive(Object& o, Schema& schema) {
  if (const Id owner = owner_of(o); owner && schema.find(owner->parent)) {
    o.put(fields.hidden, hides_rows(owner, schema));
    o.put(fields.of_unlogged, is_unlogged(owner, schema));
  }
  const Persistence lasts = persistence(o);
  if (!lasts.said.empty() && lasts.is_unlogged() == lasts.of_unlogged) o.put(fields.persistence, Text());
  if (o.has(fields.start) && o[fields.start] == implied_start(o)) o.put(fields.start, Value());
  if (o.has(fields.minimum) && o[fields.minimum] == implied_minimum(o)) o.put(fields.minimum, Value());
  if (o.has(fields.maximum) && o[fields.maximum] == implied_maximum(o)) o.put(fields.maximum, Value());
}

Text catalog(int version) {
  const std::string_view unlogged =
      version < 150000
          ? ""
          : ", case c.relpersistence when coalesce(t.relpersistence, 'p') then null when 'u' then 'unlogged' "
            "else 'logged' end as persistence";
  return concat(
      R"(
select 1259 as class, c.oid as oid, 0 as sub, 2615 as parent_class, c.relnamespace as parent_oid, 0 as parent_sub,
  c.relname as name, pg_catalog.format_type(s.seqtypid, null) as type, s.seqstart as start,
  s.seqincrement as increment, s.seqmin as minimum, s.seqmax as maximum, s.seqcache as cache, s.seqcycle as cycle,
  case when d.deptype = 'a' then pg_catalog.format('%I.%I.%I', tn.nspname, t.relname, a.attname) end as owned_by,
  t.relpersistence = 'u' as of_unlogged, t.relforcerowsecurity as hidden)",
      unlogged, owner_column({"SEQUENCE", "pg_catalog.format('%I.%I', n.nspname, c.relname)", "c.relowner"}),
      R"(
from pg_catalog.pg_sequence s join pg_catalog.pg_class c on c.oid = s.seqrelid
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
left join pg_catalog.pg_depend d on d.classid = 1259 and d.objid = c.oid and d.objsubid = 0 and d.refclassid = 1259
  and d.deptype in ('a', 'i') and d.refobjsubid > 0
left join pg_catalog.pg_class t on t.oid = d.refobjid
left join pg_catalog.pg_namespace tn on tn.oid = t.relnamespace
left join pg_catalog.pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
where d.deptype is distinct from 'i' and c.relpersistence <> 't')");
}

void read_owner(ast::Node names, Object& sequence) {
  List parts = names.texts();
  for (Text& part : parts) part = quote_ident(part);
  if (parts.size() == 1) return sequence.put(fields.owned_by, Text());  // NONE
  sequence.put(fields.owned_by, join(parts, "."));
}

void read_number(ast::Node argument, const Field<std::int64_t>& field, Object& sequence) {
  if (argument)
    sequence.put(field, std::int64_t{std::stoll(option_text(argument))});
  else
    sequence.put(field, Value());
}

void read_options(ast::Node options, Object& sequence, Reading& reading) {
  for (ast::Node option : options) {
    const std::string_view name = option["defname"].text();
    const ast::Node argument = option["arg"];
    if (name == "as") sequence.put(fields.type, reading.type(argument));
    if (name == "start") read_number(argument, fields.start, sequence);
    if (name == "increment") read_number(argument, fields.increment, sequence);
    if (name == "minvalue") read_number(argument, fields.minimum, sequence);
    if (name == "maxvalue") read_number(argument, fields.maximum, sequence);
    if (name == "cache") read_number(argument, fields.cache, sequence);
    if (name == "cycle") sequence.put(fields.cycle, argument.flag());
    if (name == "owned_by") read_owner(argument, sequence);
  }
}

void read_create(ast::Node statement, Reading& reading) {
  const ast::Node name = statement["sequence"];
  const Id schema = reading.creation_schema(name);
  if (!schema) return;
  const Existing existing = statement["if_not_exists"].flag() ? Existing::keep : Existing::error;
  Object* sequence = reading.make(sequence_kind, schema, Text(name["relname"].text()), existing);
  if (!sequence) return;
  read_options(statement["options"], *sequence, reading);
  if (name["relpersistence"].text() == "u") sequence->put(fields.persistence, Text("unlogged"));
}

void read_alter(ast::Node statement, Reading& reading) {
  const Absent absent = statement["missing_ok"].flag() ? Absent::ignore : Absent::error;
  const Id id = reading.find("relation", statement["sequence"], absent);
  if (const Id identity = id ? Id() : identity_named(statement["sequence"], reading)) {
    if (Object* numbering = reading.change(identity)) read_identity_options(statement["options"], *numbering);
    return;
  }
  if (!id) return;
  if (id->kind != &sequence_kind) return reading.unknown(id, concat(path(id), " is no sequence of its own"));
  if (Object* sequence = reading.change(id)) read_options(statement["options"], *sequence, reading);
}

constexpr StatementReader readers[] = {{"CreateSeqStmt", "", read_create},
                                       {"AlterSeqStmt", "", read_alter, Lock::share_row_exclusive}};
constexpr std::string_view parents[] = {"schema"};

Text access_lists(int) {
  return R"(
  select 1259, c.oid, 0, c.relowner, c.relacl, pg_catalog.acldefault('s', c.relowner)
  from pg_catalog.pg_class c where c.relacl is not null and c.relkind = 'S'
    and not exists (select from pg_catalog.pg_depend i
      where i.classid = 1259 and i.objid = c.oid and i.refclassid = 1259 and i.deptype = 'i'))";
}
constexpr Rights rights{"SEQUENCE", &sort_of_sequences, access_lists};
}  // namespace

constexpr Kind sequence_kind{.name = "sequence",
                             .key = "sequences",
                             .weight = 60,
                             .fields = fields,
                             .traits = has_section | goes_where_owner_goes | has_owner,
                             .noun = "SEQUENCE",
                             .object_type = "OBJECT_SEQUENCE",
                             .space = space::relation,
                             .parents = parents,
                             .value_type = &fields.type,
                             .rights = &rights,
                             .dropped_with = owner_of,
                             .sql = {.create = create, .change = change, .on_rebuild = on_rebuild, .admit = admit},
                             .reading = {.catalog = catalog, .readers = readers, .derive = derive}};
}  // namespace quoin
