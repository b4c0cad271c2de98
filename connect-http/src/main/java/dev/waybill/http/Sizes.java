package dev.waybill.http;

import dev.waybill.Fields;
import dev.waybill.Item;
import java.io.ByteArrayOutputStream;
import java.util.List;

/// How many bytes of a body are due to its records, and how many to what stands around them.
final class Sizes {

  /// What separates two records, at most: a comma, which is `%2C` in a form.
  private static final int SEPARATOR = 3;

  private Sizes() {}

  /// Bytes that this record adds to a body, at most.
  static long ofItem(Body body, Item<Fields> item) {
    return bytes(body, List.of(item)) - around(body) + SEPARATOR + body.form().slack();
  }

  /// Bytes that a body has without records.
  static long around(Body body) {
    return body instanceof Body.Single ? 0 : bytes(body, List.of());
  }

  private static long bytes(Body body, List<Item<Fields>> items) {
    var out = new ByteArrayOutputStream(512);
    body.write(items, out);
    return out.size();
  }
}
