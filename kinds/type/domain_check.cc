// Everything quoin knows about the check constraints of domains.
#include "kinds/type/domain_check.h"

#include "core/model/reading.h"
#include "core/sql/print.h"
#include "kinds/constraint/constraint.h"
#include "kinds/list.h"
#include "kinds/users.h"

namespace quoin {
namespace {
constexpr struct : FieldTable {
  Field<Text> expression{
      *this, "expression", "what holds for each value", {.role = Role::expression, .presence = Presence::filled}};
  Field<bool> not_valid{*this, "not_valid", "values stored before it were not checked"};
} fields;

Text alter_domain(Id check) { return concat("ALTER DOMAIN ", qualified(check->parent), " "); }

Hazard broken_by_values(const Object& check) {
  return {"may-fail", concat("values that break ", path(check.id), " make it fail")};
}

Steps create(const Object& check) {
  Step step = making(check, concat("CONSTRAINT ", quote_ident(check.id->name), " CHECK (", check[fields.expression],
                                   check[fields.not_valid] ? ") NOT VALID" : ")"));
  step.prefix = alter_domain(check.id) + "ADD ";
  if (!check[fields.not_valid]) {
    step.host = check.id->parent;
    step.hazards = {broken_by_values(check)};
  }
  return {step};
}

Steps drop(const Object& check) {
  return only(dropping(check, concat(alter_domain(check.id), "DROP CONSTRAINT ", quote_ident(check.id->name))));
}

// The server looks for values that break it in columns of the domain and of those over it, and refuses where there may
// be some inside of arrays and composite types: then users move over to a new domain.
Follow admit(const Object& check, const Users& users) {
  const Id domain = check.id->parent;
  const Object *before = users.from.find(domain), *after = users.to.find(domain);
  if (check[fields.not_valid] || !before || users.storing_inside(domain).empty()) return Unaffected{};
  return swapped_domain({domain, {}, before, after}, users);
}

Change change(const Delta& delta, const Users& users) {
  if (delta.touches(fields.expression) || (*delta.to)[fields.not_valid] ||
      !users.storing_inside(delta.id->parent).empty())
    return Cannot{concat("the condition of ", path(delta.id), " cannot change in place")};
  return Steps{in_place(delta, concat(alter_domain(delta.id), "VALIDATE CONSTRAINT ", quote_ident(delta.id->name)))};
}

Text rename(Id check, std::string_view new_name) {
  return concat(alter_domain(check), "RENAME CONSTRAINT ", quote_ident(check->name), " TO ", quote_ident(new_name));
}

Text catalog(int) {
  return R"(
select 2606 as class, c.oid as oid, 0 as sub, 1247 as parent_class, c.contypid as parent_oid, 0 as parent_sub,
  c.conname as name, pg_catalog.pg_get_expr(c.conbin, 0) as expression, not c.convalidated as not_valid
from pg_catalog.pg_constraint c where c.contypid <> 0 and c.contype = 'c')";
}

void derive(Object& check, Schema&) { check.put(fields.expression, settled(check[fields.expression])); }

constexpr std::string_view parents[] = {"domain"};
}  // namespace

std::vector<Hazard> hazards_of_check(const Object& check, const Users& users) {
  const Object* before = users.from.find(check.id);
  const bool held = before && !(*before)[fields.not_valid] && before->differences(check).none();
  if (held || check[fields.not_valid]) return {};
  return {broken_by_values(check)};
}

void read_domain_check(ast::Node constraint, Id domain, Reading& reading) {
  Text name(constraint["conname"].text());
  const Text parts[] = {domain->name};
  if (name.empty()) name = reading.choose_name(parts, "check", "constraint", domain);
  Object* check = reading.make(domain_check_kind, domain, name);
  if (!check) return;
  check->put(fields.expression, reading.printed(constraint["raw_expr"]));
  check->put(fields.not_valid, constraint["skip_validation"].flag());
}

void validate_domain_check(Id id, Reading& reading) {
  if (Object* check = reading.change(id)) check->put(fields.not_valid, false);
}

constexpr Kind domain_check_kind{
    .name = "domain constraint",
    .key = "checks",
    .weight = 45,
    .fields = fields,
    .traits = replaceable | dropped_with_parent | calls_when_made,
    .noun = "CONSTRAINT",
    .object_type = "OBJECT_DOMCONSTRAINT",
    .addressed = &by_domain,
    .space = space::constraint,
    .parents = parents,
    .sql = {.create = create, .drop = drop, .change = change, .admit = admit, .rename = rename},
    .reading = {.catalog = catalog, .derive = derive}};
}  // namespace quoin
