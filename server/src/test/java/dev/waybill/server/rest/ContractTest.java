package dev.waybill.server.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.server.access.Role;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Every operation of the OpenAPI document, tried by every kind of caller.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContractTest {

  private ApiServer server;
  private Contract contract;
  private Examples examples;

  @BeforeAll
  void start(@TempDir Path directory) throws IOException {
    server = new ApiServer(directory);
    contract = new Contract(server.call(server.admin, "GET", "/openapi.json", null).json());
    examples = new Examples(server);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void documentNamesEveryRouteWithItsRole() {
    assertThat(contract.operations().stream().filter(Contract.Operation::served))
        .extracting(
            operation -> operation.method() + " " + operation.path() + " " + operation.role())
        .containsExactlyInAnyOrderElementsOf(
            server.api.list().stream()
                .map(
                    route ->
                        route.method().text()
                            + " "
                            + route.path()
                            + " "
                            + route.role().name().toLowerCase(Locale.ROOT))
                .toList());
  }

  @TestFactory
  Stream<DynamicTest> answerIsAsTheDocumentSays() {
    return each(
        operation -> {
          ApiServer.Reply reply = examples.call(server.admin, operation, examples.of(operation));
          assertThat(reply.status()).as(reply.text()).isBetween(200, 299);
          contract.requireKept(operation, reply);
        });
  }

  @TestFactory
  Stream<DynamicTest> missingAndWrongHeadersAreRefused() {
    return guarded(
        operation -> {
          Examples.Example example = examples.of(operation);
          refused(operation, example, server.admin.without("Authorization"), 403, "403010");
          refused(
              operation,
              example,
              server.admin.with("Authorization", "Bearer nonsense"),
              401,
              "401013");
          refused(
              operation, example, server.admin.with("Authorization", "Basic YTpi"), 401, "401013");
          refused(operation, example, server.admin.without("x-api-key"), 403, "403000");
          refused(operation, example, server.admin.without("x-gw-ims-org-id"), 401, "400003");
          refused(
              operation, example, server.admin.with("x-gw-ims-org-id", "globex"), 403, "403025");
        });
  }

  @TestFactory
  Stream<DynamicTest> sandboxOutOfReachIsRefused() {
    return guarded(
        operation -> {
          Examples.Example example = examples.of(operation);
          refused(operation, example, server.prodOnly.with("x-sandbox-name", "dev"), 403, null);
          refused(operation, example, server.admin.with("x-sandbox-name", "none"), 404, null);
        });
  }

  @TestFactory
  Stream<DynamicTest> whatBelongsToAnotherTenantIsNotThere() {
    return guarded(
        operation -> {
          if (operation.path().contains("Specs/")) {
            return; // Specifications belong to nobody.
          }
          Examples.Example example = examples.of(operation);
          for (ApiServer.Who who :
              new ApiServer.Who[] {server.stranger, server.admin.with("x-sandbox-name", "dev")}) {
            ApiServer.Reply reply = examples.call(who, operation, example);
            if (operation.path().contains("{id}")) {
              assertThat(reply.status()).as(operation + ": " + reply.text()).isEqualTo(404);
              contract.requireProblem(operation.id(), reply);
            } else if (operation.method().equals("GET") && !operation.path().contains("Specs")) {
              assertThat(reply.json().objects("items")).as(operation.id()).isEmpty();
            } else if (operation.id().equals("createRun")) {
              assertThat(reply.status()).as(reply.text()).isEqualTo(400);
            }
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> tooSmallARoleIsRefused() {
    return guarded(
        operation -> {
          Examples.Example example = examples.of(operation);
          Role needed = Role.valueOf(operation.role().toUpperCase(Locale.ROOT));
          if (needed != Role.VIEWER) {
            refused(operation, example, server.viewer, 403, null);
          }
          if (needed == Role.ADMIN) {
            refused(operation, example, server.operator, 403, null);
          }
          ApiServer.Who enough =
              switch (needed) {
                case VIEWER -> server.viewer;
                case OPERATOR -> server.operator;
                case ADMIN -> server.admin;
              };
          assertThat(examples.call(enough, operation, example).status()).isBetween(200, 299);
        });
  }

  @TestFactory
  Stream<DynamicTest> unknownParameterIsRefused() {
    return guarded(
        operation -> {
          Examples.Example example = examples.of(operation);
          String sign = example.path().contains("?") ? "&" : "?";
          refused(
              operation,
              new Examples.Example(
                  example.path() + sign + "proprety=x", example.body(), example.ifMatch()),
              server.admin,
              400,
              null);
        });
  }

  @Test
  void metricsTakeAnAdmin() {
    assertThat(metrics(server.admin.without("Authorization")).status()).isEqualTo(403);
    assertThat(metrics(server.viewer).status()).isEqualTo(403);
    assertThat(metrics(server.admin).status()).isEqualTo(200);
  }

  private ApiServer.Reply metrics(ApiServer.Who who) {
    return server.call(who, "GET", "/metrics", null);
  }

  private void refused(
      Contract.Operation operation,
      Examples.Example example,
      ApiServer.Who who,
      int status,
      @org.jspecify.annotations.Nullable String code) {
    ApiServer.Reply reply = examples.call(who, operation, example);
    assertThat(reply.status()).as(operation + ": " + reply.text()).isEqualTo(status);
    contract.requireKept(operation, reply);
    contract.requireProblem(operation.id(), reply);
    if (code != null) {
      assertThat(reply.json().text("error_code")).isEqualTo(code);
    }
  }

  private interface Trial {
    void of(Contract.Operation operation);
  }

  private Stream<DynamicTest> each(Trial trial) {
    return contract.operations().stream()
        .map(operation -> DynamicTest.dynamicTest(operation.id(), () -> trial.of(operation)));
  }

  private Stream<DynamicTest> guarded(Trial trial) {
    return contract.operations().stream()
        .filter(Contract.Operation::served)
        .map(operation -> DynamicTest.dynamicTest(operation.id(), () -> trial.of(operation)));
  }
}
