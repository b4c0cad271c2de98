package dev.waybill.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstTokenTest {

  @Test
  void personAtATerminalGetsATokenOnce(@TempDir Path directory) {
    try (var desk = new Desk(directory)) {
      List<String> lines = FirstToken.lines(desk.room, "local", FirstToken.Reader.PERSON, "");

      Caller caller = desk.room.access().byToken(lines.getLast().strip(), "c").orElseThrow();
      assertThat(caller.role()).isEqualTo(Role.ADMIN);
      assertThat(caller.organisation()).isEqualTo("local");
      assertThat(FirstToken.lines(desk.room, "local", FirstToken.Reader.PERSON, "")).isEmpty();
    }
  }

  @Test
  void logIsToldOnlyHowToMakeOne(@TempDir Path directory) {
    try (var desk = new Desk(directory)) {
      assertThat(FirstToken.lines(desk.room, "local", FirstToken.Reader.LOG, " --data d"))
          .last()
          .isEqualTo("  waybill token create --name first --org local --role admin --data d");
      assertThat(desk.room.tokens().all()).isEmpty();
    }
  }
}
