package dev.waybill.flink.wire;

import dev.waybill.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/// Texts and bytes of any length; `writeUTF` ends at 64 KiB.
final class Texts {

  private static final int NONE = -1;

  private Texts() {}

  static void write(@Nullable String text, DataOutputView out) throws IOException {
    if (text == null) {
      out.writeInt(NONE);
    } else {
      writeBytes(text.getBytes(StandardCharsets.UTF_8), out);
    }
  }

  static @Nullable String readNullable(DataInputView in) throws IOException {
    int length = in.readInt();
    return length == NONE ? null : new String(readBytes(length, in), StandardCharsets.UTF_8);
  }

  static String read(DataInputView in) throws IOException {
    return new String(readBytes(in), StandardCharsets.UTF_8);
  }

  static void writeReason(@Nullable Reason reason, DataOutputView out) throws IOException {
    out.writeBoolean(reason != null);
    if (reason != null) {
      write(reason.code(), out);
      write(reason.message(), out);
    }
  }

  static @Nullable Reason readReason(DataInputView in) throws IOException {
    return in.readBoolean() ? new Reason(readNullable(in), read(in)) : null;
  }

  static void writeBytes(byte[] bytes, DataOutputView out) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  static byte[] readBytes(DataInputView in) throws IOException {
    return readBytes(in.readInt(), in);
  }

  private static byte[] readBytes(int length, DataInputView in) throws IOException {
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return bytes;
  }
}
