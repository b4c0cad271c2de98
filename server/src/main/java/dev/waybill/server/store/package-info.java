/// The database of the service, which all of its rooms that keep tables share.
///
/// Knows none of the tables.
@NullMarked
package dev.waybill.server.store;

import org.jspecify.annotations.NullMarked;
