/// The command line: one class a command, shared groups of options as mixins, and what a process
/// has to do with its terminal, its signals and its exit code.
///
/// Commands only collect settings into a [dev.waybill.flow.job.Job] and show what came of it.
@NullMarked
package dev.waybill.cli;

import org.jspecify.annotations.NullMarked;
