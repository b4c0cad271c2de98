@NullMarked
package dev.waybill.flink.source;

import org.jspecify.annotations.NullMarked;
