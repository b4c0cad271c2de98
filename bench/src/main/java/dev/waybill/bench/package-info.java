/// Measurements, each with a `main`; never run by the build.
@NullMarked
package dev.waybill.bench;

import org.jspecify.annotations.NullMarked;
