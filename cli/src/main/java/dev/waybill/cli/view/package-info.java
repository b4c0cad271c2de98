/// What a person or a machine sees of a run: the progress line, log lines, the account at the end.
///
/// Everything is made as text first, so that it can be tested without a terminal.
@NullMarked
package dev.waybill.cli.view;

import org.jspecify.annotations.NullMarked;
