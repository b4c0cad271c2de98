/// Runs made for real, against a simulated API.
@NullMarked
package dev.waybill.server.work;

import org.jspecify.annotations.NullMarked;
