package dev.waybill.http;

import dev.waybill.ByteSlice;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.ConcurrentLinkedDeque;

/// Memory for the bodies of requests, used again and again: a fresh array for each call, as large
/// as the batch, would be most of what a call allocates.
final class Buffers {

  /// One that grew beyond this for an unusual batch is not kept.
  private static final int LARGEST_KEPT = 4 << 20;

  private final ConcurrentLinkedDeque<Buffer> resting = new ConcurrentLinkedDeque<>();

  /// An empty buffer.
  Buffer take() {
    Buffer buffer = resting.pollFirst();
    return buffer == null ? new Buffer() : buffer;
  }

  /// Takes a buffer back; its slices are void from now on.
  void giveBack(Buffer buffer) {
    if (buffer.capacity() <= LARGEST_KEPT) {
      buffer.reset();
      resting.offerFirst(buffer);
    }
  }

  /// Bytes in memory that can be read where they lie.
  static final class Buffer extends ByteArrayOutputStream {

    private Buffer() {
      super(16 << 10);
    }

    /// What was written, without a copy.
    ByteSlice slice() {
      return new ByteSlice(buf, 0, count);
    }

    private int capacity() {
      return buf.length;
    }
  }
}
