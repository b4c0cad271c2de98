/// The changes of a PostgreSQL table as a live source: `postgresql-changes://…`.
///
/// Debezium's connector reads the log; what it is told to confirm, and when, is decided here. Found
/// by its provider; all else is of no concern to others.
@NullMarked
package dev.waybill.debezium;

import org.jspecify.annotations.NullMarked;
