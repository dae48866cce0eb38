// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.control;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.citywall.audit.PlatformException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Answers control commands of the local owner. Thread-safe. */
public final class ControlServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);
  private static final int MAX_CONNECTIONS = 16;
  private static final JsonMapper JSON = JsonMapper.shared();

  /** A command: reads its arguments and gives the members of the answer. */
  @FunctionalInterface
  public interface Handler {
    Map<String, Object> handle(Map<String, Object> arguments);
  }

  private final ServerSocketChannel server;
  private final Path socket;
  private final Map<String, Handler> handlers;
  private final Semaphore connections = new Semaphore(MAX_CONNECTIONS);

  private ControlServer(ServerSocketChannel server, Path socket, Map<String, Handler> handlers) {
    this.server = server;
    this.socket = socket;
    this.handlers = Map.copyOf(handlers);
  }

  /**
   * Listens on this socket file; one left by a dead process is replaced, so the caller must hold
   * the lock of the data folder.
   */
  public static ControlServer start(Path socket, Map<String, Handler> handlers) {
    try {
      Path folder = socket.toAbsolutePath().getParent();
      Files.createDirectories(folder);
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
      Files.deleteIfExists(socket);
      ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      server.bind(UnixDomainSocketAddress.of(socket));
      Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
      ControlServer control = new ControlServer(server, socket, handlers);
      Thread.ofVirtual().name("control-socket").start(control::accept);
      return control;
    } catch (IOException e) {
      throw new PlatformException(
          ControlErrorCode.SOCKET_FAILED, socket + ": " + e.getMessage(), e);
    }
  }

  private void accept() {
    while (server.isOpen()) {
      try {
        SocketChannel client = server.accept();
        if (connections.tryAcquire()) {
          Thread.ofVirtual().name("control-request").start(() -> serve(client));
        } else {
          client.close();
        }
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException e) {
        LOG.atWarn().setCause(e).log("control socket could not accept");
        return;
      }
    }
  }

  private void serve(SocketChannel client) {
    try (client;
        InputStream in = Channels.newInputStream(client);
        OutputStream out = Channels.newOutputStream(client)) {
      String line =
          ControlClient.readLine(
              new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)));
      out.write((JSON.writeValueAsString(answer(line)) + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      LOG.atDebug().setCause(e).log("control connection ended early");
    } finally {
      connections.release();
    }
  }

  private Map<String, Object> answer(String line) {
    try {
      Map<String, Object> request = JSON.readValue(line, new TypeReference<>() {});
      Handler handler = handlers.get(String.valueOf(request.get("command")));
      if (handler == null) {
        throw new PlatformException(
            ControlErrorCode.UNKNOWN_COMMAND, "known are " + handlers.keySet());
      }
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("ok", true);
      answer.putAll(handler.handle(request));
      return answer;
    } catch (JacksonException e) {
      return failure(ControlErrorCode.UNKNOWN_COMMAND.id(), "the request is not a JSON object");
    } catch (PlatformException e) {
      return failure(e.code().id(), String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).log("control command failed");
      return failure(ControlErrorCode.COMMAND_FAILED.id(), "see the server's log");
    }
  }

  private static Map<String, Object> failure(String code, String error) {
    return Map.of("ok", false, "code", code, "error", error);
  }

  @Override
  public void close() {
    try {
      server.close();
      Files.deleteIfExists(socket);
    } catch (IOException e) {
      LOG.atWarn().setCause(e).log("control socket could not be closed");
    }
  }
}
