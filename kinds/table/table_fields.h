// The attributes of a table, foreign or not.
#pragma once
#include "kinds/constraint/constraint.h"

namespace quoin {

struct TableFields : FieldTable {
  static constexpr std::string_view by_index = "index";  // a replica identity
  static constexpr std::string_view rows_shown = "who may see and write which rows";
  Field<bool> unlogged{*this, "unlogged", "is emptied after a crash"};
  Field<Text> access_method{*this, "access_method", "how rows are stored", {.fallback = "heap"}};
  Field<List> with{*this, "with", "storage parameters", {.role = Role::parameter, .alter = set_with}};
  Field<Text> tablespace{*this, "tablespace", "where it lies"};
  Field<bool> row_security{
      *this, "row_security", "policies decide about rows", {.alter = set_row_security, .access = rows_shown}};
  Field<bool> force_row_security{*this,
                                 "force_row_security",
                                 "policies bind its owner too",
                                 {.alter = set_force_row_security, .access = rows_shown}};
  Field<Text> replica_identity{*this,
                               "replica_identity",
                               "what of an old row is logged; by index: which, that index says",
                               {.fallback = "default", .words = "default|full|nothing|index"}};
  Field<Text> of_type{*this, "of", "the composite type that gives it its columns", {.role = Role::type}};
  Field<List> inherits{
      *this, "inherits", "the tables whose columns and checks it has besides its own", {.role = Role::relation}};
  Field<Text> partition_of{*this, "partition_of", "the table that it is a partition of", {.role = Role::relation}};
  Field<Text> bound{*this,
                    "bound",
                    "which rows it takes: from (…) to (…), in (…), with (modulus …, remainder …), or default",
                    {.role = Role::bound}};
  Field<Text> partition_by{
      *this, "partition_by", "how its rows are parted: range (at), list (…), hash (…)", {.role = Role::partition_key}};
  Field<bool> has_heirs{*this, "has_heirs", "others inherit from it", {.counts = Counts::derived}};
  Field<bool> referred_to{
      *this, "referred_to", "foreign keys refer to the table that it is a partition of", {.counts = Counts::derived}};
  Field<bool> apart{*this,
                    "apart",
                    "is made by itself and attached, since a key of its own stands for an index of the parent",
                    {.counts = Counts::derived}};
  Field<List> not_null_names{
      *this,
      "not_null_names",
      "a partition's columns whose NOT NULL is called otherwise than the parent's, or is not valid,"
      " each with its name: at seen_at_not_null not valid (PostgreSQL 18)",
      {.counts = Counts::once, .since = 18}};
  Field<List> own_not_nulls{*this,
                            "own_not_nulls",
                            "a partition's columns that are NOT NULL of its own besides the parent's, so that they stay"
                            " it where the parent's no longer is (PostgreSQL 18)",
                            {.counts = Counts::once, .since = 18}};
  // Of foreign tables alone:
  Field<Text> server{
      *this, "server", "the server that holds its rows", {.role = Role::text, .presence = Presence::filled}};
  Field<List> options{*this,
                      "options",
                      "name=value, for the server's wrapper; secrets are left out",
                      {.role = Role::parameter, .alter = set_options}};
  Field<List> secrets{*this,
                      "secrets",
                      "options whose values are secret: set by hand, neither compared nor written",
                      {.role = Role::secret, .counts = Counts::once}};

 private:
  static Text set_with(const Object& from, const Object& to);
  static Text set_row_security(const Object& from, const Object& to);
  static Text set_force_row_security(const Object& from, const Object& to);
  static Text set_options(const Object& from, const Object& to);
};
inline constexpr TableFields table_fields;

/// True of tables and foreign tables, which share their fields.
bool is_table(const Kind&);
/// What may be granted on tables, foreign tables and views.
extern const Rights table_rights;

}  // namespace quoin
