/// Records to Elasticsearch and OpenSearch by `_bulk`, on the low-level client of Elasticsearch:
/// the two have this interface in common. What a document's answer means lives in `Verdicts`.
@NullMarked
package dev.waybill.search;

import org.jspecify.annotations.NullMarked;
