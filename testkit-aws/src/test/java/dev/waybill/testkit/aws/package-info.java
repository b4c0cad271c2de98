/// The real SDK against the fakes, and the same contracts against the emulators.
@NullMarked
package dev.waybill.testkit.aws;

import org.jspecify.annotations.NullMarked;
