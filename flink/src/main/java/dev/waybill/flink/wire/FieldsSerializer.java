package dev.waybill.flink.wire;

import dev.waybill.FieldNames;
import dev.waybill.Fields;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/// Records as they are: names, then values, each behind a tag for its type. Reads names that are
/// those of the record before into the same [FieldNames], so that records of a kind share them.
public final class FieldsSerializer extends ImmutableSerializer<Fields> {

  private static final long serialVersionUID = 1;

  private static final int NULL = 0;
  private static final int TEXT = 1;
  private static final int TRUE = 2;
  private static final int FALSE = 3;
  private static final int INT = 4;
  private static final int LONG = 5;
  private static final int DOUBLE = 6;
  private static final int DECIMAL = 7;
  private static final int INTEGER = 8;
  private static final int FIELDS = 9;
  private static final int LIST = 10;
  private static final int FLOAT = 11;
  private static final int SHORT = 12;
  private static final int BYTE = 13;

  private transient @Nullable FieldNames lastRead;

  @Override
  public TypeSerializer<Fields> duplicate() {
    return new FieldsSerializer();
  }

  @Override
  public void serialize(Fields fields, DataOutputView out) throws IOException {
    out.writeInt(fields.size());
    for (int i = 0; i < fields.size(); i++) {
      Texts.write(fields.names().name(i), out);
    }
    for (int i = 0; i < fields.size(); i++) {
      write(fields.value(i), out);
    }
  }

  private void write(@Nullable Object value, DataOutputView out) throws IOException {
    switch (value) {
      case null -> out.writeByte(NULL);
      case String text -> {
        out.writeByte(TEXT);
        Texts.write(text, out);
      }
      case Boolean truth -> out.writeByte(truth ? TRUE : FALSE);
      case Number number -> write(number, out);
      case Fields fields -> {
        out.writeByte(FIELDS);
        serialize(fields, out);
      }
      case List<?> list -> {
        out.writeByte(LIST);
        out.writeInt(list.size());
        for (Object element : list) {
          write(element, out);
        }
      }
      default -> throw new IOException("no value of a record: " + value.getClass().getName());
    }
  }

  private static void write(Number number, DataOutputView out) throws IOException {
    switch (number) {
      case Integer value -> {
        out.writeByte(INT);
        out.writeInt(value);
      }
      case Long value -> {
        out.writeByte(LONG);
        out.writeLong(value);
      }
      case Double value -> {
        out.writeByte(DOUBLE);
        out.writeDouble(value);
      }
      case BigDecimal value -> {
        out.writeByte(DECIMAL);
        out.writeInt(value.scale());
        Texts.writeBytes(value.unscaledValue().toByteArray(), out);
      }
      case BigInteger value -> {
        out.writeByte(INTEGER);
        Texts.writeBytes(value.toByteArray(), out);
      }
      case Float value -> {
        out.writeByte(FLOAT);
        out.writeFloat(value);
      }
      case Short value -> {
        out.writeByte(SHORT);
        out.writeShort(value);
      }
      case Byte value -> {
        out.writeByte(BYTE);
        out.writeByte(value);
      }
      default -> throw new IOException("no number of a record: " + number.getClass().getName());
    }
  }

  @Override
  public Fields deserialize(DataInputView in) throws IOException {
    int size = in.readInt();
    FieldNames names = names(size, in);
    @Nullable Object[] values = new @Nullable Object[size];
    for (int i = 0; i < size; i++) {
      values[i] = read(in);
    }
    return Fields.of(names, values);
  }

  private FieldNames names(int size, DataInputView in) throws IOException {
    FieldNames last = lastRead;
    boolean same = last != null && last.size() == size;
    var read = new ArrayList<String>(size);
    for (int i = 0; i < size; i++) {
      String name = Texts.read(in);
      read.add(name);
      same = same && last != null && last.name(i).equals(name);
    }
    FieldNames names = same && last != null ? last : FieldNames.of(read);
    lastRead = names;
    return names;
  }

  private @Nullable Object read(DataInputView in) throws IOException {
    int tag = in.readByte();
    return switch (tag) {
      case NULL -> null;
      case TEXT -> Texts.read(in);
      case TRUE -> true;
      case FALSE -> false;
      case INT -> in.readInt();
      case LONG -> in.readLong();
      case DOUBLE -> in.readDouble();
      case DECIMAL -> {
        int scale = in.readInt();
        yield new BigDecimal(new BigInteger(Texts.readBytes(in)), scale);
      }
      case INTEGER -> new BigInteger(Texts.readBytes(in));
      case FIELDS -> deserialize(in);
      case LIST -> {
        int size = in.readInt();
        var list = new ArrayList<@Nullable Object>(size);
        for (int i = 0; i < size; i++) {
          list.add(read(in));
        }
        yield list;
      }
      case FLOAT -> in.readFloat();
      case SHORT -> in.readShort();
      case BYTE -> in.readByte();
      default -> throw new IOException("no tag of a value: " + tag);
    };
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof FieldsSerializer;
  }

  @Override
  public int hashCode() {
    return FieldsSerializer.class.hashCode();
  }

  @Override
  public TypeSerializerSnapshot<Fields> snapshotConfiguration() {
    return new Snapshot();
  }

  /// The form in which state remembers it.
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Fields> {

    /// For Flink.
    public Snapshot() {
      super(FieldsSerializer::new);
    }
  }
}
