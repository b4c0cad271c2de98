/// For those who write a connector: the contract that every destination keeps, as tests to extend,
/// and a proxy that breaks connections on demand.
///
/// Goes into the test scope of connectors; nothing that ships depends on it.
@NullMarked
package dev.waybill.testkit;

import org.jspecify.annotations.NullMarked;
