#include "project/routes.h"

#include "core/base/kept.h"
#include "core/base/visible.h"
#include "core/model/kind.h"
#include "kinds/access/carried.h"
#include "kinds/column/null.h"
#include "kinds/database/template.h"
#include "parser/names/moved_members.h"
#include "parser/names/names.h"
#include "parser/replay/replay.h"
#include "project/concern.h"
#include "project/histories.h"
#include "project/owners_rights.h"
#include "project/scope.h"
#include "project/side.h"
#include "project/versions.h"

namespace quoin {
namespace {

std::optional<int> target_major(const SchemaSource& from, const SchemaSource& to) {
  for (const SchemaSource* source : {&from, &to})
    if (source->form == SourceForm::database) return postgres::Connection(source->where).major();
  return std::nullopt;
}

bool wants_shadow(const SchemaSource& from, const SchemaSource& to, const RouteOptions& options) {
  const bool both_live = from.form == SourceForm::database && to.form == SourceForm::database;
  return options.proving == Proving::yes || !both_live;
}

struct Situation {
  const Schema& current;
  const Settings& settings;
};

/// The steps from one side to the other; what they give another owner has the rights that come with it.
Plan plan_from(const Schema& from, const Schema& to, const Settings& settings, List* undecided = nullptr) {
  const bool hands_over = concern_of(Matter::owner, settings) == Concern::on;
  std::vector<Id> moved = to_be_moved(from, to);
  if (!moved.empty()) moved = to_be_moved(from, to, sameness(from, to));
  if (!hands_over && moved.empty()) return plan(from, to, sameness(from, to, undecided));
  Schema& start = kept<Schema>(from.copy());
  if (hands_over) hand_over_rights(start, to);
  if (moved.empty()) return plan(start, to, sameness(start, to, undecided));
  Schema& goal = kept<Schema>(to.copy());
  const Moving moving = set_aside(start, goal, moved, rename_in_texts);
  return plan(start, goal, sameness(start, goal, undecided), moving);
}

// Both ways begin with the renames, so that what comes after them has the words that its end has. Where the old name is
// taken by something new, the way back ends with them.
void plan_both(Routes& routes, Side& from, Side& to, const Situation& now) {
  const Schema& current = now.current;
  follow_moved_extensions(from.schema, to.schema);
  List errors = renamed_unmanaged(from.schema, to.schema, now.settings);
  Renames renames = rename_first(from.schema, to.schema, rename_in_texts);
  const KeptUnmanaged beside = keep_unmanaged(from.schema, to.schema, now.settings);
  errors.insert(errors.end(), beside.errors.begin(), beside.errors.end());
  complete_owners({from.schema, from.source.form}, {to.schema, to.source.form}, now.settings);
  for (Text& note : keep_uncompared(from.schema, to.schema, now.settings)) routes.notes.push_back(std::move(note));
  List undecided;
  LeftOut left_out{to.source.form == SourceForm::yaml ? Absence::says_nothing : Absence::asks_for_drop};
  leave_out_unmodelled(from.schema, to.schema, left_out);
  for (Text& note : not_compared(from.schema, to.schema)) routes.notes.push_back(std::move(note));
  if (auto goal = within_reach(from.schema, to.schema, left_out)) to.schema = std::move(*goal);
  const auto way_back = [&] {
    for (Text& note : keep_updated(from.schema, to.schema)) routes.notes.push_back(std::move(note));
    return plan_from(to.schema, from.schema, now.settings);
  };
  if (renames.up.empty()) {
    routes.up = plan_from(from.schema, to.schema, now.settings, &undecided);
    routes.down = way_back();
  } else {
    take_words(from.schema, to.schema);
    follow_selections(from.schema, to.schema, renames);
    routes.up = plan_from(from.schema, to.schema, now.settings, &undecided);
    routes.up.steps.insert(routes.up.steps.begin(), renames.up.begin(), renames.up.end());
    Schema back = to.schema.copy();
    if (rename_back(back, renames, rename_in_texts)) {
      Schema before = current.copy();
      follow_moved_extensions(before, back);
      complete_owners({before, from.source.form}, {back, to.source.form}, now.settings);
      for (Text& note : keep_updated(before, back)) routes.notes.push_back(std::move(note));
      take_words(back, before);
      follow_selections(back, before, renames);
      routes.down = plan_from(back, before, now.settings);
      for (const Steps* steps : {&renames.down, &renames.before_down})
        routes.down.steps.insert(routes.down.steps.begin(), steps->begin(), steps->end());
    } else {
      routes.down = way_back();
      for (const Steps* steps : {&renames.down, &renames.after_down})
        routes.down.steps.insert(routes.down.steps.end(), steps->begin(), steps->end());
    }
  }
  for (Plan* plan : {&routes.up, &routes.down}) {
    for (Text& error : touched_unmanaged(*plan, beside, from.schema, to.schema))
      plan->errors.push_back(std::move(error));
  }
  routes.up.errors.insert(routes.up.errors.end(), errors.begin(), errors.end());
  routes.notes.insert(routes.notes.end(), beside.notes.begin(), beside.notes.end());
  for (const Plan* plan : {&routes.up, &routes.down}) leave_out_touched(from.schema, to.schema, plan->steps, left_out);
  routes.left_out = left_out.all();
  routes.missed = std::move(left_out.missed);
  routes.notes.insert(routes.notes.end(), renames.notes.begin(), renames.notes.end());
  if (!undecided.empty())
    routes.notes.push_back(
        concat("taken for the same, though only a server can tell whether a cast differs (--shadow auto): ",
               join(undecided, ", ")));
}

// What rows have shown is said at its step before the file is tried again, so that what is proven is what is written.
Verdict try_routes(Routes& routes, Shadow& shadow, const Claim& claim, const Settings& settings) {
  for (;;) {
    const Steps &up = routes.up.steps, &down = routes.down.steps;
    routes.file = write_migration(up, down);
    Verdict verdict = try_file(shadow, {routes.file, up, down, claim.current, claim.desired}, settings);
    if (verdict.proof.outcome == Outcome::disproven || verdict.unannounced.empty()) return verdict;
    for (const UnannouncedHazard& found : verdict.unannounced)
      (found.direction == Direction::up ? routes.up : routes.down).steps[found.step].hazards.push_back(found.hazard);
  }
}

// What the database had let in once, under another search_path perhaps, may be refused where it is made anew.
bool leave_known_unchecked(Routes& routes, const Claim& claim) {
  const bool up =
      leave_unchecked(routes.up.steps, [&](Id id) { return has_same_body(id, claim.current, claim.desired); });
  const bool down = leave_unchecked(routes.down.steps, [&](Id id) { return claim.current.find(id) != nullptr; });
  return up || down;
}

// Such a trigger may touch rows too, and where there were none, nobody has seen it.
void note_acting_without_rows(Routes& routes, const Schema& current) {
  List acting;
  current.each([&](const Object& object) {
    if (object.id->kind->has(acts_on_new)) acting.push_back(path(object.id));
  });
  if (acting.empty() || !routes.basis.with_rows.empty()) return;
  std::ranges::sort(acting);
  routes.notes.push_back(concat("the proof had no rows: what ", join(acting, ", "), " does to rows was not tried"));
}

/// The role that tries migrations.
Text session_of(Shadow& shadow) {
  const Shadow::Database scratch = shadow.create_database();
  return scratch.connect().user();
}

void prove_routes(Routes& routes, Shadow& shadow, const Claim& claim, const Settings& settings) {
  const Progress progress(settings, concat("proving on PostgreSQL ", std::to_string(shadow.major())));
  // What is left out, and nothing of the plan stands on, is not there to be built either.
  const auto without_left_out = [&](const Schema& schema) {
    LeftOut unheard;
    return routes.missed.empty() ? within_reach(empty_database(schema.ids()), schema, unheard) : std::nullopt;
  };
  const std::optional<Schema> current = without_left_out(claim.current), desired = without_left_out(claim.desired);
  TrialOwners owners{{}, with_rights_of_owners(claim.current, claim.desired)};
  if (!owners.given.empty() || concern_of(Matter::owner, settings) == Concern::on) owners.session = session_of(shadow);
  const std::optional<Schema> from = for_trial(current ? *current : claim.current, owners, settings),
                              to = for_trial(desired ? *desired : claim.desired, owners, settings);
  const Claim to_try{from ? *from : current ? *current : claim.current, to ? *to : desired ? *desired : claim.desired};
  Verdict verdict = try_routes(routes, shadow, to_try, settings);
  if (verdict.proof.outcome == Outcome::disproven && leave_known_unchecked(routes, to_try))
    verdict = try_routes(routes, shadow, to_try, settings);
  routes.outcome = verdict.proof.outcome;
  routes.why = verdict.proof.why;
  routes.sqlstate = verdict.proof.sqlstate;
  routes.basis = std::move(verdict.basis);
  note_acting_without_rows(routes, claim.current);
  if (routes.outcome != Outcome::proven || routes.missed.empty()) return;
  routes.outcome = Outcome::unproven;
  List missed;
  for (const Text& one : routes.missed) missed.push_back(visible(one));
  routes.why = concat("right on the shadow server (", visible(to_text(routes.basis)), "), but\n", join(missed, "\n"));
}

// A database comes first: what it has let in is not checked again on the other side.
std::pair<Side&, Side&> open_sides(EarlyRead&& from, EarlyRead&& to, const SideContext& opening) {
  const bool names_others = from.source.form == SourceForm::yaml && !from.written;
  const bool turned = to.source.form == SourceForm::database || (names_others && to.source.form != SourceForm::yaml);
  Side& first = kept<Side>(open_side(std::move(turned ? to : from), opening));
  Side& second = kept<Side>(
      open_side(std::move(turned ? from : to), {opening.ids, opening.settings, opening.shadow, &first.schema}));
  return turned ? std::pair<Side&, Side&>(second, first) : std::pair<Side&, Side&>(first, second);
}

void add_notes(Routes& routes, const Side& from, const Side& to) {
  for (const Side* side : {&from, &to})
    routes.notes.insert(routes.notes.end(), side->schema.notes.begin(), side->schema.notes.end());
  routes.notes.insert(routes.notes.end(), routes.up.notes.begin(), routes.up.notes.end());
  std::unordered_set<Text> said;
  std::erase_if(routes.notes, [&](const Text& note) { return !said.insert(note).second; });
}
}  // namespace

namespace {
bool is_of_namespace(const Object& object) {
  const Id id = object.id, parent = id->parent;
  if (in_template(id) || id->kind->has(is_namespace)) return true;
  return parent && parent->kind->has(is_namespace) && !id->kind->has(has_section) && !id->kind->has(opaque);
}

// What a file of YAML names as lacking is no wish of its.
bool says_nothing(const Side& side) {
  bool nothing = side.source.form == SourceForm::yaml || side.schema.unmodelled.empty();
  side.schema.each([&](const Object& object) { nothing = nothing && is_of_namespace(object); });
  return nothing;
}

// An empty file may be a slip, and is a wish all the same.
void note_empty_wish(Routes& routes, const Side& from, const Side& to) {
  if (to.source.form == SourceForm::empty || !says_nothing(to) || says_nothing(from)) return;
  routes.notes.push_back(concat(to.source.name(), " says of nothing that it is to be there, so all that is in ",
                                from.source.name(), " is dropped; is that meant?"));
}
}  // namespace

Routes find_routes(const SchemaSource& from_source, const SchemaSource& to_source, const RouteOptions& options,
                   const Settings& settings) {
  Routes routes;
  routes.from_name = from_source.name();
  routes.to_name = to_source.name();
  EarlyRead from_sketch = read_early(from_source, *routes.ids, settings);
  EarlyRead to_sketch = read_early(to_source, *routes.ids, settings);
  if (are_equal(from_sketch, to_sketch)) return routes;
  std::optional<Shadow> shadow;
  std::optional<int> major;
  if (options.shadow != "off" && wants_shadow(from_source, to_source, options)) {
    major = target_major(from_source, to_source);
    shadow = open_shadow(options.shadow, major, settings);
  }
  const auto [from, to] = open_sides(std::move(from_sketch), std::move(to_sketch), {*routes.ids, settings, shadow});
  if (from.schema.major == 0 && to.schema.major != 0) settle_rights(from.schema, to.schema.major);
  if (to.schema.major == 0 && from.schema.major != 0) settle_rights(to.schema, from.schema.major);
  settle_not_null_names(from.schema, to.schema);
  settle_not_null_names(to.schema, from.schema);
  leave_out_histories(from.schema, to.schema, settings);
  leave_out_histories(to.schema, from.schema, settings);
  note_empty_wish(routes, from, to);
  for (Text& note : report_versions(from.schema, to.schema, settings)) routes.notes.push_back(std::move(note));
  const Progress progress(settings, "comparing and planning");
  for (Side* side : {&from, &to}) add_owners({side->schema, side->source.form}, settings);
  // Renames change it on the way; the proof wants to come back to what it was.
  Schema& current = kept<Schema>(from.schema.copy());
  plan_both(routes, from, to, {current, settings});
  if (from_source.form == SourceForm::database) {
    postgres::Connection connection(from_source.where);
    for (Text& error : out_of_reach(connection, current, to.schema)) routes.up.errors.push_back(std::move(error));
  }
  keep_updated(current, to.schema);
  add_notes(routes, from, to);
  if (routes.up.steps.empty() || !routes.up.errors.empty()) return routes;
  routes.file = write_migration(routes.up.steps, routes.down.steps);
  routes.planned_up = routes.file.text.up;
  if (options.proving == Proving::no) {
    routes.why = "--no-prove was given, so the migration was not run anywhere";
  } else if (!shadow) {
    routes.why = "no shadow server, so the migration was not run anywhere";
  } else if (major && *major != shadow->major()) {
    routes.why = concat("the shadow server is PostgreSQL ", std::to_string(shadow->major()), ", the database ",
                        std::to_string(*major));
  } else if (!to.unproven.empty()) {
    routes.why = to.unproven;
  } else {
    prove_routes(routes, *shadow, {current, to.schema}, settings);
  }
  return routes;
}

}  // namespace quoin
