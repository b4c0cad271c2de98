@NullMarked
package dev.waybill.flink.job;

import org.jspecify.annotations.NullMarked;
