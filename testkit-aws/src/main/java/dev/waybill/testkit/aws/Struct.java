package dev.waybill.testkit.aws;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A structure as it goes over the wire, in whatever format. A value is a [String], [Boolean],
/// [Number], `byte[]` (only CBOR has them), [List] or `Struct`; a member that is null is not there.
/// For one thread.
final class Struct {

  private final Map<String, Object> members = new LinkedHashMap<>();

  static Struct empty() {
    return new Struct();
  }

  static Struct of(String name, @Nullable Object value) {
    return new Struct().with(name, value);
  }

  /// Sets a member, in place; null takes it away.
  Struct with(String name, @Nullable Object value) {
    if (value == null) {
      members.remove(name);
    } else {
      members.put(name, value);
    }
    return this;
  }

  /// The same members in another structure.
  Struct copy() {
    var copy = new Struct();
    copy.members.putAll(members);
    return copy;
  }

  Map<String, Object> members() {
    return members;
  }

  boolean has(String name) {
    return members.containsKey(name);
  }

  @Nullable Object get(String name) {
    return members.get(name);
  }

  @Nullable String text(String name) {
    Object value = members.get(name);
    return value == null ? null : value.toString();
  }

  String text(String name, String otherwise) {
    Object value = members.get(name);
    return value == null ? otherwise : value.toString();
  }

  long number(String name, long otherwise) {
    Object value = members.get(name);
    if (value == null) {
      return otherwise;
    }
    return value instanceof Number number ? number.longValue() : Long.parseLong(value.toString());
  }

  /// A blob: bytes in CBOR, base64 in JSON; empty if it is not there.
  byte[] blob(String name) {
    Object value = members.get(name);
    return switch (value) {
      case null -> new byte[0];
      case byte[] bytes -> bytes;
      default -> Base64.getDecoder().decode(value.toString());
    };
  }

  @Nullable Struct struct(String name) {
    return members.get(name) instanceof Struct struct ? struct : null;
  }

  List<?> list(String name) {
    return members.get(name) instanceof List<?> list ? list : List.of();
  }

  /// The structures of a list.
  List<Struct> structs(String name) {
    return list(name).stream().filter(Struct.class::isInstance).map(Struct.class::cast).toList();
  }

  /// As JSON.
  @Override
  public String toString() {
    return new String(Codec.JSON_1_0.encode(this), StandardCharsets.UTF_8);
  }
}
