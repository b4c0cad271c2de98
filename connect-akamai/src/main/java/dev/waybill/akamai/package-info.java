/// Delivers records to Akamai Identity Cloud (Janrain Capture) through its entity API.
///
/// What the API's answers mean stands in [dev.waybill.akamai.CodeTable] alone.
@NullMarked
package dev.waybill.akamai;

import org.jspecify.annotations.NullMarked;
