package dev.waybill.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.Batch;
import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reply;
import dev.waybill.UserException;
import dev.waybill.Verdict;
import dev.waybill.spi.Destination;
import dev.waybill.spi.DestinationProvider.Delivery;
import dev.waybill.spi.Options;
import dev.waybill.spi.Preview;
import dev.waybill.testkit.ScriptedServer;
import dev.waybill.testkit.ScriptedServer.Act;
import dev.waybill.testkit.aws.Emulators;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class S3Test {

  private static final FieldNames NAMES = FieldNames.of("id", "at", "note");
  private static final Delivery DELIVERY = new Delivery(NAMES, List.of(), List.of("id"), "notes");

  @BeforeEach
  void credentials() {
    System.setProperty("aws.accessKeyId", Emulators.S3_KEY);
    System.setProperty("aws.secretAccessKey", Emulators.S3_SECRET);
  }

  @AfterEach
  void noCredentials() {
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
  }

  @Test
  void batchIsOneObjectAndARepeatOverwritesIt() throws Exception {
    try (var bucket = new EmulatedBucket();
        var notes = open(bucket, "/raw/notes", Map.of())) {
      Batch<Fields> batch = batch(note(1, "2026-11-20", "a"), note(2, null, "b"));
      notes.send(batch);
      notes.send(batch);

      assertThat(bucket.objects())
          .containsExactly(
              Map.entry(
                  "raw/notes/run-00000007.jsonl",
                  """
                  {"id":1,"at":"2026-11-20","note":"a"}
                  {"id":2,"at":null,"note":"b"}
                  """));
    }
  }

  @Test
  void recordsGoToTheFolderOfTheirDayAsCompressedCsv() throws Exception {
    try (var bucket = new EmulatedBucket();
        var notes = open(bucket, "/day={at:day}", Map.of("format", "csv", "compression", "gzip"))) {
      Reply reply =
          notes.send(
              batch(
                  note(1, "2026-11-20T23:59:00Z", "plain"),
                  note(2, "2026-11-21", "a, \"b\"\nc"),
                  note(3, "yesterday", "x"),
                  note(4, "2026-11-20", "")));

      assertThat(bucket.objects())
          .containsExactly(
              Map.entry(
                  "day=2026-11-20/run-00000007.csv.gz",
                  "id,at,note\n1,2026-11-20T23:59:00Z,plain\n4,2026-11-20,\"\"\n"),
              Map.entry(
                  "day=2026-11-21/run-00000007.csv.gz",
                  "id,at,note\n2,2026-11-21,\"a, \"\"b\"\"\nc\"\n"));
      List<? extends Verdict> verdicts = ((Reply.Answered) reply).verdicts();
      assertThat(verdicts.get(2).toString())
          .contains(
              "the record's at 'yesterday' is no date such as 2026-01-31, which its folder is made"
                  + " of");
      assertThat(verdicts).filteredOn(Verdict.Accepted.class::isInstance).hasSize(3);
    }
  }

  @Test
  void previewShowsEachObject() throws Exception {
    try (var bucket = new EmulatedBucket();
        var notes = open(bucket, "/{at:day}/", Map.of("compression", "gzip"))) {
      assertThat(
              ((Preview<Fields>) notes)
                  .preview(batch(note(1, "2026-11-20", "a"), note(2, "2026-11-21", "b"))))
          .isEqualTo(
              """
              PUT s3://%1$s/2026-11-20/run-00000007.jsonl.gz

              {"id":1,"at":"2026-11-20","note":"a"}

              PUT s3://%1$s/2026-11-21/run-00000007.jsonl.gz

              {"id":2,"at":"2026-11-21","note":"b"}

              """
                  .formatted(bucket.name()));
      assertThat(bucket.objects()).isEmpty();
    }
  }

  @Test
  void missingBucketAndWrongSecretAreToldAtTheBeginning() {
    assertThatThrownBy(() -> open("s3://nowhere", EmulatedBucket.endpoint().toString(), Map.of()))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("there is no bucket 'nowhere' at http://127.0.0.1:");
    System.setProperty("aws.secretAccessKey", "another");
    assertThatThrownBy(() -> open("s3://nowhere", EmulatedBucket.endpoint().toString(), Map.of()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("AWS does not accept the credentials");
  }

  @ParameterizedTest
  @CsvSource({
    "503, SlowDown, Throttled",
    "503, ServiceUnavailable, Throttled",
    "500, InternalError, InDoubt",
    "400, RequestTimeout, InDoubt",
    "400, BadDigest, Unavailable",
    "409, OperationAborted, Unavailable",
    "400, EntityTooLarge, TooLarge",
    "400, KeyTooLongError, Refused",
    "400, InvalidStorageClass, Fatal",
    "403, AccessDenied, Fatal",
    "404, NoSuchBucket, Fatal",
    "301, PermanentRedirect, Fatal",
    "507, XMinioStorageFull, InDoubt"
  })
  void errorSaysWhatBecameOfTheObject(int status, String code, String reply) throws Exception {
    try (var server = ScriptedServer.start().play(Act.answer(200, "<ListBucketResult/>"));
        var notes = open("s3://notes", server.uri("").toString(), Map.of())) {
      server.play(error(status, code));

      Reply told = notes.send(batch(note(1, null, "a"), note(2, null, "b")));

      assertThat(told.getClass().getSimpleName()).isEqualTo(reply);
      assertThat(server.requests()).as("a question and a call").hasSize(2);
    }
  }

  @Test
  void whatOneObjectMetIsNotSaidOfTheOthers() throws Exception {
    try (var server = ScriptedServer.start().play(Act.answer(200, "<ListBucketResult/>"));
        var notes = open("s3://notes/{at}", server.uri("").toString(), Map.of())) {
      server.play(Act.answer(200, ""), error(503, "SlowDown"));

      Reply told = notes.send(batch(note(1, "a", "a"), note(2, "b", "b")));

      assertThat(((Reply.Answered) told).verdicts())
          .extracting(verdict -> verdict.getClass().getSimpleName())
          .containsExactlyInAnyOrder("Accepted", "Deferred");
    }
  }

  @Test
  void objectInDoubtPutsItsBatchInDoubtSoThatTheSameCallIsMadeAgain() throws Exception {
    try (var server = ScriptedServer.start().play(Act.answer(200, "<ListBucketResult/>"));
        var notes = open("s3://notes/{at}", server.uri("").toString(), Map.of())) {
      server.play(Act.answer(200, ""), Act.close());

      assertThat(notes.send(batch(note(1, "a", "a"), note(2, "b", "b"))))
          .isInstanceOf(Reply.InDoubt.class);
    }
  }

  @Test
  void digestGoesAlongAndNothingThatOtherStoresDoNotKnow() throws Exception {
    try (var server = ScriptedServer.start().play(Act.answer(200, "<ListBucketResult/>"));
        var notes =
            open("s3://notes", server.uri("").toString(), Map.of("storage-class", "STANDARD_IA"))) {
      server.play(Act.answer(200, ""));
      notes.send(batch(note(1, null, "a")));

      var put = server.requests().getLast();
      assertThat(put.method()).isEqualTo("PUT");
      assertThat(put.target()).isEqualTo("/notes/run-00000007.jsonl");
      assertThat(put.header("Content-MD5")).isEqualTo(Digests.contentMd5(put.body()));
      assertThat(put.header("x-amz-storage-class")).isEqualTo("STANDARD_IA");
      assertThat(put.header("Content-Encoding")).isEmpty();
      assertThat(put.header("x-amz-sdk-checksum-algorithm")).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "s3:notes | format=csv | is no address of a bucket: write s3://BUCKET/FOLDER/",
        "s3://notes/{day} | format=csv | write {FIELD:day}",
        "s3://notes | format=xml | takes one of jsonl, csv, not 'xml'",
        "s3://notes | compression=zip | takes one of none, gzip, not 'zip'"
      })
  void whatDoesNotFitIsTold(String address, String option, String sentence) {
    String[] pair = option.split("=", -1);
    assertThatThrownBy(() -> open(address, "http://127.0.0.1:1", Map.of(pair[0], pair[1])))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(sentence);
  }

  private static Destination<Fields> open(
      EmulatedBucket bucket, String folder, Map<String, String> options) {
    return open("s3://" + bucket.name() + folder, EmulatedBucket.endpoint().toString(), options);
  }

  private static Destination<Fields> open(
      String address, String endpoint, Map<String, String> options) {
    var all = new HashMap<>(options);
    all.put("endpoint", endpoint);
    var provider = new S3Provider();
    return provider.open(address, Options.of("s3", provider.options(), all), DELIVERY);
  }

  private static Act error(int status, String code) {
    return Act.answer(
        status, "<Error><Code>" + code + "</Code><Message>so it is</Message></Error>");
  }

  private static Item<Fields> note(long id, @Nullable String at, String note) {
    return Item.of(id, Fields.of(NAMES, id, at, note));
  }

  @SafeVarargs
  @SuppressWarnings("varargs") // only listed
  private static Batch<Fields> batch(Item<Fields>... items) {
    return new Batch<>(7, List.of(items), 1, "run");
  }
}
