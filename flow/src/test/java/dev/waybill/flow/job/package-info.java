/// Tests of jobs.
@NullMarked
package dev.waybill.flow.job;

import org.jspecify.annotations.NullMarked;
