// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.citywall.audit.secrets.Sensitive;
import org.jspecify.annotations.Nullable;

/**
 * A client that speaks the protocol message by message and keeps no rule of it. A message that does
 * not come within {@link #PATIENCE}, or is longer than {@link #LONGEST}, fails the test.
 */
final class RawClient implements AutoCloseable {

  static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int LONGEST = 32 << 20;

  private final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;

  /** Writes messages. */
  final Messages messages = new Messages(new UnpooledByteBufAllocator(false));

  /** The numbers of the session, for its cancelling. */
  int process;

  int secret;

  RawClient(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout((int) PATIENCE.toMillis());
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    out = socket.getOutputStream();
  }

  /** Connects and logs in, with further parameters in pairs. */
  static RawClient loggedIn(int port, String user, String password, String... more)
      throws IOException {
    RawClient client = new RawClient(port);
    client.startup(user, "demo", more);
    client.prove(user, password);
    client.expectAuthentication(0);
    client.untilReady();
    return client;
  }

  RawClient startup(String user, String database, String... more) throws IOException {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("user", user);
    parameters.put("database", database);
    for (int i = 0; i < more.length; i += 2) {
      parameters.put(more[i], more[i + 1]);
    }
    return send(messages.startup(parameters));
  }

  /** Proves to know the password, and reads no further than the server's proof. */
  void prove(String user, String password) throws IOException {
    try {
      scram(user, password);
    } catch (Scram.Failed e) {
      throw new IOException(e);
    }
  }

  private void scram(String user, String password) throws IOException, Scram.Failed {
    ScramClient scram = new ScramClient("", Sensitive.of(password), "a-nonce-of-" + user);
    expectAuthentication(10);
    byte[] first = scram.first().getBytes(UTF_8);
    send(
        messages.message(
            'p',
            body -> {
              Messages.text(body, "SCRAM-SHA-256");
              body.writeInt(first.length).writeBytes(first);
            }));
    byte[] last = scram.last(expectAuthentication(11)).getBytes(UTF_8);
    send(messages.message('p', body -> body.writeBytes(last)));
    scram.verify(expectAuthentication(12));
  }

  private String expectAuthentication(int code) throws IOException {
    Message message = read();
    if (message.type() != 'R' || message.number(0) != code) {
      throw new IOException("instead of authentication " + code + ": " + message);
    }
    return new String(message.body(), 4, message.body().length - 4, UTF_8);
  }

  RawClient send(ByteBuf... bytes) throws IOException {
    ByteBuf all = UnpooledByteBufAllocator.DEFAULT.heapBuffer();
    for (ByteBuf one : bytes) {
      all.writeBytes(one);
      one.release();
    }
    byte[] raw = new byte[all.readableBytes()];
    all.readBytes(raw).release();
    return send(raw);
  }

  RawClient send(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
    return this;
  }

  /** Sends a simple query and reads its whole answer. */
  List<Message> query(String sql) throws IOException {
    return send(messages.query(sql)).untilReady();
  }

  /** Parse, Bind and Execute of unnamed ones, without Sync. */
  ByteBuf[] extended(String sql) {
    return new ByteBuf[] {messages.parse("", sql), messages.bind("", ""), messages.execute("")};
  }

  ByteBuf sync() {
    return messages.empty(FrontendMessage.SYNC);
  }

  /** The next message; EOFException at the end. */
  Message read() throws IOException {
    char type = (char) in.readUnsignedByte();
    int length = in.readInt();
    if (length < 4 || length > LONGEST) {
      throw new IOException("a message " + type + " of length " + length);
    }
    byte[] body = new byte[length - 4];
    in.readFully(body);
    Message message = new Message(type, body);
    if (type == 'K') {
      process = message.number(0);
      secret = message.number(4);
    }
    return message;
  }

  /** All messages up to ReadyForQuery; also where the server ends the session before. */
  List<Message> untilReady() throws IOException {
    List<Message> all = new ArrayList<>();
    do {
      all.add(read());
    } while (all.getLast().type() != 'Z');
    return all;
  }

  /** All messages until the server closes the connection. */
  List<Message> untilEnd() throws IOException {
    return until(null);
  }

  /** All messages up to a row of this text, or until the server closes the connection. */
  List<Message> until(@Nullable String row) throws IOException {
    List<Message> all = new ArrayList<>();
    try {
      while (true) {
        Message message = read();
        all.add(message);
        if (message.type() == 'D' && message.columns().contains(row)) {
          return all;
        }
      }
    } catch (EOFException | java.net.SocketException e) {
      return all;
    }
  }

  /** Ends the writing half of the connection. */
  void shutdownOutput() throws IOException {
    socket.shutdownOutput();
  }

  /** Ends the connection without a word, and forgets what was not read. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
