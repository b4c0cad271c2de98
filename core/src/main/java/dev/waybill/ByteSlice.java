package dev.waybill;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A read-only run of bytes inside a larger array, so that a record's source text costs no copy.
///
/// The array is shared and must not change after the slice was made; it stays in memory for as long
/// as the slice does, so slices that are to live long are better [#copied()].
public final class ByteSlice {

  /// No bytes.
  public static final ByteSlice EMPTY = new ByteSlice(new byte[0], 0, 0);

  private final byte[] array;
  private final int offset;
  private final int length;

  /// The `length` bytes of `array` from `offset` on.
  ///
  /// @throws IndexOutOfBoundsException if they do not lie inside the array
  public ByteSlice(byte[] array, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, array.length);
    this.array = array;
    this.offset = offset;
    this.length = length;
  }

  /// The bytes of a text in UTF-8.
  public static ByteSlice utf8(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new ByteSlice(bytes, 0, bytes.length);
  }

  public int length() {
    return length;
  }

  /// The byte at `index`, counted from 0.
  public byte at(int index) {
    return array[offset + Objects.checkIndex(index, length)];
  }

  /// The first bytes, `most` at the most.
  public ByteSlice first(int most) {
    return most >= length ? this : new ByteSlice(array, offset, most);
  }

  /// Writes the bytes as they are.
  public void writeTo(OutputStream out) throws IOException {
    out.write(array, offset, length);
  }

  /// Copies the bytes into `target` from index `at` on.
  public void copyTo(byte[] target, int at) {
    System.arraycopy(array, offset, target, at, length);
  }

  /// A slice of the same bytes that holds on to nothing else.
  public ByteSlice copied() {
    return length == array.length ? this : new ByteSlice(toByteArray(), 0, length);
  }

  public byte[] toByteArray() {
    return Arrays.copyOfRange(array, offset, offset + length);
  }

  public String text(Charset charset) {
    return new String(array, offset, length, charset);
  }

  /// Equal if the bytes are.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ByteSlice that
        && Arrays.equals(
            array, offset, offset + length, that.array, that.offset, that.offset + that.length);
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (int i = offset; i < offset + length; i++) {
      hash = 31 * hash + array[i];
    }
    return hash;
  }

  /// The bytes as UTF-8, for reading in a debugger.
  @Override
  public String toString() {
    return text(StandardCharsets.UTF_8);
  }
}
