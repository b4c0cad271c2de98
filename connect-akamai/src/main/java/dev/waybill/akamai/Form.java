package dev.waybill.akamai;

import dev.waybill.ByteSlice;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The parameters of a call, in the order in which they are sent.
final class Form {

  /// One parameter; its value as it is before form-encoding.
  record Parameter(String name, ByteSlice value) {

    String text() {
      return value.text(StandardCharsets.UTF_8);
    }
  }

  private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

  private final List<Parameter> parameters = new ArrayList<>();

  Form with(String name, String value) {
    parameters.add(new Parameter(name, ByteSlice.utf8(value)));
    return this;
  }

  Form with(String name, byte[] utf8) {
    parameters.add(new Parameter(name, new ByteSlice(utf8, 0, utf8.length)));
    return this;
  }

  List<Parameter> parameters() {
    return List.copyOf(parameters);
  }

  /// The order of the whole `name=value` lines, which the signature asks for: since no name occurs
  /// twice, the names with their equals sign decide it.
  List<Parameter> sorted() {
    return parameters.stream()
        .sorted(Comparator.comparing(parameter -> parameter.name() + "="))
        .toList();
  }

  /// The body: application/x-www-form-urlencoded in UTF-8 (URL standard, section 5.2).
  byte[] encoded() {
    int size = 0;
    for (Parameter parameter : parameters) {
      size += parameter.value().length() + parameter.value().length() / 2 + 32;
    }
    var body = new ByteArrayOutputStream(size);
    for (Parameter parameter : parameters) {
      if (body.size() > 0) {
        body.write('&');
      }
      encode(ByteSlice.utf8(parameter.name()), body);
      body.write('=');
      encode(parameter.value(), body);
    }
    return body.toByteArray();
  }

  private static void encode(ByteSlice utf8, ByteArrayOutputStream body) {
    for (int i = 0; i < utf8.length(); i++) {
      byte b = utf8.at(i);
      if (isPlain(b)) {
        body.write(b);
      } else if (b == ' ') {
        body.write('+');
      } else {
        body.write('%');
        body.write(HEX[(b >> 4) & 0xF]);
        body.write(HEX[b & 0xF]);
      }
    }
  }

  private static boolean isPlain(byte b) {
    return (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || (b >= '0' && b <= '9')
        || b == '-'
        || b == '_'
        || b == '.'
        || b == '*';
  }
}
