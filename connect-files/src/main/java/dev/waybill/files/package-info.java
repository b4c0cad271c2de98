/// CSV and JSON Lines files as sources, and the files that a run leaves behind.
///
/// Every item keeps the exact bytes of its record, so that what was not delivered comes back as it
/// was given.
@NullMarked
package dev.waybill.files;

import org.jspecify.annotations.NullMarked;
