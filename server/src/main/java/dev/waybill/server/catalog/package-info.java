/// The service's own tables: sandboxes, connections, flows, runs, and what was watched of them.
///
/// Knows nothing of HTTP and starts nothing.
@NullMarked
package dev.waybill.server.catalog;

import org.jspecify.annotations.NullMarked;
