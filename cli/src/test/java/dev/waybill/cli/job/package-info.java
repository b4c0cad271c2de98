/// Tests of jobs.
@NullMarked
package dev.waybill.cli.job;

import org.jspecify.annotations.NullMarked;
