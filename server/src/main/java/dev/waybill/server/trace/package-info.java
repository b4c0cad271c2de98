/// Traces of requests and runs, for those who gather them by OpenTelemetry.
///
/// Nothing of the library is loaded where nobody asked for traces.
@NullMarked
package dev.waybill.server.trace;

import org.jspecify.annotations.NullMarked;
