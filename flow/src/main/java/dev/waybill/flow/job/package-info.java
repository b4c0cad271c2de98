/// A job: everything that decides what a run does, from flags or from a job file, as a value that
/// can be stored as text and run again.
///
/// Nothing here opens a source or a destination.
@NullMarked
package dev.waybill.flow.job;

import org.jspecify.annotations.NullMarked;
