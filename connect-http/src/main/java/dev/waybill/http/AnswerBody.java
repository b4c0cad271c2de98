package dev.waybill.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// The body of an answer: decompressed, and never longer than allowed.
final class AnswerBody {

  private AnswerBody() {}

  /// Reads to the end.
  ///
  /// @param encoding the value of `Content-Encoding`; null if there is none
  /// @param most the greatest length allowed, after decompression
  static byte[] read(URI uri, InputStream raw, @Nullable String encoding, int most)
      throws IOException {
    try (InputStream in = "gzip".equalsIgnoreCase(encoding) ? new GZIPInputStream(raw) : raw) {
      byte[] bytes = in.readNBytes(most);
      if (bytes.length == most && in.read() >= 0) {
        throw new TooLong(uri, most);
      }
      return bytes;
    }
  }

  /// The body is longer than allowed.
  static final class TooLong extends IOException {
    TooLong(URI uri, int most) {
      super("the answer of " + uri.getRawAuthority() + " is longer than " + most + " bytes");
    }
  }
}
