package dev.waybill.json;

import dev.waybill.FieldNames;
import dev.waybill.Fields;
import java.io.ByteArrayOutputStream;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/// Values as JSON: null, [String], [Boolean], [Number], [Fields] or [Map] for an object, [List] for
/// an array. Safe for use by many threads.
public final class Json {

  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private static final JsonFactory LINES = FACTORY.rebuild().rootValueSeparator("\n").build();

  private Json() {}

  /// A generator of UTF-8 for those who write something around the values.
  public static JsonGenerator generator(ByteArrayOutputStream out) {
    return FACTORY.createGenerator(ObjectWriteContext.empty(), out);
  }

  /// A generator of JSON Lines in UTF-8: it puts a line feed between values, and none behind the
  /// last.
  public static JsonGenerator lines(ByteArrayOutputStream out) {
    return LINES.createGenerator(ObjectWriteContext.empty(), out);
  }

  /// A parser for those who read as a stream.
  public static JsonParser parser(byte[] utf8) {
    return parser(utf8, 0, utf8.length);
  }

  /// A parser of some bytes of an array, which counts offsets and columns from the first of them.
  public static JsonParser parser(byte[] utf8, int offset, int length) {
    return FACTORY.createParser(ObjectReadContext.empty(), utf8, offset, length);
  }

  /// Writes one value at the generator's place.
  ///
  /// @throws IllegalArgumentException if it is of a type that has no JSON form
  public static void write(JsonGenerator out, @Nullable Object value) {
    switch (value) {
      case null -> out.writeNull();
      case String text -> out.writeString(text);
      case Fields fields -> writeFields(out, fields);
      case Long number -> out.writeNumber(number);
      case Integer number -> out.writeNumber(number);
      case Boolean truth -> out.writeBoolean(truth);
      case BigDecimal number -> out.writeNumber(number);
      case BigInteger number -> out.writeNumber(number);
      case Number number -> out.writeNumber(finite(number.doubleValue()));
      case List<?> list -> {
        out.writeStartArray();
        for (Object element : list) {
          write(out, element);
        }
        out.writeEndArray();
      }
      case Map<?, ?> map -> {
        out.writeStartObject();
        map.forEach(
            (name, element) -> {
              out.writeName(String.valueOf(name));
              write(out, element);
            });
        out.writeEndObject();
      }
      default ->
          throw new IllegalArgumentException(
              "a " + value.getClass().getName() + " has no JSON form");
    }
  }

  private static void writeFields(JsonGenerator out, Fields fields) {
    out.writeStartObject();
    for (int i = 0; i < fields.size(); i++) {
      out.writeName(fields.names().name(i));
      write(out, fields.value(i));
    }
    out.writeEndObject();
  }

  private static double finite(double number) {
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      throw new IllegalArgumentException(number + " has no JSON form");
    }
    return number;
  }

  /// One value as JSON text.
  public static String text(@Nullable Object value) {
    var text = new StringWriter();
    try (JsonGenerator out = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      write(out, value);
    }
    return text.toString();
  }

  /// One value as JSON in UTF-8.
  public static byte[] bytes(@Nullable Object value) {
    var bytes = new ByteArrayOutputStream(512);
    try (JsonGenerator out = generator(bytes)) {
      write(out, value);
    }
    return bytes.toByteArray();
  }

  /// Reads exactly one value. Objects become [Fields]; whole numbers [Long] or [BigInteger], others
  /// [BigDecimal], so that no digit is lost.
  ///
  /// @throws JacksonException if the text is not JSON, names a field twice, or goes on behind the
  ///   value; its message tells line and column
  public static @Nullable Object read(byte[] utf8) {
    return read(utf8, 0, utf8.length);
  }

  /// Reads exactly one value from some bytes of an array.
  ///
  /// @throws JacksonException as [#read(byte\[\])]
  public static @Nullable Object read(byte[] utf8, int offset, int length) {
    try (JsonParser in = parser(utf8, offset, length)) {
      return readOnly(in);
    }
  }

  /// Reads exactly one value from text.
  ///
  /// @throws JacksonException as [#read(byte\[\])]
  public static @Nullable Object read(String text) {
    try (JsonParser in = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      return readOnly(in);
    }
  }

  private static @Nullable Object readOnly(JsonParser in) {
    if (in.nextToken() == null) {
      throw new tools.jackson.core.exc.StreamReadException(in, "there is no JSON value");
    }
    Object value = readValue(in);
    if (in.nextToken() != null) {
      throw new tools.jackson.core.exc.StreamReadException(in, "there is more behind the value");
    }
    return value;
  }

  /// Reads the value whose first token the parser stands on, and stops on its last.
  public static @Nullable Object readValue(JsonParser in) {
    return switch (in.currentToken()) {
      case START_OBJECT -> readFields(in);
      case START_ARRAY -> {
        var list = new ArrayList<@Nullable Object>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
          list.add(readValue(in));
        }
        yield list;
      }
      case VALUE_STRING -> in.getString();
      case VALUE_NUMBER_INT ->
          switch (in.getNumberType()) {
            case INT, LONG -> (Object) in.getLongValue();
            default -> in.getBigIntegerValue();
          };
      case VALUE_NUMBER_FLOAT -> in.getDecimalValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      case null, default ->
          throw new tools.jackson.core.exc.StreamReadException(in, "a JSON value is missing");
    };
  }

  private static Fields readFields(JsonParser in) {
    var members = new LinkedHashMap<String, @Nullable Object>();
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String name = in.currentName();
      in.nextToken();
      members.put(name, readValue(in));
    }
    return Fields.of(FieldNames.of(members.keySet()), members.values().toArray());
  }
}
