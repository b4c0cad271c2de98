@NullMarked
package dev.waybill.flink;

import org.jspecify.annotations.NullMarked;
