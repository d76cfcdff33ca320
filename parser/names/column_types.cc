#include "parser/names/column_types.h"

#include "core/model/kind.h"
#include "core/model/space.h"

namespace quoin {

Text type_of(Id column, const Schema& schema) {
  const Object* object = schema.find(column);
  const FieldBase* type = object ? object->id->kind->value_type : nullptr;
  const Text* text = type ? std::get_if<Text>(&object->value(*type)) : nullptr;
  return text ? *text : Text();
}

}  // namespace quoin
