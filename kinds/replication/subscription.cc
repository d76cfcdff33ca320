// Everything quoin knows about subscriptions. How a server reaches the publisher is a secret: neither read nor written.
#include "kinds/replication/subscription.h"

#include "core/model/reading.h"
#include "kinds/access/carried.h"
#include "kinds/list.h"
#include "kinds/view/query.h"

namespace quoin {
namespace {
Text set_publications(const Object& from, const Object& to);
Text set_slot_name(const Object& from, const Object& to);
Text set_synchronous_commit(const Object& from, const Object& to);
Text set_binary(const Object& from, const Object& to);
Text set_disable_on_error(const Object& from, const Object& to);
Text set_password_required(const Object& from, const Object& to);
Text set_run_as_owner(const Object& from, const Object& to);
Text set_origin(const Object& from, const Object& to);

constexpr std::string_view none = "none";

constexpr struct : FieldTable {
  Field<List> publications{*this,
                           "publications",
                           "what it takes from the publisher",
                           {.role = Role::text, .alter = set_publications, .presence = Presence::filled}};
  Field<Text> slot_name{*this,
                        "slot_name",
                        "the publisher's slot, where it has not the subscription's name, or none",
                        {.role = Role::text, .alter = set_slot_name}};
  Field<bool> enabled{*this, "enabled", "it runs; it is made so that it does not", {.counts = Counts::once}};
  Field<bool> binary{*this, "binary", "rows come in binary form", {.alter = set_binary, .since = 14}};
  Field<Text> streaming{*this,
                        "streaming",
                        "off, on or parallel, where not as the server has it by itself",
                        {.since = 14, .words = "off|on|parallel"}};
  Field<Text> synchronous_commit{*this,
                                 "synchronous_commit",
                                 "the setting under which it applies changes",
                                 {.role = Role::text, .fallback = "off", .alter = set_synchronous_commit}};
  Field<bool> two_phase{*this, "two_phase", "prepared transactions come as such", {.since = 15}};
  Field<bool> disable_on_error{
      *this, "disable_on_error", "an error stops it", {.alter = set_disable_on_error, .since = 15}};
  Field<bool> password_required{*this,
                                "password_required",
                                "reaching the publisher takes a password",
                                {.fallback = true, .alter = set_password_required, .since = 16}};
  Field<bool> run_as_owner{
      *this, "run_as_owner", "changes are applied as its owner", {.alter = set_run_as_owner, .since = 16}};
  Field<Text> origin{*this,
                     "origin",
                     "any, or none: only what the publisher wrote itself",
                     {.fallback = "any", .alter = set_origin, .since = 16, .words = "any|none"}};
  Field<bool> failover{*this, "failover", "its slot goes to the publisher's standbys too", {.since = 17}};
  Field<List> secrets{*this, "secrets", "its connection", {.role = Role::secret, .counts = Counts::derived}};
} fields;

constexpr const Field<bool>* flags[] = {&fields.binary,       &fields.two_phase, &fields.disable_on_error,
                                        &fields.run_as_owner, &fields.failover,  &fields.password_required};
constexpr const Field<Text>* words[] = {&fields.streaming, &fields.synchronous_commit, &fields.origin};

Text term(const Object& o, const Field<bool>& field) { return concat(field.name, " = ", o[field] ? "true" : "false"); }
Text term(const Object& o, const Field<Text>& field) { return concat(field.name, " = ", quote_literal(o[field])); }
Text slot_term(const Object& o) {
  const std::string_view slot = o.has(fields.slot_name) ? o[fields.slot_name] : o.id->name;
  return concat("slot_name = ", slot == none ? Text("NONE") : quote_literal(slot));
}

Text alter(Id subscription, std::string_view action) {
  return concat("ALTER SUBSCRIPTION ", address(subscription), " ", action);
}
Text set(Id subscription, std::string_view term) { return alter(subscription, concat("SET (", term, ")")); }

Text set_publications(const Object&, const Object& to) {
  return alter(to.id, concat("SET PUBLICATION ", quoted_list(to[fields.publications]), " WITH (refresh = false)"));
}
Text set_slot_name(const Object&, const Object& to) {
  const bool leaves = to[fields.slot_name] == none;  // which only one that does not run may
  return concat(leaves ? alter(to.id, "DISABLE") + ";\n" : Text(), set(to.id, slot_term(to)));
}
Text set_synchronous_commit(const Object&, const Object& to) { return set(to.id, term(to, fields.synchronous_commit)); }
Text set_binary(const Object&, const Object& to) { return set(to.id, term(to, fields.binary)); }
Text set_disable_on_error(const Object&, const Object& to) { return set(to.id, term(to, fields.disable_on_error)); }
Text set_password_required(const Object&, const Object& to) { return set(to.id, term(to, fields.password_required)); }
Text set_run_as_owner(const Object&, const Object& to) { return set(to.id, term(to, fields.run_as_owner)); }
Text set_origin(const Object&, const Object& to) { return set(to.id, term(to, fields.origin)); }

Text creation(const Object& o) {
  List terms{"connect = false", slot_term(o)};
  for (const Field<bool>* field : flags)
    if (o.has(*field)) terms.push_back(term(o, *field));
  for (const Field<Text>* field : words)
    if (o.has(*field)) terms.push_back(term(o, *field));
  return concat("CREATE SUBSCRIPTION ", address(o.id), " CONNECTION 'host=set.by.hand.invalid' PUBLICATION ",
                quoted_list(o[fields.publications]), " WITH (", join(terms, ", "), ")");
}

Steps create(const Object& o) {
  Step step = making(o, creation(o));
  step.hazards = {{"secret", concat(path(o.id),
                                    " gets no connection: set that by hand, make its slot and enable it, for "
                                    "quoin writes no secrets and talks to no publisher")}};
  return only(std::move(step));
}

// With a slot, DROP would go to the publisher for it, and not in a transaction; a comment it would leave behind.
List drop_statements(const Object& o) {
  return {concat("COMMENT ON SUBSCRIPTION ", address(o.id), " IS NULL"), alter(o.id, "DISABLE"),
          set(o.id, "slot_name = NONE"), concat("DROP SUBSCRIPTION ", address(o.id))};
}
Steps drop(const Object& o) { return dropping_by(o, drop_statements(o)); }
std::vector<Hazard> hazards_of_drop(const Object& o, const Object*) {
  const bool has_slot = o[fields.slot_name] != none;
  return {{"data-loss", concat("drops ", path(o.id), " and its connection, which quoin does not know",
                               has_slot ? "; its slot stays with the publisher: drop that by hand" : "")}};
}

Change change(const Delta& delta, const Users&) {
  for (const Field<bool>* field : {&fields.two_phase, &fields.failover})
    if (delta.touches(*field)) return Cannot{concat(field->name, " cannot change without the publisher")};
  if (!delta.to->has(fields.streaming)) return Cannot{"only a new one has what the server streams by itself"};
  return only(in_place(delta, set(delta.id, term(*delta.to, fields.streaming))));
}

// Up to 13 only superusers see all of it; a view tells the number to everybody, though not in which database.
constexpr std::string_view shown_of_12 =
    "pg_catalog.has_column_privilege('pg_catalog.pg_subscription', 'subsynccommit', 'select')";

Text hidden_of_12(std::string_view column) {
  return concat("substring(pg_catalog.query_to_xml(pg_catalog.format('select ", column, R"( as v from
      pg_catalog.pg_subscription where subname = %L and subdbid = %s', s.subname, s.subdbid), false, false, '')::text
      from '<v>(.*)</v>'))");
}

Text oid_of_12() {
  return concat("case when ", shown_of_12, " then ", hidden_of_12("oid"), R"(::oid else (
    select pg_catalog.min(a.subid::int8)::oid from pg_catalog.pg_stat_subscription a where a.subname = s.subname) end)");
}

