#include "project/routes.h"

#include "core/base/kept.h"
#include "parser/names/names.h"
#include "project/side.h"

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

// Both ways begin with the renames, so that what comes after them has the words that its end has. Where the old name is
// taken by something new, the way back ends with them.
void plan_both(Routes& routes, Side& from, Side& to, const Schema& current) {
  Renames renames = rename_first(from.schema, to.schema, rename_in_texts);
  List undecided;
  routes.left_out = left_out(from.schema, to.schema);
  for (Text& note : not_compared(from.schema, to.schema)) routes.notes.push_back(std::move(note));
  if (auto goal = within_reach(from.schema, to.schema, routes.left_out)) to.schema = std::move(*goal);
  if (renames.up.empty()) {
    routes.up = plan(from.schema, to.schema, sameness(from.schema, to.schema, &undecided));
    routes.down = plan(to.schema, from.schema, sameness(to.schema, from.schema));
  } else {
    take_words(from.schema, to.schema);
    routes.up = plan(from.schema, to.schema, sameness(from.schema, to.schema, &undecided));
    routes.up.steps.insert(routes.up.steps.begin(), renames.up.begin(), renames.up.end());
    Schema back = to.schema.copy();
    if (rename_back(back, renames, rename_in_texts)) {
      take_words(back, current);
      routes.down = plan(back, current, sameness(back, current));
      routes.down.steps.insert(routes.down.steps.begin(), renames.down.begin(), renames.down.end());
    } else {
      routes.down = plan(to.schema, from.schema, sameness(to.schema, from.schema));
      routes.down.steps.insert(routes.down.steps.end(), renames.down.begin(), renames.down.end());
    }
  }
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

void prove_routes(Routes& routes, Shadow& shadow, const Claim& claim, const Settings& settings) {
  const Progress progress(settings, concat("proving on PostgreSQL ", std::to_string(shadow.major())));
  Verdict verdict = try_routes(routes, shadow, claim, settings);
  if (verdict.proof.outcome == Outcome::disproven && leave_known_unchecked(routes, claim))
    verdict = try_routes(routes, shadow, claim, settings);
  routes.outcome = verdict.proof.outcome;
  routes.why = verdict.proof.why;
  routes.sqlstate = verdict.proof.sqlstate;
  routes.basis = std::move(verdict.basis);
  if (routes.outcome != Outcome::proven || routes.left_out.empty()) return;
  routes.outcome = Outcome::unproven;
  routes.why = concat("right on the shadow server (", to_text(routes.basis), "), but\n", join(routes.left_out, "\n"));
}

// A database comes first: what it has let in is not checked again on the other side.
std::pair<Side&, Side&> open_sides(Sketch&& from, Sketch&& to, const Opening& opening) {
  const bool turned = to.source.form == SourceForm::database;
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

Routes find_routes(const SchemaSource& from_source, const SchemaSource& to_source, const RouteOptions& options,
                   const Settings& settings) {
  Routes routes;
  routes.from_name = from_source.name();
  routes.to_name = to_source.name();
  Sketch from_sketch = read_sketch(from_source, *routes.ids, settings);
  Sketch to_sketch = read_sketch(to_source, *routes.ids, settings);
  if (are_equal(from_sketch, to_sketch)) return routes;
  std::optional<Shadow> shadow;
  std::optional<int> major;
  if (options.shadow != "off" && wants_shadow(from_source, to_source, options)) {
    major = target_major(from_source, to_source);
    shadow = open_shadow(options.shadow, major, settings);
  }
  const auto [from, to] = open_sides(std::move(from_sketch), std::move(to_sketch), {*routes.ids, settings, shadow});
  const Progress progress(settings, "comparing and planning");
  // Renames change it on the way; the proof wants to come back to what it was.
  const Schema current = from.schema.copy();
  plan_both(routes, from, to, current);
  add_notes(routes, from, to);
  if (routes.up.steps.empty() || !routes.up.errors.empty()) return routes;
  routes.file = write_migration(routes.up.steps, routes.down.steps);
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
