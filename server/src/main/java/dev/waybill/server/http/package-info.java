/// The web server: limits, errors, security headers, and who calls.
///
/// Knows none of the routes that it serves.
@NullMarked
package dev.waybill.server.http;

import org.jspecify.annotations.NullMarked;
