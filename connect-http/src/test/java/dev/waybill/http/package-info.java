/// Tests of HTTP calls against servers that misbehave, and of the destination that stands on them.
@NullMarked
package dev.waybill.http;

import org.jspecify.annotations.NullMarked;
