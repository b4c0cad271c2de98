package dev.waybill.redis;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/// A connection, used by one call at a time. It never connects a second time.
final class Line implements AutoCloseable {

  /// Servers and what stands before them close connections that rest; one that rested longer than
  /// this is asked whether it still stands.
  private static final long LOOK_AFTER_REST_NANOS = Duration.ofSeconds(1).toNanos();

  private final Connection connection;
  private final long timeoutNanos;
  private long restsSince = System.nanoTime();
  private boolean worn;

  private Line(Connection connection, Duration timeout) {
    this.connection = connection;
    this.timeoutNanos = timeout.toNanos();
  }

  /// What came back for one command.
  sealed interface Answer {

    /// A reply that is no error: bytes, a number, a list, null.
    record Value(@Nullable Object reply) implements Answer {}

    /// An error, as the server wrote it.
    record Failed(@Nullable String message) implements Answer {}
  }

  /// What came back for some commands.
  ///
  /// @param list in their order; fewer than the commands if the connection broke
  /// @param broken why it broke; null if it did not
  record Answers(List<Answer> list, @Nullable String broken) {}

  /// Connects, signs in, and loads the script if it will be needed.
  ///
  /// @throws JedisConnectionException if that fails
  /// @throws JedisDataException if the server refuses
  static Line open(Sockets sockets, Address address, ConnectionSettings settings, Loading loading) {
    var config =
        DefaultJedisClientConfig.builder()
            .user(settings.user())
            .password(settings.password())
            .database(address.database())
            .connectionTimeoutMillis((int) settings.connectTimeout().toMillis())
            .socketTimeoutMillis((int) settings.timeout().toMillis())
            .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
            .build();
    var connection = new Connection(sockets, config);
    try {
      connection.setSoTimeout((int) settings.timeout().toMillis());
      if (loading == Loading.SCRIPT) {
        connection.executeCommand(
            new CommandArguments(Protocol.Command.SCRIPT).add("LOAD").add(Script.TEXT));
      }
    } catch (RuntimeException e) {
      new Line(connection, settings.timeout()).close();
      throw e;
    }
    return new Line(connection, settings.timeout());
  }

  /// What a new connection is given.
  enum Loading {
    NOTHING,
    SCRIPT
  }

  /// Sends the commands as one pipeline and reads the reply to each.
  Answers pipeline(List<Command.Ready> commands) {
    long deadline = System.nanoTime() + timeoutNanos;
    var answers = new ArrayList<Answer>(commands.size());
    try {
      for (Command.Ready command : commands) {
        connection.sendCommand(command.word(), command.arguments().toArray(byte[][]::new));
      }
      while (answers.size() < commands.size()) {
        answers.add(next());
        if (System.nanoTime() > deadline && answers.size() < commands.size()) {
          worn = true;
          return new Answers(answers, "not all replies came in time");
        }
      }
      return new Answers(answers, null);
    } catch (JedisConnectionException e) {
      worn = true;
      return new Answers(answers, Failures.message(e));
    }
  }

  private Answer next() {
    try {
      return new Answer.Value(connection.getOne());
    } catch (JedisDataException e) {
      // The next connection loads the script anew.
      worn |= String.valueOf(e.getMessage()).startsWith("NOSCRIPT");
      return new Answer.Failed(e.getMessage());
    }
  }

  /// Whether it can be used, or be used again.
  boolean isSound() {
    if (worn || connection.isBroken()) {
      return false;
    }
    if (System.nanoTime() - restsSince < LOOK_AFTER_REST_NANOS) {
      return true;
    }
    try {
      return connection.ping();
    } catch (JedisConnectionException | JedisDataException e) {
      return false;
    }
  }

  /// It is not used for a while.
  void rest() {
    restsSince = System.nanoTime();
  }

  /// Makes one command past the pipelines.
  ///
  /// @throws JedisDataException if it is refused
  Object ask(Protocol.Command word, String... arguments) {
    connection.sendCommand(word, arguments);
    return connection.getOne();
  }

  /// Says no farewell, which on a broken line would fail.
  @Override
  public void close() {
    try {
      connection.forceDisconnect();
    } catch (IOException e) {
      // it is closed all the same
    }
  }
}
