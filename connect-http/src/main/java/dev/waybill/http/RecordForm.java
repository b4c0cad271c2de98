package dev.waybill.http;

import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.json.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// The form that each record takes in a body: as it is, or put into a [Template].
final class RecordForm {

  /// The record as it is.
  static final RecordForm PLAIN = new RecordForm(null, Set.of(), List.of(), 0);

  /// Digits of a position, at most.
  private static final int POSITION_BYTES = 7;

  private final @Nullable Template template;
  private final Set<String> named;
  private final List<String> columns;
  private final int firstIndex;

  private RecordForm(
      @Nullable Template template, Set<String> named, List<String> columns, int firstIndex) {
    this.template = template;
    this.named = named;
    this.columns = columns;
    this.firstIndex = firstIndex;
  }

  /// The form that a template gives.
  ///
  /// @param columns the order of the fields where they stand in an array; empty if they never do
  /// @param firstIndex the position of the first record of a call: 0 or 1
  static RecordForm of(Template template, List<String> columns, int firstIndex) {
    var named = new TreeSet<String>();
    template.name(named);
    return new RecordForm(template, named, columns, firstIndex);
  }

  /// The fields that the template names.
  Collection<String> named() {
    return named;
  }

  /// Bytes by which a record can be longer than the same record at the first position.
  int slack() {
    return template == null ? 0 : template.positions() * POSITION_BYTES;
  }

  /// Writes one record.
  ///
  /// @param position in the call, counted from 0
  /// @throws IllegalArgumentException if it has no such form
  void write(JsonGenerator out, Item<Fields> item, int position) {
    if (template == null) {
      Json.write(out, item.payload());
    } else {
      Json.write(out, template.fill(new Slot(this, item, position + firstIndex)));
    }
  }

  /// A record that is put into a template.
  ///
  /// @param position as the API counts it
  record Slot(RecordForm form, Item<Fields> item, int position) {

    /// The fields that the template does not name.
    Map<String, @Nullable Object> rest() {
      Fields fields = item.payload();
      var rest = new LinkedHashMap<String, @Nullable Object>();
      for (int i = 0; i < fields.size(); i++) {
        if (!form.named.contains(fields.names().name(i))) {
          rest.put(fields.names().name(i), fields.value(i));
        }
      }
      return rest;
    }

    /// The same by the order of the columns; null for one that the record lacks.
    List<@Nullable Object> row() {
      Fields fields = item.payload();
      for (String name : fields.names().asList()) {
        if (!form.columns.contains(name)) {
          throw new IllegalArgumentException(
              "it has a field '" + name + "', which is none of the columns " + form.columns);
        }
      }
      var row = new ArrayList<@Nullable Object>();
      for (String column : form.columns) {
        if (!form.named.contains(column)) {
          row.add(fields.get(column));
        }
      }
      return row;
    }

    /// The record's key.
    @Nullable String key() {
      String field = item.payload().text("key");
      return field == null ? item.key() : field;
    }
  }
}
