/// Tests of the AWS destinations: their tables row by row, their counts of bytes against the SDK's
/// own requests, and what they make of real answers over a socket.
@NullMarked
package dev.waybill.aws;

import org.jspecify.annotations.NullMarked;
