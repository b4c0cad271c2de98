/// Delivers records into tables of SQL databases (`sqlite:FILE` and `postgresql://…`), one
/// transaction a batch, and reads tables and queries: of these, of MySQL and of DuckDB, which reads
/// Parquet files too.
///
/// Found by its providers; all else is package-private. What the databases' error codes mean is
/// data, in `SqliteErrors` and `PostgresErrors`.
@NullMarked
package dev.waybill.jdbc;

import org.jspecify.annotations.NullMarked;
