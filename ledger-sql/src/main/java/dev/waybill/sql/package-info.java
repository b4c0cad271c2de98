/// What every room that keeps tables needs: where they lie, on SQLite or PostgreSQL, and the
/// scripts that make them.
///
/// Knows no table but the one that counts the scripts.
@NullMarked
package dev.waybill.sql;

import org.jspecify.annotations.NullMarked;
