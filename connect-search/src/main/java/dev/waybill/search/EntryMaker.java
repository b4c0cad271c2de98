package dev.waybill.search;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.Verdict;
import dev.waybill.Verdict.Rejected.Kind;
import dev.waybill.json.Json;
import dev.waybill.spi.Template;
import dev.waybill.spi.Template.Filled;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// Makes of a record its lines of a `_bulk` request: the action, and the document.
///
/// @param index its name, with placeholders if each record has its own
/// @param id what a document's id is made of; null for the record's key
/// @param routing the field that chooses the shard; null if the id does
/// @param version the field that holds the record's version; null if there is none
record EntryMaker(
    Mode mode,
    Write write,
    Template index,
    @Nullable Template id,
    @Nullable String routing,
    @Nullable String version) {

  /// "limited to 512 bytes in size": the Elasticsearch reference, `_id` field.
  private static final int MOST_ID_BYTES = 512;

  /// How often the server itself tries an update again that met another one: between its reading
  /// and its writing, nothing that is seen from here.
  private static final int RETRY_ON_CONFLICT = 3;

  /// What came along with the item, or is made now.
  Entry of(Item<Fields> item) {
    if (item.prepared() instanceof Entry entry && entry.by().equals(this)) {
      return entry;
    }
    try {
      return make(item);
    } catch (UnfitException | IllegalArgumentException e) {
      return new Entry.Unfit(
          this, new Verdict.Rejected(Reason.of(Text.oneLine(e.getMessage())), Kind.PERMANENT));
    }
  }

  private Entry make(Item<Fields> item) {
    String where = filled(index, item, "its index");
    String fault = index.isFixed() ? null : IndexName.fault(where);
    if (fault != null) {
      throw new UnfitException("the index '" + where + "' " + fault);
    }
    String name = name(item);
    String shard = optional(item, routing);
    var lines = new ByteArrayOutputStream(512);
    try (JsonGenerator out = Json.generator(lines)) {
      action(out, item, where, name, shard);
    }
    lines.write('\n');
    if (mode != Mode.DELETE) {
      try (JsonGenerator out = Json.generator(lines)) {
        document(out, item.payload());
      }
      lines.write('\n');
    }
    return new Entry.Ready(this, where, name, shard, lines.toByteArray());
  }

  private static String filled(Template template, Item<Fields> item, String what) {
    return switch (template.fill(item)) {
      case Filled.Text(String text) -> text;
      case Filled.Unfit(String complaint) ->
          throw new UnfitException(complaint + ", which " + what + " is made of");
    };
  }

  private String name(Item<Fields> item) {
    String name = id == null ? item.key() : filled(id, item, "its id");
    if (name == null || name.isEmpty()) {
      if (mode == Mode.INSERT) {
        return "";
      }
      throw new UnfitException("the record has no key, by which its document is known");
    }
    if (name.getBytes(UTF_8).length > MOST_ID_BYTES) {
      throw new UnfitException("its id '" + name + "' is longer than " + MOST_ID_BYTES + " bytes");
    }
    return name;
  }

  private void action(
      JsonGenerator out, Item<Fields> item, String where, String name, String shard) {
    out.writeStartObject();
    out.writeName(word());
    out.writeStartObject();
    if (!index.isFixed()) {
      out.writeStringProperty("_index", where);
    }
    if (!name.isEmpty()) {
      out.writeStringProperty("_id", name);
    }
    if (!shard.isEmpty()) {
      out.writeStringProperty("routing", shard);
    }
    if (version != null) {
      out.writeNumberProperty("version", version(item.payload()));
      // Not "external", by which a repeat of the same version would be refused.
      out.writeStringProperty("version_type", "external_gte");
    }
    if (word().equals("update")) {
      out.writeNumberProperty("retry_on_conflict", RETRY_ON_CONFLICT);
    }
    out.writeEndObject();
    out.writeEndObject();
  }

  private void document(JsonGenerator out, Fields fields) {
    if (!word().equals("update")) {
      Json.write(out, fields);
      return;
    }
    out.writeStartObject();
    out.writeName("doc");
    Json.write(out, fields);
    if (mode == Mode.UPSERT) {
      out.writeBooleanProperty("doc_as_upsert", true);
    }
    out.writeEndObject();
  }

  /// The action's name in the interface.
  String word() {
    return switch (mode) {
      case INSERT -> "create";
      case UPSERT -> write == Write.REPLACE ? "index" : "update";
      case UPDATE -> "update";
      case DELETE -> "delete";
    };
  }

  private long version(Fields fields) {
    String text = version == null ? null : fields.text(version);
    try {
      long number = text == null ? -1 : new BigDecimal(text.strip()).longValueExact();
      if (number >= 0) {
        return number;
      }
    } catch (ArithmeticException | NumberFormatException e) {
      // told below
    }
    throw new UnfitException(
        "its version must be a whole number from 0 on, and its "
            + version
            + (text == null ? " is empty" : " is '" + text + "'"));
  }

  private static String optional(Item<Fields> item, @Nullable String field) {
    String text = field == null ? null : item.payload().text(field);
    return text == null ? "" : text;
  }
}
