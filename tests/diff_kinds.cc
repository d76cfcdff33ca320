#include "tests/diff_kinds.h"

namespace quoin::toy {
namespace {
constexpr struct : FieldTable {
} no_fields;
constexpr struct : FieldTable {
  Field<Text> wood{*this, "wood", "what it is made of"};
  Field<bool> mirrored{*this, "mirrored", "it is what the first slat that it needs is", {.counts = Counts::derived}};
} slat_fields;
constexpr struct : FieldTable { Field<Text> with{*this, "with", "what fills it"}; } filler_fields;
constexpr struct : FieldTable { Field<Text> knot{*this, "knot", "how it is tied"}; } rope_fields;
constexpr struct : FieldTable { Field<Text> sight{*this, "sight", "what is seen"}; } lens_fields;
constexpr struct : FieldTable { Field<Text> words{*this, "words", "what is said"}; } spell_fields;
constexpr struct : FieldTable { Field<List> shades{*this, "shades", "in order"}; } dye_fields;
Text retag(const Object&, const Object& to);
constexpr struct : FieldTable { Field<Text> text{*this, "text", "what it says", {.alter = retag}}; } tag_fields;

Text alter_box(Id box, std::string_view action) { return concat("ALTER BOX ", qualified(box), " ", action); }

Steps create_box(const Object& o) {
  Step step = making(o, concat("CREATE BOX ", qualified(o.id), " ("));
  step.separator = ",\n    ";
  step.tail = "\n)";
  return {step};
}

Steps create_slat(const Object& o) {
  Step step = making(o, concat(o.id->name, " ", o[slat_fields.wood]));
  step.prefix = alter_box(o.id->parent, "ADD SLAT ");
  step.separator = " ";
  step.host = o.id->parent;
  step.alone = {{"may-fail", "a slat alone"}};
  return {step};
}
Steps drop_slat(const Object& o) { return only(dropping(o, alter_box(o.id->parent, "DROP SLAT " + o.id->name))); }
Change change_slat(const Delta& delta, const Users&) {
  return Steps{rebuilding(
      delta, alter_box(delta.id->parent, concat("SLAT ", delta.id->name, " OF ", (*delta.to)[slat_fields.wood])))};
}
Follow follow_slat(const Delta& delta, const Rebuilt& rebuilt, const Users&) {
  if (rebuilt.object.id == delta.id->parent) return Unaffected{};
  return Steps{rebuilding(delta, alter_box(delta.id->parent, concat("REPAINT SLAT ", delta.id->name)))};
}

Id follows_slat(const Object& o) { return o[slat_fields.mirrored] ? o.needs.front() : Id(); }

Text alter_slat(const Object& o, std::string_view action) {
  return alter_box(o.id->parent->parent, concat("SLAT ", o.id->parent->name, " ", action));
}
Steps create_filler(const Object& o) {
  Step step = making(o, concat("FILL ", o[filler_fields.with]));
  step.prefix = alter_slat(o, "");
  step.host = o.id->parent;
  return {step};
}
Steps drop_filler(const Object& o) { return only(dropping(o, alter_slat(o, "EMPTY"))); }

Steps create_rope(const Object& o) {
  Step step = making(o, concat("ROPE ", o.id->name, " ", o[rope_fields.knot]));
  step.prefix = alter_box(o.id->parent, "ADD ");
  if (o[rope_fields.knot] != "loose") step.host = o.id->parent;
  return {step};
}
Steps drop_rope(const Object& o) { return only(dropping(o, alter_box(o.id->parent, "DROP ROPE " + o.id->name))); }

Steps create_lens(const Object& o) {
  return {making(o, concat("CREATE LENS ", qualified(o.id), " AS ", o[lens_fields.sight]))};
}
Change change_lens(const Delta& delta, const Users&) {
  if (!(*delta.to)[lens_fields.sight].starts_with((*delta.from)[lens_fields.sight])) return Cannot{"sees less"};
  return Steps{in_place(delta, concat("REPLACE LENS ", qualified(delta.id), " AS ", (*delta.to)[lens_fields.sight]))};
}

Steps create_spell(const Object& o) { return {making(o, concat("CREATE SPELL ", qualified(o.id)))}; }

Text all_shades(const Object& o) { return join(List(o[dye_fields.shades].begin(), o[dye_fields.shades].end()), ", "); }
Steps create_dye(const Object& o) { return {making(o, concat("CREATE DYE ", qualified(o.id), " OF ", all_shades(o)))}; }
// As an enum does it: a shade more in place, else the old one moves aside until all have followed.
Change change_dye(const Delta& delta, const Users&) {
  const auto before = (*delta.from)[dye_fields.shades], after = (*delta.to)[dye_fields.shades];
  if (after.size() > before.size() && std::ranges::equal(before, after.first(before.size()))) {
    Step step = in_place(delta, concat("ALTER DYE ", qualified(delta.id), " ADD ", after.back()));
    step.commits_first = quote_literal(after.back());
    return Steps{step};
  }
  const Text old = qualified(delta.id) + "_old";
  return Steps{{.sql = concat("ALTER DYE ", qualified(delta.id), " RENAME TO ", old), .frees = slots_of(*delta.from)},
               create_dye(*delta.to).front(),
               {.sql = "DROP DYE " + old, .drops = {delta.id}}};
}

Steps create_tag(const Object& o) {
  return {making(o, concat("TAG ", qualified(o.id->parent), " ", o[tag_fields.text]))};
}
Text retag(const Object&, const Object& to) { return create_tag(to).front().sql; }
Steps drop_tag(const Object& o) { return only(dropping(o, concat("UNTAG ", qualified(o.id->parent)))); }
Follow unaffected(const Delta&, const Rebuilt&, const Users&) { return Unaffected{}; }

constexpr std::string_view anywhere[] = {"*"};
}  // namespace

const Kind box{.name = "box",
               .key = "boxes",
               .weight = 1000,
               .fields = no_fields,
               .traits = holds_rows,
               .noun = "BOX",
               .parents = anywhere,
               .slots = relation_slot,
               .sql = {.create = create_box}};
const Kind slat{.name = "slat",
                .key = "slats",
                .weight = 1010,
                .fields = slat_fields,
                .traits = dropped_with_parent | holds_rows | folds | ordered,
                .addressed = &by_column,
                .parents = anywhere,
                .follows = follows_slat,
                .sql = {.create = create_slat, .drop = drop_slat, .change = change_slat, .on_rebuild = follow_slat}};
const Kind filler{.name = "filler",
                  .key = "filler",
                  .weight = 1020,
                  .fields = filler_fields,
                  .traits = dropped_with_parent | replaceable | single | folds,
                  .addressed = &by_parent,
                  .parents = anywhere,
                  .sql = {.create = create_filler, .drop = drop_filler}};
const Kind rope{.name = "rope",
                .key = "ropes",
                .weight = 1040,
                .fields = rope_fields,
                .traits = dropped_with_parent | replaceable | is_edge,
                .addressed = &by_relation,
                .parents = anywhere,
                .sql = {.create = create_rope, .drop = drop_rope}};
const Kind spell{.name = "spell",
                 .key = "spells",
                 .weight = 1025,
                 .fields = spell_fields,
                 .traits = replaceable,
                 .noun = "SPELL",
                 .parents = anywhere,
                 .sql = {.create = create_spell}};
const Kind lens{.name = "lens",
                .key = "lenses",
                .weight = 1030,
                .fields = lens_fields,
                .traits = replaceable,
                .noun = "LENS",
                .parents = anywhere,
                .slots = relation_slot,
                .sql = {.create = create_lens, .change = change_lens}};
const Kind dye{.name = "dye",
               .key = "dyes",
               .weight = 900,
               .fields = dye_fields,
               .noun = "DYE",
               .parents = anywhere,
               .sql = {.create = create_dye, .change = change_dye}};
const Kind tag{.name = "tag",
               .key = "tag",
               .weight = 1100,
               .fields = tag_fields,
               .traits = dropped_with_parent | replaceable | single,
               .addressed = &by_parent,
               .parents = anywhere,
               .sql = {.create = create_tag, .drop = drop_tag, .on_rebuild = unaffected}};
const Kind mark{
    .name = "mark", .key = "marks", .weight = 1090, .fields = no_fields, .traits = opaque, .parents = anywhere};

Object& World::add(const Kind& kind, Id parent, Text name, Text value, std::vector<Id> needs) {
  Object& object = schema.add(id(kind, parent, std::move(name)));
  const FieldBase* main = kind.fields.size == 0 ? nullptr : kind.fields.rows[0];
  if (main && !value.empty())
    object.put(*main, main->shape == shape_of<List> ? Value(split(value, ' ')) : Value(value));
  for (Id used : needs) object.need(used);
  return object;
}

Id World::add_mirror(Id of, Id inside, const Text& wood) {
  Object& mirror = add(slat, inside, of->name, wood, {of});
  mirror.put("mirrored", true);
  return mirror.id;
}

Id World::add_box(const Text& name, const List& slats) {
  const Id made = add(box, yard, name).id;
  for (const Text& text : slats) {
    const List words = split(text, ' ');
    add(slat, made, words.front(), words.back());
  }
  return made;
}

}  // namespace quoin::toy
