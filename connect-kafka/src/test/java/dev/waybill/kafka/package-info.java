/// Against a real broker in this process.
@NullMarked
package dev.waybill.kafka;

import org.jspecify.annotations.NullMarked;
