package dev.waybill.jdbc;

/// What an empty text becomes in a column of texts.
enum EmptyText {
  /// Null, as PostgreSQL's own CSV import has it: an empty cell says that nothing is known.
  NULL,
  /// An empty text.
  TEXT
}
