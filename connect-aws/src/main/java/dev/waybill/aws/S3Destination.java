package dev.waybill.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.Reply;
import dev.waybill.Verdict;
import dev.waybill.aws.ErrorTable.Meaning;
import dev.waybill.spi.Traits;
import dev.waybill.spi.Traits.Idempotence;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/// A bucket of S3, or of a store that speaks as S3 does: a batch becomes one object of lines, or
/// one for each folder that its records go to. Objects are named by run and batch, so that a call
/// that is repeated overwrites what it had written.
///
/// @param <T> an item's payload
public final class S3Destination<T> extends AwsDestination<T, S3Line> {

  /// 100,000 records and 32 MiB in an object before it is compressed. These are no limits of the
  /// service, which takes 5 GiB in one `PutObject`: a batch is in memory until its object is
  /// written.
  public static final Limits LIMITS = new Limits(100_000, 32L << 20, 32L << 20);

  /// What is in memory counts, not what the service can take.
  private static final int SUGGESTED_CALLS = 2;

  /// "List of error codes", S3 API reference. What the request was refused for is never one record
  /// among many, so it ends the run, but for what may pass.
  static final ErrorTable ERRORS =
      ErrorTable.common()
          .with(Meaning.THROTTLED, "ServiceUnavailable")
          .with(
              Meaning.UNAVAILABLE,
              "BadDigest",
              "ConditionalRequestConflict",
              "IncompleteBody",
              "InvalidDigest",
              "OperationAborted",
              "TemporaryRedirect",
              "XAmzContentSHA256Mismatch")
          .with(Meaning.IN_DOUBT, "RequestTimeout")
          .with(Meaning.TOO_LARGE, "EntityTooLarge", "MaxMessageLengthExceeded")
          .with(Meaning.REFUSED, "KeyTooLongError", "InvalidURI")
          .with(Meaning.FATAL, "NoSuchBucket", "PermanentRedirect", "InvalidArgument");

  /// Codes for which the key is at fault, that is made of records where there are folders.
  private static final List<String> OF_KEY = List.of("keytoolongerror", "invaliduri");

  /// How objects are compressed.
  public enum Compression {
    NONE,
    GZIP
  }

  private final S3AsyncClient client;
  private final String bucket;
  private final Function<T, byte[]> line;
  private final Function<Item<T>, String> folder;
  private final byte[] header;
  private final String ending;
  private final Compression compression;
  private final @Nullable String storageClass;

  private S3Destination(Builder<T> builder, S3AsyncClient client) {
    super(client, traits(builder.limits(LIMITS)), ERRORS);
    this.client = client;
    this.bucket = DestinationBuilder.required(builder.bucket, "bucket");
    this.line = DestinationBuilder.required(builder.line, "line");
    this.folder = builder.folder;
    this.header = builder.header;
    this.compression = builder.compression;
    this.ending = builder.ending + (compression == Compression.GZIP ? ".gz" : "");
    this.storageClass = builder.storageClass;
  }

  private static Traits traits(Limits limits) {
    return limits
        .traits(Idempotence.IDEMPOTENT_CALL)
        .suggesting(limits.maxItems(), SUGGESTED_CALLS, 0);
  }

  /// Describes a bucket to write to.
  public static <T> Builder<T> builder() {
    return new Builder<>();
  }

  @Override
  S3Line entry(Item<T> item) {
    return new S3Line(folder.apply(item), line.apply(item.payload()));
  }

  @Override
  long bytes(S3Line entry) {
    return entry.bytes().length;
  }

  @Override
  SdkPojo request(Entries<T, S3Line> entries) {
    return request(S3Object.of(entries, ending).getFirst(), null);
  }

  private PutObjectRequest request(S3Object object, @Nullable String digest) {
    return PutObjectRequest.builder()
        .bucket(bucket)
        .key(object.key())
        .contentMD5(digest)
        .storageClass(storageClass)
        .build();
  }

  @Override
  String text(Entries<T, S3Line> entries) {
    var text = new StringBuilder();
    for (S3Object object : S3Object.of(entries, ending)) {
      text.append(text.isEmpty() ? "" : "\n").append("PUT s3://");
      text.append(bucket).append('/').append(object.key()).append("\n\n");
      // As it is before it is compressed.
      text.append(new String(object.content(header, Compression.NONE), UTF_8));
    }
    return text.toString();
  }

  @Override
  CompletableFuture<Reply> call(Entries<T, S3Line> entries) {
    List<S3Object> objects = S3Object.of(entries, ending);
    var replies = new ArrayList<CompletableFuture<Reply>>(objects.size());
    for (S3Object object : objects) {
      replies.add(put(entries, object));
    }
    if (replies.size() == 1) {
      return replies.getFirst();
    }
    CompletableFuture<Reply> all =
        CompletableFuture.allOf(replies.toArray(CompletableFuture[]::new))
            .thenApply(
                done ->
                    together(
                        entries, objects, replies.stream().map(CompletableFuture::join).toList()));
    var unused =
        all.whenComplete(
            (said, failure) -> {
              if (all.isCancelled()) {
                replies.forEach(reply -> reply.cancel(true));
              }
            });
    return all;
  }

  private CompletableFuture<Reply> put(Entries<T, S3Line> entries, S3Object object) {
    byte[] content = object.content(header, compression);
    String digest = Digests.contentMd5(content);
    return reply(
        () -> client.putObject(request(object, digest), AsyncRequestBody.fromBytesUnsafe(content)),
        answer -> entries.accepted(),
        S3Destination::meaning);
  }

