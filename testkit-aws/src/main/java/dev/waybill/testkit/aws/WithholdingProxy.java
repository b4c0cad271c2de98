package dev.waybill.testkit.aws;

import java.net.URI;
import java.util.List;
import java.util.Map;

/// Stands before an emulator and shows the faults that emulators do not have, truthfully: items
/// that are to fail are taken out of the request before it goes on, and put into the answer where
/// they belong. Safe for use by many threads.
public final class WithholdingProxy implements AutoCloseable {

  private final AwsFaults faults;
  private final CallLog log = new CallLog(Keeping.ITEMS);
  private final Loopback server;

  private WithholdingProxy(Service service, URI emulator) {
    var shapes = BatchShapes.of(service);
    faults = new AwsFaults(shapes);
    server =
        Loopback.start(
            new FrontDoor(
                Map.of(service, new FrontDoor.Room(new Forward(emulator), shapes, faults, log))));
  }

  /// Before an emulator of Kinesis. It hears JSON, also of a client that speaks CBOR.
  public static WithholdingProxy kinesis(URI emulator) {
    return new WithholdingProxy(Service.KINESIS, emulator);
  }

  /// Before an emulator of SQS.
  public static WithholdingProxy sqs(URI emulator) {
    return new WithholdingProxy(Service.SQS, emulator);
  }

  /// Before an emulator of DynamoDB.
  public static WithholdingProxy dynamoDb(URI emulator) {
    return new WithholdingProxy(Service.DYNAMODB, emulator);
  }

  /// Where the SDK's client goes: `endpointOverride(proxy.endpoint())`.
  public URI endpoint() {
    return server.uri();
  }

  /// What befalls the next calls that write.
  public AwsFaults faults() {
    return faults;
  }

  /// The calls that write, in the order in which they were answered.
  public List<SeenCall> calls() {
    return log.calls();
  }

  @Override
  public void close() {
    server.close();
  }
}
