/// The web server over real sockets.
@NullMarked
package dev.waybill.server.http;

import org.jspecify.annotations.NullMarked;