  private static Reply meaning(Reply reply) {
    return reply instanceof Reply.Refused(Reason reason, var suspects)
            && !OF_KEY.contains(Codes.plain(String.valueOf(reason.code())))
        ? new Reply.Fatal(reason)
        : reply;
  }

  /// What the replies to several objects of one batch mean for the batch.
  private static <T> Reply together(
      Entries<T, S3Line> entries, List<S3Object> objects, List<Reply> replies) {
    for (Reply reply : replies) {
      // The same call may be made again, and overwrites what it wrote.
      if (reply instanceof Reply.InDoubt) {
        return reply;
      }
    }
    if (replies.stream().noneMatch(Reply.Answered.class::isInstance)) {
      return replies.getFirst();
    }
    var verdicts = new Verdict[entries.size()];
    for (int i = 0; i < objects.size(); i++) {
      Verdict verdict = verdict(replies.get(i));
      for (int index : objects.get(i).indexes()) {
        verdicts[index] = verdict;
      }
    }
    return entries.answered(index -> verdicts[index]);
  }

  /// Where others of its batch were written, the next call tells what an object has met; but one
  /// whose key is at fault never passes.
  private static Verdict verdict(Reply reply) {
    return switch (reply) {
      case Reply.Answered answered -> Verdict.Accepted.WITHOUT_ID;
      case Reply.Refused(Reason reason, var suspects) ->
          new Verdict.Rejected(reason, Verdict.Rejected.Kind.PERMANENT);
      case Reply.TooLarge(Reason reason) -> new Verdict.Deferred(reason);
      case Reply.Throttled(Reason reason, var retryAfter) -> new Verdict.Deferred(reason);
      case Reply.Unavailable(Reason reason, var retryAfter) -> new Verdict.Deferred(reason);
      case Reply.Fatal(Reason reason) -> new Verdict.Deferred(reason);
      case Reply.InDoubt(Reason reason) -> new Verdict.InDoubt(reason);
    };
  }

  /// Collects what there is to say of a bucket.
  ///
  /// @param <T> an item's payload
  public static final class Builder<T> extends DestinationBuilder<Builder<T>> {

    private @Nullable String bucket;
    private @Nullable Function<T, byte[]> line;
    private Function<Item<T>, String> folder = item -> "";
    private byte[] header = {};
    private String ending = ".jsonl";
    private Compression compression = Compression.NONE;
    private @Nullable String storageClass;
    private @Nullable Boolean pathStyle;

    private Builder() {}

    @Override
    Builder<T> self() {
      return this;
    }

    /// The bucket's name.
    public Builder<T> bucket(String name) {
      this.bucket = name;
      return this;
    }

    /// What makes an item's line, its line feed included.
    public Builder<T> line(Function<T, byte[]> maker) {
      this.line = maker;
      return this;
    }

    /// The folder that all objects go to: `contacts/`, with the slash at its end.
    public Builder<T> folder(String prefix) {
      return folder(item -> prefix);
    }

    /// What makes the folder that an item goes to, with a slash at its end. The same item must
    /// always go to the same.
    public Builder<T> folder(Function<Item<T>, String> maker) {
      this.folder = maker;
      return this;
    }

    /// The first line of each object, its line feed included; none unless set.
    public Builder<T> header(byte[] bytes) {
      this.header = bytes.clone();
      return this;
    }

    /// What objects' names end with; `.jsonl` unless set, and `.gz` behind it where they are
    /// compressed.
    public Builder<T> ending(String text) {
      this.ending = text;
      return this;
    }

    /// How objects are compressed; not at all unless set.
    public Builder<T> compression(Compression value) {
      this.compression = value;
      return this;
    }

    /// The storage class, such as `STANDARD_IA`; the bucket's own unless set.
    public Builder<T> storageClass(String name) {
      this.storageClass = name;
      return this;
    }

    /// The bucket's name stands in the path, as many stores want that are not of AWS; so it does
    /// unless set otherwise wherever the connection names an endpoint.
    public Builder<T> bucketInPath() {
      this.pathStyle = true;
      return this;
    }

    /// The bucket's name stands in the host's name.
    public Builder<T> bucketInHost() {
      this.pathStyle = false;
      return this;
    }

    /// Opens the bucket: looks whether it is there.
    ///
    /// @throws dev.waybill.UserException if it is not there, or the store can not be reached
    public S3Destination<T> open() {
      String name = required(bucket, "bucket");
      boolean inPath = pathStyle == null ? connection.endpoint() != null : pathStyle;
      S3AsyncClient client =
          connection.client(
              S3AsyncClient.builder()
                  .forcePathStyle(inPath)
                  // The digest of each object goes along as Content-MD5, which all stores know;
                  // the SDK's own checksums and chunks they do not.
                  .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                  .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                  .serviceConfiguration(
                      S3Configuration.builder().chunkedEncodingEnabled(false).build()));
      try {
        new OpenCheck("bucket '" + name + "'", connection, "NoSuchBucket")
            .ask(() -> client.listObjectsV2(request -> request.bucket(name).maxKeys(1)));
        return new S3Destination<>(this, client);
      } catch (RuntimeException e) {
        AwsConnection.close(client);
        throw e;
      }
    }
  }
}
