/// Tests of the entity API's destination: each answer by itself, then against a server on loopback.
@NullMarked
package dev.waybill.akamai;

import org.jspecify.annotations.NullMarked;
