/// The API under `/data/foundation/flowservice`, in the shapes of the API that it equals.
@NullMarked
package dev.waybill.server.rest;

import org.jspecify.annotations.NullMarked;
