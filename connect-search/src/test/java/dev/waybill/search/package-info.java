/// Tests of the connector, against a whole OpenSearch node and against scripted answers.
@NullMarked
package dev.waybill.search;

import org.jspecify.annotations.NullMarked;
