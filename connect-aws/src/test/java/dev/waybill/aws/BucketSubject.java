package dev.waybill.aws;

import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.spi.Destination;
import dev.waybill.testkit.FaultProxy;
import dev.waybill.testkit.FaultProxy.Fault;
import dev.waybill.testkit.FaultScript;
import dev.waybill.testkit.Subject;
import dev.waybill.testkit.aws.Emulators;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// A bucket of its own in S3Proxy, behind a line that can be cut.
final class BucketSubject implements Subject<Fields> {

  private static final FieldNames NAMES = FieldNames.of("id", "country");

  private final EmulatedBucket bucket = new EmulatedBucket();
  private final FaultProxy line =
      FaultProxy.before(Emulators.s3Proxy().getPort(), FaultScript.always(Fault.PASS));
  private final S3Destination.Compression compression;
  private List<String> lines = List.of();
  private long callsThen = -1;

  BucketSubject(S3Destination.Compression compression) {
    this.compression = compression;
  }

  @Override
  public Destination<Fields> open() {
    var csv = new CsvLine(NAMES.asList());
    return S3Destination.<Fields>builder()
        .connection(Fakes.connection(URI.create("http://127.0.0.1:" + line.port())))
        .bucket(bucket.name())
        .folder(item -> item.payload().text("country") + "/")
        .line(csv::of)
        .header(csv.header())
        .ending(".csv")
        .compression(compression)
        .open();
  }

  @Override
  public Item<Fields> valid(long ordinal) {
    return Item.of(ordinal, Fields.of(NAMES, "c" + ordinal, ordinal % 3 == 0 ? "ch" : "li"));
  }

  @Override
  public Optional<Item<Fields>> invalid(long ordinal) {
    return Optional.of(
        Item.of(
            ordinal, Fields.of(FieldNames.of("id", "country", "town"), "c" + ordinal, "ch", "x")));
  }

  @Override
  public int timesApplied(Item<Fields> item) {
    return Collections.frequency(lines(), item.payload().text("id"));
  }

  @Override
  public long applied() {
    return lines().size();
  }

  /// Read anew only if calls were made since the last time.
  private List<String> lines() {
    long calls = line.count(Fault.PASS);
    if (calls != callsThen) {
      lines =
          bucket.objects().values().stream()
              .flatMap(content -> content.lines().skip(1))
              .map(row -> row.substring(0, row.indexOf(',')))
              .toList();
      callsThen = calls;
    }
    return lines;
  }

  @Override
  public FarSide breakDown() {
    line.refuse();
    return FarSide.BROKEN;
  }

  @Override
  public void mend() {
    line.accept();
  }

  @Override
  public List<String> secrets() {
    return List.of(Emulators.S3_SECRET);
  }

  @Override
  public OptionalLong calls() {
    return OptionalLong.of(line.count(Fault.PASS));
  }

  @Override
  public void close() {
    line.close();
    bucket.close();
  }
}
