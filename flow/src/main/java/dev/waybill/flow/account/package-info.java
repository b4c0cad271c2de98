/// What is told of a run that is over, and its form for machines.
///
/// The ledger keeps that form, so that a run can be shown again by whoever asks.
@NullMarked
package dev.waybill.flow.account;

import org.jspecify.annotations.NullMarked;