Text catalog_of_12() {
  return concat(oid_of_12(), R"( as oid,
  case when )",
                shown_of_12, " then ", hidden_of_12("subsynccommit"), " end as synchronous_commit, not ", shown_of_12,
                R"( as "?synchronous_commit")");
}

constexpr std::string_view of_this_database = R"(
where s.subdbid = (select d.oid from pg_catalog.pg_database d where d.datname = pg_catalog.current_database()))";

Text catalog(int server_version) {
  Text columns = server_version < 140000 ? catalog_of_12() : R"(s.oid as oid, s.subsynccommit as synchronous_commit,
  s.subbinary as binary, case s.substream::text when 't' then 'on' when 'true' then 'on' )";
  if (server_version >= 180000)
    columns += "when 'f' then 'off' end as streaming";
  else if (server_version >= 140000)
    columns += "when 'p' then 'parallel' end as streaming";
  if (server_version >= 150000)
    columns += ", s.subtwophasestate <> 'd' as two_phase, s.subdisableonerr as disable_on_error";
  if (server_version >= 160000)
    columns += ", s.subpasswordrequired as password_required, s.subrunasowner as run_as_owner, s.suborigin as origin";
  if (server_version >= 170000) columns += ", s.subfailover as failover";
  return concat("\nselect 6100 as class, 0 as sub, 0 as parent_class, 0 as parent_oid, 0 as parent_sub, ", columns, R"(,
  s.subname as name, s.subpublications as publications, s.subenabled as enabled,
  case when s.subslotname is null then 'none' else nullif(s.subslotname, s.subname) end as slot_name)",
                owner_column({"SUBSCRIPTION", "pg_catalog.format('%I', s.subname)", "s.subowner"}),
                "\nfrom pg_catalog.pg_subscription s", of_this_database);
}

void derive(Object& o, Schema&) {
  o.put(fields.secrets, List{"connection"});
  if (o[fields.slot_name] == o.id->name) o.put(fields.slot_name, Text());
}

Text streaming_word(ast::Node value) {
  const Text word = value ? lower(option_text(value)) : Text("on");
  if (word == "parallel") return word;
  return !value || option_is_on(value) ? "on" : "off";
}

