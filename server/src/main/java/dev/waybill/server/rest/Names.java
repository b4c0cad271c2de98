package dev.waybill.server.rest;

/// Names of things, as people give them.
final class Names {

  private static final int MOST = 200;

  private Names() {}

  /// @throws ApiProblem if there is none or it is too long
  static String name(JsonObject body) {
    String name = body.required("name").strip();
    if (name.length() > MOST) {
      throw ApiProblem.badValue(
          name.substring(0, 20) + "…", "name", "up to " + MOST + " characters");
    }
    return name;
  }
}
