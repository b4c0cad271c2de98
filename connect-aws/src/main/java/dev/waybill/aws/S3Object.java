package dev.waybill.aws;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/// The lines of a batch that go into one object.
///
/// @param key made of the folder, the run and the batch, so that a repeat of the call overwrites
///   what the call had written
/// @param indexes of the lines among the batch's entries
/// @param lines in the batch's order
@SuppressWarnings("ArrayRecordComponent") // never compared, and not changed
record S3Object(String key, int[] indexes, List<S3Line> lines) {

  /// One object for each folder that occurs.
  ///
  /// @param ending of their names: `.jsonl.gz`
  static List<S3Object> of(Entries<?, S3Line> entries, String ending) {
    String name =
        String.format(Locale.ROOT, "%s-%08d", entries.batch().run(), entries.batch().number());
    var folders = new LinkedHashMap<String, List<Integer>>();
    for (int i = 0; i < entries.size(); i++) {
      folders.computeIfAbsent(entries.list().get(i).folder(), f -> new ArrayList<>()).add(i);
    }
    var objects = new ArrayList<S3Object>(folders.size());
    folders.forEach(
        (folder, indexes) ->
            objects.add(
                new S3Object(
                    folder + name + ending,
                    indexes.stream().mapToInt(Integer::intValue).toArray(),
                    indexes.stream().map(entries.list()::get).toList())));
    return objects;
  }

  /// Its content.
  ///
  /// @param header its first line; empty if it has none
  byte[] content(byte[] header, S3Destination.Compression compression) {
    int size = header.length;
    for (S3Line line : lines) {
      size += line.bytes().length;
    }
    var bytes =
        new ByteArrayOutputStream(
            switch (compression) {
              case NONE -> size;
              case GZIP -> size / 4 + 64;
            });
    try (var out =
        switch (compression) {
          case NONE -> bytes;
          case GZIP -> new GZIPOutputStream(bytes, 1 << 16);
        }) {
      out.write(header);
      for (S3Line line : lines) {
        out.write(line.bytes());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // not in memory
    }
    return bytes.toByteArray();
  }
}
