package dev.waybill.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.FieldNames;
import dev.waybill.UserException;
import dev.waybill.spi.DestinationProvider.Delivery;
import dev.waybill.spi.Options;
import dev.waybill.spi.Permits;
import dev.waybill.spi.SecretSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpeningTest {

  private static final String ADDRESS = "elasticsearch://localhost:9200/contacts";

  @ParameterizedTest
  @CsvSource({
    "elasticsearch://search.example.org/contacts, http://search.example.org:9200 '' contacts",
    "opensearch+https://[::1]:443/contacts/, https://[::1]:443 '' contacts",
    "opensearch://localhost/search/v1/logs-{day}, http://localhost:9200 '/search/v1' logs-{day}",
    "opensearch://localhost, http://localhost:9200 '' orders"
  })
  void addressNamesHostAndIndex(String text, String parts) {
    Address address = Address.parse(text, "orders");

    assertThat("%s '%s' %s".formatted(address.base(), address.prefix(), address.index().text()))
        .isEqualTo(parts);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "elasticsearch:contacts | is no address of an index",
        "elasticsearch://localhost/contacts?refresh=true | is no address of an index",
        "elasticsearch://localhost:0/contacts | the port 0",
        "elasticsearch://localhost | names no index",
        "elasticsearch://me:word@localhost/contacts | must not hold a user and password",
        "elasticsearch://localhost/logs-* | is a pattern, and records go to one index",
        "elasticsearch://localhost/a,b | is several names, and records go to one index",
        "elasticsearch://localhost/Contacts | has capital letters",
        "elasticsearch://localhost/_all | begins with a character",
        "elasticsearch://localhost/a b | has a ' '"
      })
  void addressThatIsNoneIsTold(String address, String sentence) {
    assertThatThrownBy(
            () ->
                Records.open(
                    address, new Delivery(Records.NAMES, List.of(), List.of("id"), "Mixed Case")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(sentence);
  }

  @Test
  void placeholdersWantMissingIndexesToBeMade() {
    assertThatThrownBy(() -> Records.open(ADDRESS + "-{email}", Records.KEYED))
        .hasMessageContaining("--option create-index=true");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mode | replace | elasticsearch option 'mode' takes one of insert, upsert, update, not",
        "mode | upsert | mode=upsert needs to know by what a document is known: declare a key",
        "mode | update | mode=update needs to know",
        "id | {nr} | option 'id' names the field 'nr', and the records have only id, email, age",
        "routing-field | shard | option 'routing-field' names the field 'shard'",
        "write | merge | elasticsearch option 'write' is of mode upsert alone",
        "version-field | age | elasticsearch option 'version-field' is of mode upsert alone",
        "refresh | now | elasticsearch option 'refresh' takes one of false, wait-for, true",
        "max-bytes | 10 | elasticsearch option 'max-bytes' takes a whole number from 1024",
        "user | me | elasticsearch option 'user' needs the option password",
        "ca-file | /nowhere.pem | the file /nowhere.pem can not be read",
        "indx | x | elasticsearch has no option 'indx'; it has api-key, ca-file"
      })
  void optionThatDoesNotFitIsTold(String name, String value, String sentence) {
    assertThatThrownBy(() -> Records.open(ADDRESS, Records.WITHOUT_KEY, name, value))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(sentence);
  }

  @Test
  void deletingKnowsNothingButTheKey() {
    var delivery = new Delivery(FieldNames.of("id"), List.of(), List.of("id"), null);
    assertThatThrownBy(
            () ->
                new SearchProvider()
                    .openDeleting(ADDRESS, Records.options("routing-field", "tenant"), delivery))
        .hasMessage(
            "option 'routing-field' names the field 'tenant', and what is deleted is known by only"
                + " id");
  }

  @Test
  void serverThatIsNotThereIsTold() throws IOException {
    int free;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    assertThatThrownBy(
            () -> Records.open("opensearch://127.0.0.1:" + free + "/contacts", Records.KEYED))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("http://127.0.0.1:" + free + " can not be reached: ")
        .hasMessageEndingWith("; check host and port");
  }

  @Test
  void addressThatTheServiceDoesNotAllowIsNotConnectedTo() {
    var options =
        Options.of(
            "opensearch",
            SearchOptions.all(),
            Map.of(),
            new Permits(SecretSource.ofMachine(), address -> !address.isLoopbackAddress()));

    assertThatThrownBy(
            () ->
                new SearchProvider()
                    .open(OpenSearchNode.address("contacts"), options, Records.KEYED))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("must not be connected to from here");
  }
}
