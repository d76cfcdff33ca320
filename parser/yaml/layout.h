// A YAML document to be written, and the text of it.
#pragma once
#include <utility>
#include <vector>

#include "core/base/text.h"

namespace quoin::yaml {

struct OutEntry;
/// A value to be written.
struct OutValue {
  enum class Form { raw, text, list, map };  // raw: true, 42
  Form form = Form::text;
  bool block = false;  // of a map: each entry on a line of its own, even where all fit on one
  Text remark = {};    // of a list or map: a comment behind it or its key, about what a person has to set by hand
  Text text;
  std::vector<OutValue> items;
  std::vector<OutEntry> entries;

  static OutValue raw(Text value);
  static OutValue string(Text value);
  static OutValue list();
  static OutValue map();
  void add(Text key, OutValue value);
  bool empty() const;
};

struct OutEntry {
  Text first;
  OutValue second;
};

inline OutValue OutValue::raw(Text value) { return {Form::raw, false, {}, std::move(value), {}, {}}; }
inline OutValue OutValue::string(Text value) { return {Form::text, false, {}, std::move(value), {}, {}}; }
inline OutValue OutValue::list() { return {Form::list, false, {}, {}, {}, {}}; }
inline OutValue OutValue::map() { return {Form::map, false, {}, {}, {}, {}}; }
inline void OutValue::add(Text key, OutValue value) { entries.push_back({std::move(key), std::move(value)}); }
inline bool OutValue::empty() const { return items.empty() && entries.empty(); }

/// The text of the document's entries, each ended by a line end. A list or map that fits on a line is written on one; a
/// text of several lines is a literal block where that gives it back exactly.
Text lay_out(const OutValue& document);

}  // namespace quoin::yaml
