/// The transformations that come with Waybill, found by `ServiceLoader` like those that users add.
/// Each stands alone; nothing else may live here.
@NullMarked
package dev.waybill.mapping.type;

import org.jspecify.annotations.NullMarked;
