package dev.waybill.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BehaviourTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          email endsWith .org     | a@b.org | true
          email endsWith .org     | a@b.com | false
          email startsWith a@     | a@b.org | true
          email contains a b      | xa by   | true
          email = a@b.org         | a@b.org | true
          email = a@b.org         | a@b     | false
          email isEmpty           | ''      | true
          email isEmpty           | a       | false
          other isEmpty           | a       | true
          """)
  void ruleLooksAtItsField(String rule, String email, boolean refused) {
    BadItems bad = Behaviour.of("bad", rule).bad();

    assertThat(bad.refuses(1, 1, Fields.of(FieldNames.of("email"), email))).isEqualTo(refused);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          bad      | 1.5            | takes a share such as 0.01 or a rule such as
          bad      | email likes me | takes a share such as 0.01 or a rule such as
          bad      | email endsWith | takes a share such as 0.01 or a rule such as
          throttle | 2              | takes a share from 0 to 1
          refuse   | maybe          | takes one of off, named, first, unnamed
          seed     | x              | takes a whole number
          colour   | red            | sim has no option 'colour'
          """)
  void wrongSettingIsToldInOneSentence(String name, String value, String sentence) {
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> Behaviour.of(name, value))
        .withMessageContaining(sentence)
        .withMessageContaining(name);
  }

  @Test
  void faultsThatAddUpToMoreThanAllCallsAreRefused() {
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> Behaviour.of("drop", "0.6", "half", "0.6"))
        .withMessageContaining("add up to more than 1");
  }

  @Test
  void keysCanNotMatterWhereNothingButTotalsIsKept() {
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> Behaviour.of("unique", "email", "keep", "counts"))
        .withMessageContaining("'keep' takes hashes or records where keys matter");
  }
}
