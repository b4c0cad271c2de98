package dev.waybill.flink.source;

import dev.waybill.files.Position;
import dev.waybill.spi.LiveSourceProvider.Backlog;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.jspecify.annotations.Nullable;

/// Splits in checkpoints and on their way to readers.
final class SplitSerializer implements SimpleVersionedSerializer<JobSplit> {

  @Override
  public int getVersion() {
    return 1;
  }

  @Override
  public byte[] serialize(JobSplit split) throws IOException {
    var out = new DataOutputSerializer(64);
    write(split, out);
    return out.getCopyOfBuffer();
  }

  @Override
  public JobSplit deserialize(int version, byte[] bytes) throws IOException {
    return read(new DataInputDeserializer(bytes));
  }

  static void write(JobSplit split, DataOutput out) throws IOException {
    switch (split) {
      case JobSplit.Part(int file, int part, long partBytes) -> {
        out.writeByte(1);
        out.writeInt(file);
        out.writeInt(part);
        out.writeLong(partBytes);
      }
      case JobSplit.Rows(int file, int stretch, Position from, long end) -> {
        out.writeByte(2);
        out.writeInt(file);
        out.writeInt(stretch);
        write(from, out);
        out.writeLong(end);
      }
      case JobSplit.Held(int index, Backlog(String partition, long from, long to)) -> {
        out.writeByte(4);
        out.writeInt(index);
        out.writeUTF(partition);
        out.writeLong(from);
        out.writeLong(to);
      }
      case JobSplit.Whole(Position from, long done, long digest) -> {
        out.writeByte(3);
        write(from, out);
        out.writeLong(done);
        out.writeLong(digest);
      }
    }
  }

  static JobSplit read(DataInput in) throws IOException {
    byte kind = in.readByte();
    return switch (kind) {
      case 1 -> new JobSplit.Part(in.readInt(), in.readInt(), in.readLong());
      case 2 -> new JobSplit.Rows(in.readInt(), in.readInt(), position(in), in.readLong());
      case 3 -> new JobSplit.Whole(position(in), in.readLong(), in.readLong());
      case 4 ->
          new JobSplit.Held(in.readInt(), new Backlog(in.readUTF(), in.readLong(), in.readLong()));
      default -> throw new IOException("there is no split of the kind " + kind);
    };
  }

  private static void write(@Nullable Position at, DataOutput out) throws IOException {
    out.writeBoolean(at != null);
    if (at != null) {
      out.writeInt(at.file());
      out.writeLong(at.offset());
      out.writeLong(at.line());
      out.writeLong(at.ordinal());
      out.writeInt(at.part());
    }
  }

  private static @Nullable Position position(DataInput in) throws IOException {
    return in.readBoolean()
        ? new Position(in.readInt(), in.readLong(), in.readLong(), in.readLong(), in.readInt())
        : null;
  }
}
