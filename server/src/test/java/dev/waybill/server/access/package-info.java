/// Tests of who may.
@NullMarked
package dev.waybill.server.access;

import org.jspecify.annotations.NullMarked;
