/// The catalog on both databases.
@NullMarked
package dev.waybill.server.catalog;

import org.jspecify.annotations.NullMarked;
