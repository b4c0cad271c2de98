package dev.waybill.ledger;

import dev.waybill.FieldNames;
import dev.waybill.Fields;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Takes the prints of keys and records: the first bits of their SHA-256 (FIPS 180-4), which the
/// JDK makes at the speed of the processor's own instructions. For one thread.
public final class Prints {

  private final MessageDigest digest;
  private byte[] buffer = new byte[1_024];
  private int length;
  private @Nullable FieldNames names;
  private byte[] nameBytes = {};

  /// Prints of keys and records.
  public Prints() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /// A key's.
  public KeyHash key(String key) {
    byte[] bytes = digest.digest(key.getBytes(StandardCharsets.UTF_8));
    return new KeyHash(number(bytes, 0), number(bytes, Long.BYTES));
  }

  /// A record's: the same for two records if names, values and the values' types are.
  public long record(Fields record) {
    length = 0;
    put(record);
    digest.update(buffer, 0, length);
    return number(digest.digest(), 0);
  }

  private static long number(byte[] bytes, int from) {
    long number = 0;
    for (int i = from; i < from + Long.BYTES; i++) {
      number = number << Byte.SIZE | (bytes[i] & 0xff);
    }
    return number;
  }

  private void put(Fields record) {
    put((byte) '{', record.size());
    put(bytesOf(record.names()));
    for (int i = 0; i < record.size(); i++) {
      value(record.value(i));
    }
  }

  /// Records of a source share their names.
  private byte[] bytesOf(FieldNames wanted) {
    if (!wanted.equals(names)) {
      nameBytes = String.join("\0", wanted.asList()).getBytes(StandardCharsets.UTF_8);
      names = wanted;
    }
    return nameBytes;
  }

  private void value(@Nullable Object value) {
    switch (value) {
      case null -> put((byte) '-', 0);
      case String text -> text((byte) '"', text);
      case Boolean truth -> put((byte) '?', truth ? 1 : 0);
      case Fields record -> put(record);
      case List<?> list -> {
        put((byte) '[', list.size());
        list.forEach(this::value);
      }
      case Map<?, ?> map -> {
        put((byte) '<', map.size());
        map.forEach(
            (name, element) -> {
              value(name);
              value(element);
            });
      }
      default -> text((byte) '#', value.toString());
    }
  }

  private void text(byte kind, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    put(kind, bytes.length);
    put(bytes);
  }

  private void put(byte kind, int size) {
    room(1 + Integer.BYTES);
    buffer[length++] = kind;
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      buffer[length++] = (byte) (size >> shift);
    }
  }

  private void put(byte[] bytes) {
    room(bytes.length);
    System.arraycopy(bytes, 0, buffer, length, bytes.length);
    length += bytes.length;
  }

  private void room(int bytes) {
    if (buffer.length - length < bytes) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + bytes));
    }
  }
}
