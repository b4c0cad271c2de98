package dev.waybill.server.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The examples of RFC 6902, appendix A, as far as they are on objects.
class JsonPatchTest {

  private static String applied(String document, String operation) {
    JsonObject target = JsonObject.kept(document);
    JsonPatch.apply(
        JsonObject.value(("[" + operation + "]").getBytes(StandardCharsets.UTF_8)), target);
    return target.toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "{\"foo\":\"bar\"}|{\"op\":\"add\",\"path\":\"/baz\",\"value\":\"qux\"}|{\"foo\":\"bar\",\"baz\":\"qux\"}",
        "{\"foo\":[\"bar\",\"baz\"]}|{\"op\":\"add\",\"path\":\"/foo/1\",\"value\":\"qux\"}|{\"foo\":[\"bar\",\"qux\",\"baz\"]}",
        "{\"baz\":\"qux\",\"foo\":\"bar\"}|{\"op\":\"remove\",\"path\":\"/baz\"}|{\"foo\":\"bar\"}",
        "{\"foo\":[\"bar\",\"qux\",\"baz\"]}|{\"op\":\"remove\",\"path\":\"/foo/1\"}|{\"foo\":[\"bar\",\"baz\"]}",
        "{\"baz\":\"qux\"}|{\"op\":\"replace\",\"path\":\"/baz\",\"value\":\"boo\"}|{\"baz\":\"boo\"}",
        "{\"a\":{\"b\":1},\"c\":{}}|{\"op\":\"move\",\"from\":\"/a/b\",\"path\":\"/c/d\"}|{\"a\":{},\"c\":{\"d\":1}}",
        "{\"foo\":[\"all\",\"grass\",\"cows\",\"eat\"]}|{\"op\":\"move\",\"from\":\"/foo/1\",\"path\":\"/foo/3\"}|{\"foo\":[\"all\",\"cows\",\"eat\",\"grass\"]}",
        "{\"a\":[1]}|{\"op\":\"copy\",\"from\":\"/a\",\"path\":\"/b\"}|{\"a\":[1],\"b\":[1]}",
        "{\"baz\":\"qux\"}|{\"op\":\"test\",\"path\":\"/baz\",\"value\":\"qux\"}|{\"baz\":\"qux\"}",
        "{\"foo\":[\"bar\"]}|{\"op\":\"add\",\"path\":\"/foo/-\",\"value\":[\"abc\",\"def\"]}|{\"foo\":[\"bar\",[\"abc\",\"def\"]]}",
        "{\"a/b\":1,\"m~n\":2}|{\"op\":\"replace\",\"path\":\"/a~1b\",\"value\":3}|{\"m~n\":2,\"a/b\":3}",
        "{\"foo\":1}|{\"op\":\"add\",\"path\":\"/foo\",\"value\":null}|{\"foo\":null}",
      })
  void isApplied(String document, String operation, String result) {
    assertThat(applied(document, operation)).isEqualTo(result);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "{\"op\":\"test\",\"path\":\"/baz\",\"value\":\"bar\"}|another value",
        "{\"op\":\"add\",\"path\":\"/no/where\",\"value\":1}|Missing field",
        "{\"op\":\"remove\",\"path\":\"/none\"}|Missing field \"/none\"",
        "{\"op\":\"replace\",\"path\":\"/none\",\"value\":1}|Missing field",
        "{\"op\":\"add\",\"path\":\"/list/9\",\"value\":1}|Missing field",
        "{\"op\":\"add\",\"path\":\"/list/01\",\"value\":1}|Missing field",
        "{\"op\":\"add\",\"path\":\"/x\"}|no value",
        "{\"op\":\"explode\",\"path\":\"/x\"}|Unsupported operation",
        "{\"op\":\"add\",\"path\":\"x\",\"value\":1}|JSON pointer",
        "{\"op\":\"move\",\"from\":\"/o\",\"path\":\"/o/x\"}|into itself",
      })
  void isRefused(String operation, String complaint) {
    assertThatThrownBy(() -> applied("{\"baz\":\"qux\",\"list\":[1],\"o\":{}}", operation))
        .isInstanceOf(ApiProblem.class)
        .hasMessageContaining(complaint);
  }
}
