/// Tests of the testkit itself.
@NullMarked
package dev.waybill.testkit;

import org.jspecify.annotations.NullMarked;
