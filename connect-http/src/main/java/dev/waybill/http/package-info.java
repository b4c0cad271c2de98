/// Calls over HTTP that tell exactly what came of them ([dev.waybill.http.HttpCaller]), and the
/// destination `http://…` and `https://…`, which is set up by options and without code.
///
/// Presets for one API may stand on this package; it knows none of them.
@NullMarked
package dev.waybill.http;

import org.jspecify.annotations.NullMarked;
