package dev.waybill.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reply;
import dev.waybill.UserException;
import dev.waybill.Verdict;
import dev.waybill.testkit.TestKeys;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Replies that a healthy server does not give.
class ScriptedRepliesTest {

  private static final List<Item<Fields>> THREE =
      List.of(Records.contact(1, 30), Records.contact(2, 31), Records.contact(3, 32));

  @Test
  void whatWasRepliedBeforeTheConnectionBrokeIsSettledAndTheRestIsInDoubt() throws Exception {
    try (var server = ScriptedRedis.replying(":3\r\n", "-WRONGTYPE no hash\r\n");
        var contacts = Records.open(server.address(), Records.KEYED)) {
      List<Verdict> verdicts = Records.verdicts(contacts, THREE);

      assertThat(verdicts.get(0)).isInstanceOf(Verdict.Accepted.class);
      assertThat(verdicts.get(1)).isInstanceOf(Verdict.Rejected.class);
      assertThat(verdicts.get(2)).isInstanceOf(Verdict.InDoubt.class);
    }
  }

  @Test
  void connectionThatBreaksBeforeAnyReplyLeavesAllInDoubt() throws Exception {
    try (var server = ScriptedRedis.replying();
        var contacts = Records.open(server.address(), Records.KEYED)) {
      assertThat(contacts.send(Records.batch(THREE))).isInstanceOf(Reply.InDoubt.class);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "LOADING Redis is loading the dataset in memory, Unavailable",
    "CLUSTERDOWN The cluster is down, Unavailable",
    "MASTERDOWN Link with MASTER is down, Unavailable",
    "BUSY Redis is busy running a script, Unavailable",
    "MISCONF Redis is configured to save RDB snapshots, Unavailable",
    "NOREPLICAS Not enough good replicas to write, Unavailable",
    "MOVED 3999 127.0.0.1:6381, Fatal",
    "NOAUTH Authentication required., Fatal",
    "ERR unknown command `HSET`, Fatal",
    "ERR something else, Answered"
  })
  void errorThatAllCommandsMeetIsSaidOfTheCall(String error, String reply) throws Exception {
    String line = "-" + error + "\r\n";
    try (var server = ScriptedRedis.replying(line, line, line);
        var contacts = Records.open(server.address(), Records.KEYED)) {
      Reply told = contacts.send(Records.batch(THREE));

      assertThat(told.getClass().getSimpleName()).isEqualTo(reply);
      assertThat(told.toString()).contains(error.substring(error.indexOf(' ') + 1));
    }
  }

  @Test
  void errorThatOnlySomeMeetPutsTheseOff() throws Exception {
    try (var server = ScriptedRedis.replying(":3\r\n", "-OOM no memory\r\n", ":3\r\n");
        var contacts = Records.open(server.address(), Records.KEYED)) {
      List<Verdict> verdicts = Records.verdicts(contacts, THREE);

      assertThat(verdicts.get(1)).isInstanceOf(Verdict.Deferred.class);
      assertThat(verdicts.get(2)).isInstanceOf(Verdict.Accepted.class);
    }
  }

  @Test
  void certificateIsTrustedIfItsAuthorityIsNamedAndNotOtherwise() throws Exception {
    TestKeys keys = TestKeys.get();
    try (var server = ScriptedRedis.secure(keys.server())) {
      assertThatThrownBy(() -> Records.open(server.address(), Records.KEYED))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("the certificate or TLS is not accepted")
          .hasMessageContaining("--option ca-file");
      for (String[] trust :
          List.of(
              new String[] {"ca-file", keys.certificate().toString()},
              new String[] {"insecure", "true"})) {
        try (var contacts = Records.open(server.address(), Records.KEYED, trust)) {
          assertThat(contacts.send(Records.batch(THREE.subList(0, 1))))
              .isInstanceOf(Reply.Answered.class);
        }
      }
    }
  }

  @Test
  void nodeOfAClusterIsToldAtTheBeginning() throws Exception {
    try (var server = ScriptedRedis.ofCluster()) {
      assertThatThrownBy(() -> Records.open(server.address(), Records.KEYED))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("is a node of a Redis Cluster");
    }
  }
}
