package dev.waybill.http;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// Encodes bytes as the value of a form's field (`application/x-www-form-urlencoded`, WHATWG URL
/// standard, section 5.2) while they pass.
final class PercentEncoding extends OutputStream {

  private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

  private static final boolean[] PLAIN = new boolean[256];

  static {
    for (char c = '0'; c <= 'z'; c++) {
      PLAIN[c] = c <= '9' || (c >= 'A' && c <= 'Z') || c >= 'a';
    }
    for (char c : "*-._".toCharArray()) {
      PLAIN[c] = true;
    }
  }

  private final ByteArrayOutputStream out;

  PercentEncoding(ByteArrayOutputStream out) {
    this.out = out;
  }

  @Override
  public void write(int b) {
    int unsigned = b & 0xff;
    if (PLAIN[unsigned]) {
      out.write(unsigned);
    } else if (unsigned == ' ') {
      out.write('+');
    } else {
      out.write('%');
      out.write(HEX[unsigned >> 4]);
      out.write(HEX[unsigned & 15]);
    }
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      write(bytes[i]);
    }
  }
}
