/// Job files on a Flink cluster: the same job as on one machine.
///
/// Makes the pipeline from a job and submits it; knows the rooms below, [dev.waybill.flink], and
/// flows.
@NullMarked
package dev.waybill.flink.job;

import org.jspecify.annotations.NullMarked;
