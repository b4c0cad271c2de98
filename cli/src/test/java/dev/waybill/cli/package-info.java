/// Tests of the command line: in this process with its streams caught, and a few with real
/// processes.
@NullMarked
package dev.waybill.cli;

import org.jspecify.annotations.NullMarked;
