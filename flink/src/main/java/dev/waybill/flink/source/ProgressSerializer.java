package dev.waybill.flink.source;

import dev.waybill.files.Survey;
import dev.waybill.files.Survey.View;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/// The enumerator's part of checkpoints.
final class ProgressSerializer implements SimpleVersionedSerializer<Progress> {

  private interface Reading<V> {
    V of(DataInput in) throws IOException;
  }

  @Override
  public int getVersion() {
    return 1;
  }

  @Override
  public byte[] serialize(Progress progress) throws IOException {
    var out = new DataOutputSerializer(256);
    out.writeLong(progress.partBytes());
    out.writeInt(progress.nextFile());
    out.writeInt(progress.divided().size());
    for (Progress.Divided file : progress.divided()) {
      out.writeInt(file.file());
      out.writeInt(file.surveys().size());
      for (Survey survey : file.surveys()) {
        write(survey, out);
      }
      out.writeInt(file.handedOut());
    }
    out.writeInt(progress.returned().size());
    for (JobSplit split : progress.returned()) {
      SplitSerializer.write(split, out);
    }
    return out.getCopyOfBuffer();
  }

  @Override
  public Progress deserialize(int version, byte[] bytes) throws IOException {
    var in = new DataInputDeserializer(bytes);
    return new Progress(
        in.readLong(),
        in.readInt(),
        list(
            in,
            file ->
                new Progress.Divided(
                    file.readInt(), list(file, ProgressSerializer::survey), file.readInt())),
        list(in, SplitSerializer::read));
  }

  private static <V> List<V> list(DataInput in, Reading<V> reading) throws IOException {
    int size = in.readInt();
    var list = new ArrayList<V>(size);
    for (int i = 0; i < size; i++) {
      list.add(reading.of(in));
    }
    return List.copyOf(list);
  }

  private static void write(Survey survey, DataOutput out) throws IOException {
    out.writeInt(survey.part());
    out.writeLong(survey.from());
    out.writeLong(survey.to());
    out.writeLong(survey.lines());
    write(survey.outside(), out);
    write(survey.inside(), out);
  }

  private static Survey survey(DataInput in) throws IOException {
    return new Survey(
        in.readInt(), in.readLong(), in.readLong(), in.readLong(), view(in), view(in));
  }

  private static void write(View view, DataOutput out) throws IOException {
    out.writeLong(view.first());
    out.writeLong(view.linesBefore());
    out.writeLong(view.rows());
    out.writeLong(view.open());
    out.writeBoolean(view.broken());
  }

  private static View view(DataInput in) throws IOException {
    return new View(in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readBoolean());
  }
}
