/// Tests of the page in a real browser, against the service as it is and a destination that
/// misbehaves.
@NullMarked
package dev.waybill.browser;

import org.jspecify.annotations.NullMarked;
