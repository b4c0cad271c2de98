package dev.waybill.mapping;

/// How a dotted name nests.
final class Names {

  private Names() {}

  /// The parts of a dotted name. Only dots between two parts that have text right beside the dot
  /// nest: `Tel. No` and `No.` are plain names.
  static String[] parts(String name) {
    if (name.indexOf('.') < 0) {
      return new String[] {name};
    }
    String[] parts = name.split("\\.", -1);
    for (String part : parts) {
      if (part.isEmpty() || !part.equals(part.strip())) {
        return new String[] {name};
      }
    }
    return parts;
  }
}
