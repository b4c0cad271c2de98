package dev.waybill.jdbc;

/// A column of the table.
///
/// @param type what its values are converted to
/// @param declared the type's name in the database, for messages and casts: `character varying(40)`
record Column(String name, ColumnType type, String declared) {}
