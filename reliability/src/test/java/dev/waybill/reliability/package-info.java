/// The real thing: a real process loads a file into a real server, and is killed, cut off or left
/// without room; then its account is held against what the server has.
@NullMarked
package dev.waybill.reliability;

import org.jspecify.annotations.NullMarked;
