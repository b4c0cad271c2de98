/// Destinations that are described by files: each a set of HTTP options for one service, with
/// options, limits and modes of its own. What a service wants stands in its file, never in code.
@NullMarked
package dev.waybill.http.preset;

import org.jspecify.annotations.NullMarked;
