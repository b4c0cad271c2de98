package dev.waybill.http;

import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// In what form records stand in the body of a request.
sealed interface Body {

  /// What becomes of each record in it.
  RecordForm form();

  /// What the body is, for `Content-Type`.
  String contentType();

  /// Writes these records.
  void write(List<Item<Fields>> items, ByteArrayOutputStream out);

  /// `[{…},{…}]`
  record Array(RecordForm form) implements Body {

    @Override
    public String contentType() {
      return "application/json";
    }

    @Override
    public void write(List<Item<Fields>> items, ByteArrayOutputStream out) {
      try (JsonGenerator json = Json.generator(out)) {
        array(items, form, json);
      }
    }
  }

  /// `{"records":[…], …}`
  ///
  /// @param member the name of the member with the records
  /// @param constants further members, the same in each call
  record Wrapped(RecordForm form, String member, Map<String, @Nullable Object> constants)
      implements Body {

    @Override
    public String contentType() {
      return "application/json";
    }

    @Override
    public void write(List<Item<Fields>> items, ByteArrayOutputStream out) {
      try (JsonGenerator json = Json.generator(out)) {
        json.writeStartObject();
        constants.forEach(
            (name, value) -> {
              json.writeName(name);
              Json.write(json, value);
            });
        json.writeName(member);
        array(items, form, json);
        json.writeEndObject();
      }
    }
  }

  /// One record a line.
  record Lines(RecordForm form) implements Body {

    @Override
    public String contentType() {
      return "application/x-ndjson";
    }

    @Override
    public void write(List<Item<Fields>> items, ByteArrayOutputStream out) {
      try (JsonGenerator json = Json.lines(out)) {
        for (int i = 0; i < items.size(); i++) {
          form.write(json, items.get(i), i);
        }
      }
      out.write('\n'); // bulk APIs want the last line ended too
    }
  }

  /// A form, one field of which holds the records as a JSON array.
  ///
  /// @param field its name
  /// @param constants the other fields, encoded: `type=user&mode=new`; may be empty
  record Form(RecordForm form, String field, String constants) implements Body {

    @Override
    public String contentType() {
      return "application/x-www-form-urlencoded";
    }

    @Override
    public void write(List<Item<Fields>> items, ByteArrayOutputStream out) {
      var plain = new ByteArrayOutputStream(items.size() * 256);
      new Array(form).write(items, plain);
      String head =
          (constants.isEmpty() ? "" : constants + "&")
              + URLEncoder.encode(field, StandardCharsets.UTF_8)
              + "=";
      out.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
      try {
        plain.writeTo(new PercentEncoding(out));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /// One record and nothing else.
  record Single(RecordForm form) implements Body {

    @Override
    public String contentType() {
      return "application/json";
    }

    @Override
    public void write(List<Item<Fields>> items, ByteArrayOutputStream out) {
      try (JsonGenerator json = Json.generator(out)) {
        form.write(json, items.getFirst(), 0);
      }
    }
  }

  /// Nothing: the address says it all.
  record None() implements Body {

    @Override
    public RecordForm form() {
      return RecordForm.PLAIN;
    }

    @Override
    public String contentType() {
      return "";
    }

    @Override
    public void write(List<Item<Fields>> items, ByteArrayOutputStream out) {}
  }

  private static void array(List<Item<Fields>> items, RecordForm form, JsonGenerator json) {
    json.writeStartArray();
    for (int i = 0; i < items.size(); i++) {
      form.write(json, items.get(i), i);
    }
    json.writeEndArray();
  }
}
