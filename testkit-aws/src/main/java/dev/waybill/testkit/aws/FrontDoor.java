package dev.waybill.testkit.aws;

import dev.waybill.sim.HttpRequest;
import dev.waybill.testkit.aws.Loopback.Response;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// Understands requests, lets each that writes meet its fault, and words the answers.
final class FrontDoor implements Loopback.Handler {

  /// One service behind the door.
  record Room(Backend backend, BatchShapes shapes, AwsFaults faults, CallLog log) {}

  private final Map<Service, Room> rooms;
  private final AtomicReference<@Nullable Refusal> closed = new AtomicReference<>();

  FrontDoor(Map<Service, Room> rooms) {
    this.rooms = rooms;
  }

  /// Answers everything with this error; null to let calls in again.
  void close(@Nullable Refusal refusal) {
    closed.set(refusal);
  }

  @Override
  public Response handle(HttpRequest request) {
    AwsCall call;
    try {
      call = Wire.call(request);
    } catch (JacksonException | IllegalArgumentException e) {
      return plain(400, "The body is not what its content type says: " + e.getMessage());
    }
    Room room = call == null ? null : rooms.get(call.service());
    if (call == null || room == null) {
      return plain(404, "There is no such service here.");
    }
    Refusal refusal = closed.get();
    Outcome outcome = refusal == null ? answer(call, room) : Outcome.of(refusal);
    AwsAnswer answer = outcome.answer();
    return new Response(answer == null ? null : Wire.bytes(call, answer), outcome.delay());
  }

  private static Response plain(int status, String text) {
    return new Response(
        Wire.http(status, "text/plain", Map.of(), Wire.utf8(text + "\n")), Duration.ZERO);
  }

  private static Outcome answer(AwsCall call, Room room) {
    BatchShape shape = room.shapes().of(call.operation());
    if (shape == null) {
      Refusal refusal = room.backend().check(call);
      return Outcome.of(refusal == null ? room.backend().apply(call) : refusal);
    }
    AwsFaults.Turn turn = room.faults().turn();
    AwsCall numbered = call.numbered(turn.call());
    Outcome outcome = new FaultLayer(shape, room.backend()).call(numbered, turn.fault());
    int status =
        switch (outcome.answer()) {
          case null -> 0;
          case AwsAnswer.Done done -> done.status();
          case Refusal refused -> refused.status();
        };
    room.log()
        .add(
            new SeenCall(
                turn.call(), call.operation(), shape.items(numbered).size(), turn.fault(), status));
    return outcome;
  }
}
