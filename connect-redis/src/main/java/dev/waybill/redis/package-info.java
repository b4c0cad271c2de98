/// Records to Redis, on the connections of Jedis: one pipeline a batch, one command a record, and
/// each reply its record's verdict. What replies mean lives in `Verdicts`.
@NullMarked
package dev.waybill.redis;

import org.jspecify.annotations.NullMarked;
