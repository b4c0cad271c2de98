package dev.waybill.flow.sync;

import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.UserException;
import dev.waybill.mapping.KeyText;
import dev.waybill.run.Supply;
import dev.waybill.spi.Intake;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The keys of records that are to be deleted: put aside in a file, and read from there as items
/// that have the key's fields alone.
final class Deletions implements Supply<Fields>, AutoCloseable {

  private final FieldNames names;
  private List<String> kinds = List.of();
  private long ordinal;
  private @Nullable Path file;
  private @Nullable DataOutputStream out;
  private @Nullable DataInputStream in;

  /// @param key the fields that make up a key
  Deletions(List<String> key) {
    this.names = FieldNames.of(key);
  }

  void add(String key) {
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    try {
      DataOutputStream to = out;
      if (to == null) {
        Path path = Files.createTempFile("waybill-deletes", ".tmp");
        to = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(path)));
        file = path;
        out = to;
      }
      to.writeInt(bytes.length);
      to.write(bytes);
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /// All are there.
  ///
  /// @param keyKinds what kind of value each field of the key holds; empty if that is not known
  /// @param lastOrdinal behind which the items are numbered
  void complete(List<String> keyKinds, long lastOrdinal) {
    kinds = keyKinds;
    ordinal = lastOrdinal;
    try {
      if (out != null && file != null) {
        out.close();
        in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)));
      }
    } catch (IOException e) {
      throw broken(e);
    }
  }

  @Override
  public boolean next(Intake<Fields> intake) {
    if (in == null) {
      return false;
    }
    String key;
    try {
      byte[] bytes = new byte[in.readInt()];
      in.readFully(bytes);
      key = new String(bytes, StandardCharsets.UTF_8);
    } catch (EOFException e) {
      return false;
    } catch (IOException e) {
      throw broken(e);
    }
    intake.accept(new Item<>(++ordinal, key, record(key), null));
    return true;
  }

  private Fields record(String key) {
    List<@Nullable String> parts = KeyText.parts(key, names.size());
    @Nullable Object[] values = new @Nullable Object[names.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(parts.get(i), i < kinds.size() ? kinds.get(i) : KeyKinds.TEXT);
    }
    return Fields.of(names, values);
  }

  private static @Nullable Object value(@Nullable String text, String kind) {
    if (text == null) {
      return null;
    }
    return switch (kind) {
      case KeyKinds.BOOLEAN -> Boolean.valueOf(text);
      case KeyKinds.NUMBER ->
          text.matches("-?[0-9]{1,18}") ? (Object) Long.valueOf(text) : number(text);
      default -> text;
    };
  }

  private static Object number(String text) {
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      return text;
    }
  }

  private static UserException broken(IOException e) {
    return new UserException(
        "The keys to delete can not be put aside in "
            + System.getProperty("java.io.tmpdir")
            + " ("
            + e.getMessage()
            + "): make room there.",
        e);
  }

  @Override
  public void close() {
    try {
      if (out != null) {
        out.close();
      }
      if (in != null) {
        in.close();
      }
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      // it is of no use any more
    }
  }
}
