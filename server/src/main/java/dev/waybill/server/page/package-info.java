/// The pages that people look at, rendered here.
@NullMarked
package dev.waybill.server.page;

import org.jspecify.annotations.NullMarked;
