package dev.waybill.testkit.aws;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.dataformat.cbor.CBORFactory;

/// The formats of the AWS protocols whose messages are trees on both ways.
enum Codec {
  JSON_1_0("application/x-amz-json-1.0"),
  JSON_1_1("application/x-amz-json-1.1"),
  REST_JSON("application/json"),
  /// Kinesis: the JSON protocol with CBOR for JSON.
  CBOR_1_1("application/x-amz-cbor-1.1"),
  /// Smithy RPC v2 CBOR: CloudWatch.
  RPC_V2_CBOR("application/cbor"),
  /// The query protocol: a form on the way in, XML on the way out. SNS.
  QUERY("text/xml");

  private static final TokenStreamFactory JSON = new JsonFactory();
  private static final TokenStreamFactory CBOR = new CBORFactory();

  private final String contentType;

  Codec(String contentType) {
    this.contentType = contentType;
  }

  String contentType() {
    return contentType;
  }

  private TokenStreamFactory factory() {
    return switch (this) {
      case JSON_1_0, JSON_1_1, REST_JSON, QUERY -> JSON;
      case CBOR_1_1, RPC_V2_CBOR -> CBOR;
    };
  }

  /// @throws tools.jackson.core.JacksonException if it is not of this format
  Struct decode(byte[] bytes) {
    if (bytes.length == 0) {
      return Struct.empty();
    }
    try (JsonParser in = factory().createParser(ObjectReadContext.empty(), bytes)) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        throw new StreamReadException(in, "not a structure");
      }
      return struct(in);
    }
  }

  private static Struct struct(JsonParser in) {
    var struct = Struct.empty();
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String name = in.currentName();
      in.nextToken();
      struct.with(name, value(in));
    }
    return struct;
  }

  private static @Nullable Object value(JsonParser in) {
    return switch (in.currentToken()) {
      case START_OBJECT -> struct(in);
      case START_ARRAY -> list(in);
      case VALUE_STRING -> in.getString();
      case VALUE_NUMBER_INT ->
          switch (in.getNumberType()) {
            case INT, LONG -> (Object) in.getLongValue();
            default -> in.getBigIntegerValue();
          };
      case VALUE_NUMBER_FLOAT ->
          in.isNaN() ? (Object) in.getDoubleValue() : (Object) in.getDecimalValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_EMBEDDED_OBJECT -> in.getBinaryValue();
      case null, default -> null;
    };
  }

  private static List<Object> list(JsonParser in) {
    var list = new ArrayList<Object>();
    while (in.nextToken() != JsonToken.END_ARRAY) {
      Object element = value(in);
      if (element != null) {
        list.add(element);
      }
    }
    return list;
  }

  byte[] encode(Struct struct) {
    var bytes = new ByteArrayOutputStream(512);
    try (JsonGenerator out = factory().createGenerator(ObjectWriteContext.empty(), bytes)) {
      write(out, struct);
    }
    return bytes.toByteArray();
  }

  private static void write(JsonGenerator out, Object value) {
    switch (value) {
      case String text -> out.writeString(text);
      case Long number -> out.writeNumber(number);
      case Integer number -> out.writeNumber(number);
      case BigDecimal number -> out.writeNumber(number);
      case BigInteger number -> out.writeNumber(number);
      case Number number -> out.writeNumber(number.doubleValue());
      case Boolean truth -> out.writeBoolean(truth);
      case byte[] blob -> out.writeBinary(blob);
      case List<?> list -> {
        out.writeStartArray();
        for (Object element : list) {
          write(out, element);
        }
        out.writeEndArray();
      }
      case Struct struct -> {
        out.writeStartObject();
        struct
            .members()
            .forEach(
                (name, member) -> {
                  out.writeName(name);
                  write(out, member);
                });
        out.writeEndObject();
      }
      default -> throw new IllegalArgumentException("no wire format for " + value.getClass());
    }
  }
}
