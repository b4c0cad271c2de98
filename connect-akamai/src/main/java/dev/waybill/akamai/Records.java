package dev.waybill.akamai;

import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.json.Json;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// Records in the JSON form that the API takes. Safe for use by many threads.
final class Records {

  /// What becomes of an empty text.
  enum EmptyText {
    /// It is sent as null, as `dataload.py` does with empty cells.
    NULL,
    /// It is sent as it is.
    KEEP
  }

  private record Known(FieldNames names, Nesting.Branch nesting) {}

  private final EmptyText emptyText;
  // Records of one source share their names, so the last nesting serves nearly always.
  private volatile @Nullable Known last;

  Records(EmptyText emptyText) {
    this.emptyText = emptyText;
  }

  /// Why a record has no form in JSON; null if it has.
  @Nullable String fault(Fields fields) {
    try {
      nesting(fields.names());
      return null;
    } catch (Nesting.Conflict e) {
      return e.getMessage();
    }
  }

  /// A JSON array of the records, none of which has a [#fault].
  byte[] list(List<Item<Fields>> items) {
    var json = new ByteArrayOutputStream(256 * items.size());
    try (JsonGenerator out = Json.generator(json)) {
      out.writeStartArray();
      for (Item<Fields> item : items) {
        write(out, item.payload());
      }
      out.writeEndArray();
    }
    return json.toByteArray();
  }

  /// One record, without a [#fault], as a JSON object.
  byte[] object(Fields fields) {
    var json = new ByteArrayOutputStream(256);
    try (JsonGenerator out = Json.generator(json)) {
      write(out, fields);
    }
    return json.toByteArray();
  }

  /// The fields whose name and value are wanted.
  static Fields only(Fields fields, Choice choice) {
    var names = new ArrayList<String>();
    var values = new ArrayList<@Nullable Object>();
    for (int i = 0; i < fields.size(); i++) {
      if (choice.wants(fields.names().name(i), fields.value(i))) {
        names.add(fields.names().name(i));
        values.add(fields.value(i));
      }
    }
    return Fields.of(FieldNames.of(names), values.toArray());
  }

  /// Which fields are wanted.
  interface Choice {
    boolean wants(String name, @Nullable Object value);
  }

  private void write(JsonGenerator out, Fields fields) {
    try {
      write(out, fields, nesting(fields.names()));
    } catch (Nesting.Conflict e) {
      throw new IllegalArgumentException(e);
    }
  }

  private void write(JsonGenerator out, Fields fields, Nesting.Branch branch) {
    out.writeStartObject();
    branch
        .members()
        .forEach(
            (name, member) -> {
              out.writeName(name);
              switch (member) {
                case Nesting.Leaf leaf -> Json.write(out, sent(fields.value(leaf.index())));
                case Nesting.Branch inner -> write(out, fields, inner);
              }
            });
    out.writeEndObject();
  }

  private @Nullable Object sent(@Nullable Object value) {
    return emptyText == EmptyText.NULL && "".equals(value) ? null : value;
  }

  private Nesting.Branch nesting(FieldNames names) throws Nesting.Conflict {
    Known known = last;
    if (known == null || !known.names().equals(names)) {
      known = new Known(names, Nesting.of(names));
      last = known;
    }
    return known.nesting();
  }
}
