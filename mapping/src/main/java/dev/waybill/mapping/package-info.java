/// From a source's records to what the destination is given: which columns, under which names, of
/// which types. A plan is compiled once for the source's columns and then works by position.
@NullMarked
package dev.waybill.mapping;

import org.jspecify.annotations.NullMarked;
