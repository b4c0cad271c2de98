package dev.waybill.server.page;

import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Sends files of any size without holding them.
final class Downloads {

  private Downloads() {}

  static void send(Path path, ServerResponse response) {
    try {
      response.contentLength(Files.size(path));
      try (OutputStream out = response.outputStream()) {
        Files.copy(path, out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
