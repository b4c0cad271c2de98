/// What a connector implements: a [dev.waybill.spi.Source] or a [dev.waybill.spi.Destination], and
/// the provider by which `java.util.ServiceLoader` finds it.
///
/// Depends on the words in `dev.waybill` and the JDK alone.
@NullMarked
package dev.waybill.spi;

import org.jspecify.annotations.NullMarked;
