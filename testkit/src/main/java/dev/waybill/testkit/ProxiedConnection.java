package dev.waybill.testkit;

import dev.waybill.testkit.FaultProxy.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// One connection through the proxy: a thread for each direction.
final class ProxiedConnection {

  private final Socket client;
  private final Socket server;
  private final Supplier<Fault> script;
  private final Object turn = new Object();
  private boolean callBegins = true;
  private Fault fault = Fault.PASS;

  ProxiedConnection(Socket client, Socket server, Supplier<Fault> script) {
    this.client = client;
    this.server = server;
    this.script = script;
  }

  void start(Runnable whenDone) {
    var running = new AtomicInteger(2);
    for (Direction direction : new Direction[] {this::requests, this::answers}) {
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  direction.pump();
                } catch (IOException e) {
                  end();
                }
                if (running.decrementAndGet() == 0) {
                  end();
                  whenDone.run();
                }
              });
    }
  }

  private interface Direction {
    void pump() throws IOException;
  }

  void reset() {
    try {
      client.setOption(StandardSocketOptions.SO_LINGER, 0);
    } catch (IOException e) {
      // it has ended already
    }
    end();
  }

  private void end() {
    for (Socket socket : new Socket[] {client, server}) {
      try {
        socket.close();
      } catch (IOException e) {
        // nothing is left to close
      }
    }
  }

  private void requests() throws IOException {
    InputStream in = client.getInputStream();
    OutputStream out = server.getOutputStream();
    byte[] buffer = new byte[64 * 1024];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      switch (faultOfRequest()) {
        case CUT_BEFORE -> end();
        case RESET_BEFORE -> reset();
        case STALL_BEFORE -> {}
        case PASS, CUT_AFTER, RESET_AFTER, CUT_ANSWER, STALL_AFTER, HALF_CLOSE ->
            out.write(buffer, 0, read);
      }
    }
    server.shutdownOutput();
  }

  private void answers() throws IOException {
    InputStream in = server.getInputStream();
    OutputStream out = client.getOutputStream();
    byte[] buffer = new byte[64 * 1024];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      switch (faultOfAnswer()) {
        case PASS -> out.write(buffer, 0, read);
        case CUT_ANSWER -> {
          out.write(buffer, 0, read / 2);
          end();
        }
        case CUT_AFTER, CUT_BEFORE -> end();
        case RESET_AFTER, RESET_BEFORE -> reset();
        case STALL_BEFORE, STALL_AFTER -> {}
        case HALF_CLOSE -> {
          if (!client.isOutputShutdown()) {
            client.shutdownOutput();
          }
        }
      }
    }
    if (!stalled() && !client.isOutputShutdown()) {
      client.shutdownOutput();
    }
  }

  private boolean stalled() {
    synchronized (turn) {
      return fault == Fault.STALL_BEFORE || fault == Fault.STALL_AFTER;
    }
  }

  private Fault faultOfRequest() {
    synchronized (turn) {
      if (callBegins) {
        callBegins = false;
        fault = script.get();
      }
      return fault;
    }
  }

  private Fault faultOfAnswer() {
    synchronized (turn) {
      callBegins = true;
      return fault;
    }
  }
}
