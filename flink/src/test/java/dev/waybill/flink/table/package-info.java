@NullMarked
package dev.waybill.flink.table;

import org.jspecify.annotations.NullMarked;
