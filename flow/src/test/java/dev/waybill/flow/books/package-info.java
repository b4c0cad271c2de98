/// Tests of what is kept of runs.
@NullMarked
package dev.waybill.flow.books;

import org.jspecify.annotations.NullMarked;
