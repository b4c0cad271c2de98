/// The examples of docs/destinations/aws.md, which a test runs as they stand.
@NullMarked
package dev.waybill.aws.examples;

import org.jspecify.annotations.NullMarked;
