// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.control;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.citywall.audit.PlatformException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Sends one command to the server that runs on a data folder. */
public final class ControlClient {

  private static final int MAX_LINE = 64 * 1024;
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Path socket;

  /** A client for the server of this socket file, running or not. */
  public ControlClient(Path socket) {
    this.socket = socket;
  }

  /**
   * The answer's members; {@code CTL-0001} where no server runs, {@code CTL-0003} with the server's
   * words where it refused.
   */
  public Map<String, Object> send(String command, Map<String, Object> arguments) {
    if (!Files.exists(socket)) {
      throw notRunning(null);
    }
    Map<String, Object> request = new LinkedHashMap<>(arguments);
    request.put("command", command);
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(socket));
      ByteBuffer line =
          ByteBuffer.wrap(
              (JSON.writeValueAsString(request) + "\n").getBytes(StandardCharsets.UTF_8));
      while (line.hasRemaining()) {
        channel.write(line);
      }
      String answer =
          readLine(
              new BufferedReader(
                  new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8)));
      return accepted(JSON.readValue(answer, new TypeReference<>() {}));
    } catch (IOException | JacksonException e) {
      throw notRunning(e);
    }
  }

  private static Map<String, Object> accepted(Map<String, Object> answer) {
    if (!Boolean.TRUE.equals(answer.get("ok"))) {
      throw new PlatformException(
          ControlErrorCode.COMMAND_FAILED, answer.get("code") + ": " + answer.get("error"));
    }
    answer.remove("ok");
    return answer;
  }

  private PlatformException notRunning(@org.jspecify.annotations.Nullable Exception cause) {
    return new PlatformException(
        ControlErrorCode.NOT_RUNNING, "nothing answers at " + socket, cause);
  }

  static String readLine(BufferedReader in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0 || line.length() == MAX_LINE) {
        throw new IOException("no complete line");
      }
      line.append((char) c);
    }
    return line.toString();
  }
}
