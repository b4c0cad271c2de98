/// The service put together from its rooms. [Server] is where to begin.
@NullMarked
package dev.waybill.server;

import org.jspecify.annotations.NullMarked;
