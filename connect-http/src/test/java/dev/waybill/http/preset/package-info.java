/// Tests of the presets, on transcripts of what each service answers.
@NullMarked
package dev.waybill.http.preset;

import org.jspecify.annotations.NullMarked;
