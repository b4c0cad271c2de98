package dev.waybill.sim;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// Reads the requests of one connection, one after the other (RFC 9112): bodies with a length, in
/// chunks, and in gzip. For one thread.
public final class HttpInput {

  private static final int HEAD_LIMIT = 64 * 1024;
  private static final int BODY_LIMIT = 256 * 1024 * 1024;
  private static final byte[] CONTINUE =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);

  private final InputStream in;
  private final OutputStream out;
  private final byte[] buffer = new byte[HEAD_LIMIT];
  private int start;
  private int end;

  /// Reads from a socket's input.
  ///
  /// @param out where "100 Continue" goes to a client that waits for it
  public HttpInput(InputStream in, OutputStream out) {
    this.in = in;
    this.out = out;
  }

  /// The next request; null when the client has closed the connection.
  ///
  /// @throws IOException if the connection broke, or what came is not HTTP
  public @Nullable HttpRequest next() throws IOException {
    String requestLine = line();
    if (requestLine == null) {
      return null;
    }
    String[] parts = requestLine.split(" ", -1);
    if (parts.length != 3 || !parts[2].startsWith("HTTP/1.")) {
      throw new IOException("not a request: " + requestLine);
    }
    Map<String, String> headers = headers();
    if (headers.getOrDefault("expect", "").equalsIgnoreCase("100-continue")) {
      out.write(CONTINUE);
      out.flush();
    }
    byte[] body = body(headers);
    if (headers.getOrDefault("content-encoding", "").equalsIgnoreCase("gzip")) {
      try (var unpacked = new GZIPInputStream(new ByteArrayInputStream(body))) {
        body = unpacked.readAllBytes();
      }
    }
    int question = parts[1].indexOf('?');
    return question < 0
        ? new HttpRequest(parts[0], parts[1], "", headers, body)
        : new HttpRequest(
            parts[0],
            parts[1].substring(0, question),
            parts[1].substring(question + 1),
            headers,
            body);
  }

  private Map<String, String> headers() throws IOException {
    var headers = new HashMap<String, String>();
    for (String line = some(line()); !line.isEmpty(); line = some(line())) {
      int colon = line.indexOf(':');
      if (colon < 1) {
        throw new IOException("not a header: " + line);
      }
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    return headers;
  }

  private byte[] body(Map<String, String> headers) throws IOException {
    if (headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
      return chunks();
    }
    String length = headers.get("content-length");
    return length == null ? new byte[0] : bytes(number(length, 10));
  }

  private byte[] chunks() throws IOException {
    var body = new ByteArrayOutputStream();
    while (true) {
      String size = some(line());
      int semicolon = size.indexOf(';');
      int length = number(semicolon < 0 ? size : size.substring(0, semicolon), 16);
      if (length == 0) {
        headers();
        return body.toByteArray();
      }
      if (body.size() > BODY_LIMIT - length) {
        throw new IOException("a body of more than " + BODY_LIMIT + " bytes");
      }
      body.write(bytes(length));
      some(line());
    }
  }

  private static int number(String text, int radix) throws IOException {
    try {
      int number = Integer.parseInt(text.strip(), radix);
      if (number >= 0 && number <= BODY_LIMIT) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new IOException("not a length: " + text, e);
    }
    throw new IOException("not a length that is allowed: " + text);
  }

  private byte[] bytes(int length) throws IOException {
    byte[] bytes = new byte[length];
    int buffered = Math.min(length, end - start);
    System.arraycopy(buffer, start, bytes, 0, buffered);
    start += buffered;
    if (in.readNBytes(bytes, buffered, length - buffered) < length - buffered) {
      throw new EOFException("the connection ended in the middle of a body");
    }
    return bytes;
  }

  private static String some(@Nullable String line) throws IOException {
    if (line == null) {
      throw new EOFException("the connection ended in the middle of a request");
    }
    return line;
  }

  /// The next line without its end; null if the connection ended before it began.
  private @Nullable String line() throws IOException {
    for (int scanned = start; ; ) {
      while (scanned < end && buffer[scanned] != '\n') {
        scanned++;
      }
      if (scanned < end) {
        int length = scanned - start - (scanned > start && buffer[scanned - 1] == '\r' ? 1 : 0);
        String line = new String(buffer, start, length, StandardCharsets.ISO_8859_1);
        start = scanned + 1;
        return line;
      }
      scanned -= start;
      System.arraycopy(buffer, start, buffer, 0, end - start);
      end -= start;
      start = 0;
      if (end == buffer.length) {
        throw new IOException("a line of more than " + HEAD_LIMIT + " bytes");
      }
      int read = in.read(buffer, end, buffer.length - end);
      if (read < 0) {
        if (end > 0) {
          throw new EOFException("the connection ended in the middle of a line");
        }
        return null;
      }
      end += read;
    }
  }
}
