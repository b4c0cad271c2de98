package dev.waybill.flow.sync;

import dev.waybill.UserException;
import dev.waybill.flow.sync.Entry.Fitness;
import dev.waybill.ledger.KeyHash;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// All records of a source, 32 bytes each, to be had in the order of their keys.
///
/// They are parted by the first bits of the key's hash, which are as good as random, so that each
/// part is small enough to be sorted in memory. What a few MiB do not hold goes to a file.
final class Entries implements AutoCloseable {

  private static final int PARTS = 256;

  /// The longs of an entry: hash, check, fingerprint, ordinal; the last negative if refused.
  private static final int LONGS = 4;

  /// Entries of a part that wait in memory until they are written in one piece.
  private static final int PIECE = 256;

  private final List<Part> parts = new ArrayList<>();
  private final ByteBuffer piece = ByteBuffer.allocateDirect(PIECE * LONGS * Long.BYTES);
  private final LongBuffer longs = piece.asLongBuffer();
  private @Nullable FileChannel file;
  private long written;
  private long count;

  /// The entries of one part: the last few, and where the others stand in the file.
  private static final class Part {

    private long[] waiting = {};
    private int size;
    private long[] pieces = new long[4];
    private int pieceCount;
  }

  Entries() {
    for (int i = 0; i < PARTS; i++) {
      parts.add(new Part());
    }
  }

  void add(KeyHash key, long fingerprint, long ordinal, Fitness fitness) {
    Part part = parts.get((int) (key.hash() >> 56) + PARTS / 2);
    if (part.size == part.waiting.length) {
      makeRoom(part);
    }
    int at = part.size;
    part.waiting[at] = key.hash();
    part.waiting[at + 1] = key.check();
    part.waiting[at + 2] = fingerprint;
    part.waiting[at + 3] = fitness == Fitness.FIT ? ordinal : -ordinal;
    part.size += LONGS;
    count++;
  }

  private void makeRoom(Part part) {
    if (part.size < PIECE * LONGS) {
      part.waiting = Arrays.copyOf(part.waiting, Math.max(LONGS * 8, part.size * 2));
      return;
    }
    try {
      FileChannel out = file();
      longs.clear();
      longs.put(part.waiting, 0, part.size);
      piece.clear();
      long at = written;
      while (piece.hasRemaining()) {
        written += out.write(piece, written);
      }
      if (part.pieceCount == part.pieces.length) {
        part.pieces = Arrays.copyOf(part.pieces, part.pieces.length * 2);
      }
      part.pieces[part.pieceCount++] = at;
      part.size = 0;
    } catch (IOException e) {
      throw broken(e);
    }
  }

  private FileChannel file() throws IOException {
    FileChannel open = file;
    if (open == null) {
      Path path = Files.createTempFile("waybill-keys", ".tmp");
      open =
          FileChannel.open(
              path,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE);
      file = open;
    }
    return open;
  }

  private static UserException broken(IOException e) {
    return new UserException(
        "The keys of the source can not be put aside in "
            + System.getProperty("java.io.tmpdir")
            + " ("
            + e.getMessage()
            + "): make room there, 32 bytes for each record.",
        e);
  }

  long count() {
    return count;
  }

  /// All of them in order; nothing may be added meanwhile.
  Iterator<Entry> inOrder() {
    return new Iterator<>() {
      private int part;
      private Iterator<Entry> entries = List.<Entry>of().iterator();

      @Override
      public boolean hasNext() {
        while (!entries.hasNext() && part < PARTS) {
          entries = sorted(parts.get(part++)).iterator();
        }
        return entries.hasNext();
      }

      @Override
      public Entry next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        return entries.next();
      }
    };
  }

  private List<Entry> sorted(Part part) {
    var entries = new Entry[part.pieceCount * PIECE + part.size / LONGS];
    int filled = 0;
    try {
      for (int i = 0; i < part.pieceCount; i++) {
        piece.clear();
        long at = part.pieces[i];
        while (piece.hasRemaining()) {
          int read = file().read(piece, at);
          if (read < 0) {
            throw new IOException("the file with them is shorter than it was written");
          }
          at += read;
        }
        longs.clear();
        for (int entry = 0; entry < PIECE; entry++) {
          entries[filled++] = entry(longs.get(), longs.get(), longs.get(), longs.get());
        }
      }
    } catch (IOException e) {
      throw broken(e);
    }
    for (int at = 0; at < part.size; at += LONGS) {
      entries[filled++] =
          entry(part.waiting[at], part.waiting[at + 1], part.waiting[at + 2], part.waiting[at + 3]);
    }
    Arrays.sort(entries);
    return Arrays.asList(entries);
  }

  private static Entry entry(long hash, long check, long fingerprint, long mark) {
    return new Entry(
        new KeyHash(hash, check),
        fingerprint,
        Math.abs(mark),
        mark > 0 ? Fitness.FIT : Fitness.REFUSED);
  }

  @Override
  public void close() {
    try {
      if (file != null) {
        file.close();
      }
    } catch (IOException e) {
      // it is of no use any more
    }
  }
}
