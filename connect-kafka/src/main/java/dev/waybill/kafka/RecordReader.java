package dev.waybill.kafka;

import dev.waybill.ByteSlice;
import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Origin;
import dev.waybill.Reason;
import dev.waybill.json.Json;
import dev.waybill.spi.Intake;
import dev.waybill.spi.LiveSource;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// Makes an item of a topic's record.
///
/// @param value what the values are
/// @param keyField the field that takes the record's key; null for none
record RecordReader(Value value, @Nullable String keyField) {

  /// What a record's value is.
  enum Value {
    JSON,
    TEXT
  }

  private static final String VALUE = "value";
  private static final byte[] NOTHING = {};
  private static final Fields NO_FIELDS = Fields.of(FieldNames.of());

  private static final Reason NO_VALUE =
      Reason.of(
          "no_value",
          "the record has no value, and without the option key-field it is not known what it"
              + " deletes");

  /// Hands the record to an intake, either way.
  ///
  /// @param partition the name of the record's partition
  void read(ConsumerRecord<byte[], byte[]> record, String partition, Intake<Fields> intake) {
    byte[] bytes = record.value();
    String key = record.key() == null ? null : new String(record.key(), StandardCharsets.UTF_8);
    if (bytes == null) {
      deletion(record, partition, key, intake);
      return;
    }
    Fields fields;
    boolean exact = false;
    if (value == Value.TEXT) {
      fields = Fields.of(FieldNames.of(VALUE), new String(bytes, StandardCharsets.UTF_8));
    } else {
      Object read;
      try {
        read = Json.read(bytes);
      } catch (JacksonException e) {
        Reason reason = Reason.of("not_json", "the value is not JSON: " + e.getOriginalMessage());
        intake.refuse(item(record, partition, key, NO_FIELDS, bytes), reason);
        return;
      }
      exact = read instanceof Fields;
      fields = read instanceof Fields object ? object : Fields.of(FieldNames.of(VALUE), read);
    }
    if (keyField != null) {
      fields = with(fields, keyField, key);
      exact = false;
    }
    intake.accept(item(record, partition, key, fields, exact ? bytes : Json.bytes(fields)));
  }

  private void deletion(
      ConsumerRecord<byte[], byte[]> record,
      String partition,
      @Nullable String key,
      Intake<Fields> intake) {
    if (keyField == null || key == null) {
      intake.refuse(item(record, partition, key, NO_FIELDS, NOTHING), NO_VALUE);
      return;
    }
    Fields fields = Fields.of(FieldNames.of(keyField, LiveSource.DELETED), key, true);
    intake.accept(item(record, partition, key, fields, Json.bytes(fields)));
  }

  private static Fields with(Fields fields, String name, @Nullable String text) {
    var members = new LinkedHashMap<String, @Nullable Object>();
    members.put(name, text);
    for (int i = 0; i < fields.size(); i++) {
      members.putIfAbsent(fields.names().name(i), fields.value(i));
    }
    // The record's own key comes before a field of the same name inside the value.
    members.put(name, text);
    return Fields.of(FieldNames.of(members.keySet()), members.values().toArray());
  }

  private static Item<Fields> item(
      ConsumerRecord<byte[], byte[]> record,
      String partition,
      @Nullable String key,
      Fields fields,
      byte[] bytes) {
    var origin = new Origin(partition, 0, record.offset(), new ByteSlice(bytes, 0, bytes.length));
    return new Item<>(1, key, fields, origin);
  }
}
