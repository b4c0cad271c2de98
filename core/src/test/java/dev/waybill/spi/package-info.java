/// Tests of what connectors are given.
@NullMarked
package dev.waybill.spi;

import org.jspecify.annotations.NullMarked;
