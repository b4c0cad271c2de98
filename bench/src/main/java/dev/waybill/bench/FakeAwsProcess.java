package dev.waybill.bench;

import dev.waybill.testkit.aws.FakeAws;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// The instant fake AWS in a process of its own, so that what it costs is not counted as the
/// client's. Ends with its parent.
final class FakeAwsProcess implements AutoCloseable {

  static final String NAME = "orders";
  static final String KEY = "id";

  private final Process process;
  private final URI endpoint;

  private FakeAwsProcess(Process process, URI endpoint) {
    this.process = process;
    this.endpoint = endpoint;
  }

  /// Serves until the standard input ends; prints its address first.
  public static void main(String[] arguments) throws IOException {
    try (var aws = FakeAws.instant()) {
      aws.sqs().createQueue(NAME);
      aws.kinesis().createStream(NAME);
      aws.dynamoDb().createTable(NAME, KEY);
      System.out.println(aws.endpoint());
      while (System.in.read() >= 0) {
        // nothing is ever said
      }
    }
  }

  static FakeAwsProcess start() throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                FakeAwsProcess.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    var output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String address = output.readLine();
    if (address == null) {
      throw new IOException("the fake AWS did not start");
    }
    return new FakeAwsProcess(process, URI.create(address));
  }

  URI endpoint() {
    return endpoint;
  }

  @Override
  public void close() {
    process.destroy();
  }
}
