package dev.waybill.mapping;

import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.Item;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How records of one shape are mapped.
///
/// @param source the names that such records have
/// @param root what makes the mapped record; null if the record is handed on as it is
/// @param fields the names that mapped records have
/// @param key what makes a record's key; null if none was declared
/// @param keyNames the fields that the key consists of, as the destination knows them
record Plan(
    FieldNames source,
    @Nullable Group root,
    FieldNames fields,
    @Nullable Key key,
    List<String> keyNames) {

  private static final Fields NOTHING = Fields.of(FieldNames.of());

  Item<Fields> map(Item<Fields> item) throws Refusal {
    Fields payload = item.payload();
    Fields mapped = payload;
    if (root != null) {
      Fields made = root.from(payload);
      mapped = made == null ? NOTHING : made;
    }
    if (root == null && key == null) {
      return item;
    }
    return item.as(key == null ? item.key() : key.of(payload, mapped), mapped);
  }

  /// The item as it is, with its key as far as that can be told without mapping it.
  Item<Fields> named(Item<Fields> item) {
    return key == null ? item : item.as(key.of(item.payload(), null), item.payload());
  }
}
