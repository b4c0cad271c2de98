package dev.waybill.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.UserException;
import dev.waybill.spi.AddressRule;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressPolicyTest {

  private static boolean allows(AddressPolicy policy, String address) throws UnknownHostException {
    return policy.allows(InetAddress.getByName(address));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "169.254.169.254",
        "169.254.0.1",
        "2852039166", // 169.254.169.254 as one number
        "fe80::1",
        "febf::ffff",
        "fd00:ec2::254",
        "fd20:ce::254",
        "100.100.100.200",
        "192.0.0.192",
        "168.63.129.16",
        "::ffff:169.254.169.254",
        "::169.254.169.254",
        "64:ff9b::169.254.169.254",
        "2002:a9fe:a9fe::1"
      })
  void metadataAndLinkLocalAreRefusedHoweverWritten(String address) throws Exception {
    assertThat(allows(AddressPolicy.USUAL, address)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "::1",
        "10.1.2.3",
        "192.168.0.1",
        "93.184.216.34",
        "169.253.255.255",
        "2001:db8::1",
        "fec0::1",
        "64:ff9b::93.184.216.34"
      })
  void othersAreAllowed(String address) throws Exception {
    assertThat(allows(AddressPolicy.USUAL, address)).isTrue();
  }

  @Test
  void ownerCanOpenAndClose() throws Exception {
    var policy =
        AddressPolicy.of(
            List.of("169.254.7.0/24", "10.9.0.0/16"),
            List.of("private", "loopback", "2001:db8::/33"));

    assertThat(allows(policy, "169.254.7.9")).isTrue();
    assertThat(allows(policy, "169.254.8.9")).isFalse();
    assertThat(allows(policy, "10.9.1.1")).isTrue();
    assertThat(allows(policy, "10.8.1.1")).isFalse();
    assertThat(allows(policy, "172.31.0.1")).isFalse();
    assertThat(allows(policy, "172.32.0.1")).isTrue();
    assertThat(allows(policy, "fd12::1")).isFalse();
    assertThat(allows(policy, "127.1.1.1")).isFalse();
    assertThat(allows(policy, "0.0.0.0")).isFalse();
    assertThat(allows(policy, "::1")).isFalse();
    assertThat(allows(policy, "::")).isFalse();
    assertThat(allows(policy, "2001:db8:7fff::1")).isFalse();
    assertThat(allows(policy, "2001:db8:8000::1")).isTrue();
    assertThat(allows(policy, "64:ff9b::10.8.1.1")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "10.0.0.0/33", "fe80::/129", "localhost", "300.1.1.1", "1.2.3", "x/8"})
  void whatIsNoRangeIsRefused(String text) {
    assertThatThrownBy(() -> AddressPolicy.of(List.of(text), List.of()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("no range of addresses");
  }

  @Test
  void refusedHostIsTold() {
    assertThatThrownBy(() -> AddressPolicy.USUAL.resolve("169.254.169.254"))
        .isInstanceOf(AddressRule.RefusedException.class)
        .hasMessage(
            "the address 169.254.169.254 must not be connected to from here; whoever runs the"
                + " service can allow it by --allow-address");
    assertThatThrownBy(() -> AddressPolicy.USUAL.resolve("2852039166"))
        .hasMessageStartingWith("2852039166, that is 169.254.169.254, must not be connected to");
  }
}
