package dev.waybill.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.UserException;
import dev.waybill.spi.Options;
import dev.waybill.spi.Permits;
import dev.waybill.spi.SecretSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpeningTest {

  private static final String ADDRESS = "redis://127.0.0.1:1";

  @ParameterizedTest
  @CsvSource({
    "redis://cache.example.org, redis://cache.example.org:6379/0 null null",
    "rediss://me:p%40ss+word@[::1]:7000/12, rediss://[::1]:7000/12 me p@ss+word",
    "redis://:word@localhost/, redis://localhost:6379/0 null word"
  })
  void addressNamesHostAndDatabase(String text, String parts) {
    Address address = Address.parse(text);

    assertThat(address + " " + address.user() + " " + address.password()).isEqualTo(parts);
  }

  @ParameterizedTest
  @CsvSource({
    "redis:localhost, is no address of a Redis",
    "redis://localhost/contacts, is no address of a Redis",
    "redis://localhost/0?timeout=3, is no address of a Redis",
    "redis://localhost:70000, the port 70000 is none"
  })
  void addressThatIsNoneIsTold(String address, String sentence) {
    assertThatThrownBy(() -> Records.open(address, Records.KEYED))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(sentence);
  }

  @Test
  void passwordOfAnAddressThatIsNoneIsNotShown() {
    assertThatThrownBy(() -> Address.parse("redis://me:secret-word@localhost/x"))
        .hasMessageContaining("redis://***@localhost/x");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "type=set | redis option 'type' takes one of hash, string, list, stream, not 'set'",
        "type=hash | it is not known by what a record is known: declare a key (--key FIELD), or",
        "key=contact | redis option 'key' must name a field in braces, such as customer:{id}",
        "key=c:{nr} | option 'key' names the field 'nr', and the records have only id, email, age",
        "type=list mode=upsert | type=list only grows, and nothing in it is replaced",
        "type=stream ttl=1h | redis option 'ttl' is of types hash and string alone",
        "type=list write=merge | redis option 'write' is of type hash alone",
        "key={id} ttl=0 | redis option 'ttl' takes a length of time above zero",
        "key={id} value-field=email | redis option 'value-field' is of types string and list alone",
        "type=list value-field=mail | option 'value-field' names the field 'mail'",
        "type=list max-length=5 | redis option 'max-length' is of type stream alone",
        "key={id} user=me | redis option 'user' needs the option password beside it",
        "key={id} ca-file=a.pem | redis option 'ca-file' is for TLS: write rediss://"
      })
  void optionThatDoesNotFitIsTold(String options, String sentence) {
    assertThatThrownBy(() -> Records.open(ADDRESS, Records.WITHOUT_KEY, options.split("[ =]", -1)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(sentence);
  }

  @Test
  void elementsOfAListCanNotBeDeleted() {
    assertThatThrownBy(
            () ->
                new RedisProvider()
                    .openDeleting(ADDRESS, Records.options("type", "list"), Records.KEYED))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("elements of a list can not be deleted by key");
  }

  @Test
  void serverThatIsNotThereIsTold() throws IOException {
    int free;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    assertThatThrownBy(() -> Records.open("redis://127.0.0.1:" + free, Records.KEYED))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("redis://127.0.0.1:" + free + "/0 can not be reached: ")
        .hasMessageEndingWith("; check host and port");
  }

  @Test
  void addressThatTheServiceDoesNotAllowIsNotConnectedTo() {
    var options =
        Options.of(
            "redis",
            RedisOptions.all(),
            Map.of(),
            new Permits(SecretSource.ofMachine(), address -> !address.isLoopbackAddress()));

    assertThatThrownBy(() -> new RedisProvider().open(RedisNode.address(), options, Records.KEYED))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("must not be connected to from here");
  }
}
