/// Tests of the connector, against a real Redis and against scripted replies.
@NullMarked
package dev.waybill.redis;

import org.jspecify.annotations.NullMarked;
