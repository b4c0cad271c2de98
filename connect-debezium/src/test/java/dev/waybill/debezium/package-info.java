/// Tests of the changes of PostgreSQL, against a real server.
@NullMarked
package dev.waybill.debezium;

import org.jspecify.annotations.NullMarked;
