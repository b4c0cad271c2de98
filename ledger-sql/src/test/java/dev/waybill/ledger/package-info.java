/// Tests of the ledger on both databases.
@NullMarked
package dev.waybill.ledger;

import org.jspecify.annotations.NullMarked;
