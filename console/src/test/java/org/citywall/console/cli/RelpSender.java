// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Sends syslog records over RELP and waits for each acknowledgement, as a careful client does. */
final class RelpSender implements AutoCloseable {

  private static final int TIMEOUT_MILLIS = 30_000;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private int transaction;

  RelpSender(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
    out = socket.getOutputStream();
    exchange("open", "relp_version=0\nrelp_software=citywall-test\ncommands=syslog");
  }

  /** Returns once the receiver has acknowledged this record. */
  void send(String record) throws IOException {
    exchange("syslog", record);
  }

  private void exchange(String command, String data) throws IOException {
    byte[] bytes = data.getBytes(StandardCharsets.UTF_8);
    transaction++;
    String head = transaction + " " + command + " " + bytes.length + " ";
    out.write(head.getBytes(StandardCharsets.US_ASCII));
    out.write(bytes);
    out.write('\n');
    out.flush();
    expectAcknowledgement();
  }

  private void expectAcknowledgement() throws IOException {
    String answered = word();
    String command = word();
    int length = Integer.parseInt(word());
    String answer = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    if (in.read() != '\n'
        || !answered.equals(Integer.toString(transaction))
        || !command.equals("rsp")
        || !answer.startsWith("200")) {
      throw new IOException("not acknowledged: " + answered + " " + command + " " + answer);
    }
  }

  private String word() throws IOException {
    StringBuilder word = new StringBuilder();
    for (int c = in.read(); c != ' '; c = in.read()) {
      if (c < 0) {
        throw new EOFException();
      }
      word.append((char) c);
    }
    return word.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
