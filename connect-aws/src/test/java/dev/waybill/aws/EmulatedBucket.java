package dev.waybill.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.testkit.aws.Emulators;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.S3Object;

/// A bucket in S3Proxy, asked by a client of the test's own.
record EmulatedBucket(S3AsyncClient client, String name) implements AutoCloseable {

  private static final AtomicInteger NAMES = new AtomicInteger();

  EmulatedBucket() {
    this(
        Fakes.connection(endpoint()).client(S3AsyncClient.builder().forcePathStyle(true)),
        "bucket-" + NAMES.incrementAndGet());
    client.createBucket(request -> request.bucket(name)).join();
  }

  static URI endpoint() {
    return Emulators.s3Proxy();
  }

  /// The content of each object by its key; what ends with `.gz` is unpacked.
  Map<String, String> objects() {
    var objects = new TreeMap<String, String>();
    for (S3Object object :
        client.listObjectsV2(request -> request.bucket(name)).join().contents()) {
      byte[] bytes =
          client
              .getObject(
                  request -> request.bucket(name).key(object.key()),
                  AsyncResponseTransformer.toBytes())
              .join()
              .asByteArray();
      objects.put(
          object.key(), new String(object.key().endsWith(".gz") ? unpacked(bytes) : bytes, UTF_8));
    }
    return objects;
  }

  private static byte[] unpacked(byte[] bytes) {
    try (var in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    AwsConnection.close(client);
  }
}
