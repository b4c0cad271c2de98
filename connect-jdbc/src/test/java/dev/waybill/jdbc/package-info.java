/// Tests of the SQL destinations against SQLite files and a real PostgreSQL that starts by itself.
@NullMarked
package dev.waybill.jdbc;

import org.jspecify.annotations.NullMarked;
