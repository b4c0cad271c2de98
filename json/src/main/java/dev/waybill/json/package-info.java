/// [dev.waybill.Fields] to JSON and back, on Jackson's streaming API. Shared by all connectors, so
/// that they agree on what a record looks like.
@NullMarked
package dev.waybill.json;

import org.jspecify.annotations.NullMarked;
