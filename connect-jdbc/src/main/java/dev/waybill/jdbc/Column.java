package dev.waybill.jdbc;

/// A column of the table.
///
/// @param type what its values are converted to
/// @param declared the type's name in the database, in full: `character varying(40)`
/// @param base the same without length and precision, for casts: a cast to `character varying(40)`
///   would cut a text off without a word
record Column(String name, ColumnType type, String declared, String base) {}
