/// Tests of what a person sees of a run.
@NullMarked
package dev.waybill.cli.view;

import org.jspecify.annotations.NullMarked;
