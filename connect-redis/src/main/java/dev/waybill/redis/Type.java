package dev.waybill.redis;

/// What a record becomes.
enum Type {
  /// A hash of its fields.
  HASH,
  /// A string: its JSON, or one of its fields.
  STRING,
  /// One more element at the end of a list.
  LIST,
  /// One more entry of a stream.
  STREAM;

  /// Whether each record has a key of its own, so that it can be written a second time in its place
  /// and deleted.
  boolean hasOwnKeys() {
    return switch (this) {
      case HASH, STRING -> true;
      case LIST, STREAM -> false;
    };
  }
}