void put_options(ast::Node options, Object& o) {
  for (ast::Node option : options) {
    const std::string_view name = option["defname"].text();
    const ast::Node value = option["arg"];
    if (name == "connect" && !option_is_on(value)) o.put(fields.enabled, false);
    if (name == fields.enabled.name) o.put(fields.enabled, option_is_on(value));
    if (name == fields.streaming.name) o.put(fields.streaming, streaming_word(value));
    if (name == fields.slot_name.name) {
      const Text slot = option_text(value);
      o.put(fields.slot_name, slot == o.id->name ? Text() : lower(slot) == none ? Text(none) : slot);
    }
    for (const Field<bool>* field : flags)
      if (name == field->name) o.put(*field, option_is_on(value));
    for (const Field<Text>* field : {&fields.synchronous_commit, &fields.origin})
      if (name == field->name) o.put(*field, lower(option_text(value)));
  }
}

void fill(ast::Node statement, Object& o) {
  o.put(fields.publications, statement["publication"].texts());
  o.put(fields.enabled, true);
  put_options(statement["options"], o);
}

void read_create(ast::Node statement, Reading& reading) {
  if (Object* o = reading.make(subscription_kind, Id(), Text(statement["subname"].text()))) fill(statement, *o);
}

Id named_in(ast::Node statement, Ids& ids) {
  return ids.of(subscription_kind, Id(), Text(statement["subname"].text()));
}

void read_alter(ast::Node statement, Reading& reading) {
  Object* o = reading.change(named_in(statement, reading.schema().ids()));
  if (!o) return;
  const std::string_view kind = statement["kind"].text();
  const List named = statement["publication"].texts();
  List all(o->operator[](fields.publications).begin(), o->operator[](fields.publications).end());
  if (kind.ends_with("_OPTIONS") || kind.ends_with("_ENABLED")) return put_options(statement["options"], *o);
  if (kind.ends_with("SET_PUBLICATION")) all = named;
  if (kind.ends_with("ADD_PUBLICATION")) all.insert(all.end(), named.begin(), named.end());
  if (kind.ends_with("DROP_PUBLICATION"))
    std::erase_if(all, [&](const Text& one) { return std::ranges::count(named, one) > 0; });
  o->put(fields.publications, std::move(all));
}

void read_drop(ast::Node statement, Reading& reading) {
  const Id id = named_in(statement, reading.schema().ids());
  if (reading.schema().find(id) || (!statement["missing_ok"].flag() && reading.change(id))) reading.drop(id, {});
}

constexpr StatementReader readers[] = {{"CreateSubscriptionStmt", "", read_create},
                                       {"AlterSubscriptionStmt", "", read_alter},
                                       {"DropSubscriptionStmt", "", read_drop}};

// IF EXISTS: what is to be done first would fail where it is not there.
Text drop_if_there(const Object& o) {
  const Text sql = concat("BEGIN\nIF EXISTS (SELECT FROM pg_catalog.pg_stat_subscription s WHERE s.subname ",
                          "OPERATOR(pg_catalog.=) ", quote_literal(o.id->name), ") THEN\n",
                          join(drop_statements(o), ";\n"), ";\nEND IF;\nEND");
  return concat("DO ", quote_literal(sql));
}

std::optional<Text> altered_here(ast::Node statement, Id id) {
  const std::string_view kind = statement["kind"].text();
  if (kind.ends_with("_OPTIONS")) return std::nullopt;
  if (!kind.ends_with("_PUBLICATION")) return Text();
  const std::string_view verb = kind.ends_with("SET_PUBLICATION")   ? "SET"
                                : kind.ends_with("ADD_PUBLICATION") ? "ADD"
                                                                    : "DROP";
  return alter(id,
               concat(verb, " PUBLICATION ", quoted_list(statement["publication"].texts()), " WITH (refresh = false)"));
}
}  // namespace

std::optional<Text> without_publisher(ast::Node statement) {
  if (!statement.tag().ends_with("SubscriptionStmt")) return std::nullopt;
  Ids ids;
  Object o(named_in(statement, ids));
  if (statement.is("AlterSubscriptionStmt")) return altered_here(statement, o.id);
  if (statement.is("DropSubscriptionStmt"))
    return statement["missing_ok"].flag() ? drop_if_there(o) : join(drop_statements(o), ";\n");
  fill(statement, o);
  return creation(o);
}

Text subscriptions(int server_version) {
  return concat("select 6100, ", server_version < 140000 ? oid_of_12() : "s.oid",
                ", 0, 0 from pg_catalog.pg_subscription s", of_this_database);
}

constexpr Kind subscription_kind{.name = "subscription",
                                 .key = "subscriptions",
                                 .weight = 238,
                                 .fields = fields,
                                 .traits = replaceable | has_section | has_owner,
                                 .noun = "SUBSCRIPTION",
                                 .object_type = "OBJECT_SUBSCRIPTION",
                                 .addressed = &by_name,
                                 .sql = {.create = create, .drop = drop, .change = change},
                                 .cost = {.of_drop = hazards_of_drop},
                                 .reading = {.catalog = catalog, .readers = readers, .derive = derive}};
}  // namespace quoin
