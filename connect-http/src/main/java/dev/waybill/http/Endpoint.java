package dev.waybill.http;

import dev.waybill.Batch;
import dev.waybill.Fields;
import dev.waybill.Item;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// One call of an API: how a request is made of a batch, and how its answer is read.
///
/// @param headers those that are the same in every request
/// @param idempotencyKeyHeader the header for the batch's key; null for none
/// @param lookup finds out the id that the address needs; null where it needs none
/// @param job how its end is found out, where the API begins one; null where it does its work at
///   once
/// @param existing what is done with a record that is there already; null where it is refused
record Endpoint(
    String method,
    UrlTemplate url,
    List<Header> headers,
    Body body,
    Compression compression,
    @Nullable String idempotencyKeyHeader,
    AnswerReader reader,
    @Nullable Lookup lookup,
    @Nullable Job job,
    @Nullable Existing existing) {

  /// The same with a look-up before each call.
  Endpoint after(Lookup first) {
    return new Endpoint(
        method,
        url,
        headers,
        body,
        compression,
        idempotencyKeyHeader,
        reader,
        first,
        job,
        existing);
  }

  /// The same with another call for what is there already.
  Endpoint or(@Nullable Existing other) {
    return new Endpoint(
        method, url, headers, body, compression, idempotencyKeyHeader, reader, lookup, job, other);
  }

  /// Whether bodies are compressed.
  enum Compression {
    NONE,
    GZIP
  }

  /// Writes the body, compressed if bodies are.
  ///
  /// @throws IllegalArgumentException if a record has no JSON form
  /// @throws tools.jackson.core.JacksonException if a record holds text that has no UTF-8 form
  void write(List<Item<Fields>> items, ByteArrayOutputStream out) {
    switch (compression) {
      case NONE -> body.write(items, out);
      case GZIP -> {
        var plain = new ByteArrayOutputStream(items.size() * 256);
        body.write(items, plain);
        try (var gzip = new GZIPOutputStream(out)) {
          plain.writeTo(gzip);
        } catch (IOException e) {
          throw new UncheckedIOException(e); // memory does not fail
        }
      }
    }
  }

  /// All headers of the request for a batch.
  List<Header> headers(Batch<Fields> batch, @Nullable Header credentials) {
    var all = new ArrayList<Header>(headers.size() + 2);
    all.addAll(headers);
    if (credentials != null) {
      all.add(credentials);
    }
    if (idempotencyKeyHeader != null) {
      all.add(new Header(idempotencyKeyHeader, batch.idempotencyKey()));
    }
    return all;
  }
}
