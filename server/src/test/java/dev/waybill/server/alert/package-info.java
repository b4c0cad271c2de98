/// Tests of what people are told.
@NullMarked
package dev.waybill.server.alert;

import org.jspecify.annotations.NullMarked;
