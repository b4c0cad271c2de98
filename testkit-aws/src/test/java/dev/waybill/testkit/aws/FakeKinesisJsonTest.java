package dev.waybill.testkit.aws;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/// The contract, by the fake, with JSON for CBOR.
class FakeKinesisJsonTest extends FakeKinesisTest {

  private static final String SETTING = "aws.cborEnabled";

  @BeforeAll
  static void speakJson() {
    System.setProperty(SETTING, "false");
  }

  @AfterAll
  static void speakCborAgain() {
    System.clearProperty(SETTING);
  }
}
