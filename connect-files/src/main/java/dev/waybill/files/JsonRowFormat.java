package dev.waybill.files;

import dev.waybill.ByteSlice;
import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.Origin;
import dev.waybill.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// The input's lines; in a `fail` file each as `record` of an object: as it is, or as a text if it
/// is no JSON.
///
/// @param before what stands before the input's first line
record JsonRowFormat(ByteSlice before) implements RowFormat {

  private static final FieldNames NAMES = FieldNames.of("batch", "line", "key", "error", "record");

  @Override
  public byte[] lineEnd() {
    return new byte[] {'\n'};
  }

  @Override
  public void retryHead(OutputStream out) throws IOException {
    before.writeTo(out);
  }

  @Override
  public void failHead(OutputStream out) throws IOException {
    before.writeTo(out);
  }

  @Override
  public void failRow(
      OutputStream out, long batch, String line, @Nullable String key, String error, ByteSlice row)
      throws IOException {
    boolean number = !line.isEmpty() && line.chars().allMatch(c -> c >= '0' && c <= '9');
    write(out, "{\"batch\":" + batch + ",\"line\":" + (number ? line : Json.text(line)));
    write(out, ",\"key\":" + Json.text(key) + ",\"error\":" + Json.text(error) + ",\"record\":");
    byte[] bytes = row.toByteArray();
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] <= ' ' && bytes[end - 1] >= 0) {
      end--;
    }
    if (standsForItself(bytes, end)) {
      out.write(bytes, 0, end);
    } else {
      write(out, Json.text(new String(bytes, 0, end, StandardCharsets.UTF_8)));
    }
    write(out, "}\n");
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  /// Whether a line is one JSON value, and no text, which would stand for a line itself.
  private static boolean standsForItself(byte[] line, int length) {
    try (JsonParser in = Json.parser(line, 0, length)) {
      JsonToken first = in.nextToken();
      if (first == null || first == JsonToken.VALUE_STRING) {
        return false;
      }
      in.skipChildren();
      return in.nextToken() == null;
    } catch (JacksonException e) {
      return false;
    }
  }

  /// Where the record of a `fail` file's line stands; null if the line is of no `fail` file.
  ///
  /// @param value the line as JSON
  /// @param origin of the whole line, whose text is `bytes` from `from` to `to`
  static @Nullable Origin unwrapped(
      @Nullable Object value, Origin origin, byte[] bytes, int from, int to) {
    if (!(value instanceof Fields fields) || !fields.names().equals(NAMES)) {
      return null;
    }
    if (fields.get("record") instanceof String line) {
      return new Origin(origin.file(), origin.line(), origin.offset(), ByteSlice.utf8(line));
    }
    try (JsonParser in = Json.parser(bytes, from, to - from)) {
      in.nextToken();
      String name = "";
      while (!name.equals("record")) {
        name = in.nextName();
        in.nextToken();
        if (!name.equals("record")) {
          in.skipChildren();
        }
      }
      int start = (int) in.currentTokenLocation().getByteOffset();
      in.skipChildren();
      int end = (int) in.currentLocation().getByteOffset();
      return new Origin(
          origin.file(),
          origin.line(),
          origin.offset() + start,
          new ByteSlice(bytes, from + start, end - start));
    }
  }
}
