// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.citywall.masking.sql.CorpusCase;

/** The corpora without a driver: nothing is described, and every column is wanted binary. */
class RawBinaryCorpusIT extends CorpusContract {

  private RawClient client;

  @Override
  void begin(ProxiedDemo to) throws IOException {
    client = to.client();
  }

  @Override
  void end() throws IOException {
    client.close();
  }

  /** A text of two statements cannot be prepared. */
  @Override
  Set<String> failing() {
    return Set.of("K11", "OI16", "OK70");
  }

  @Override
  Outcome run(CorpusCase one) throws IOException {
    List<Message> all = new ArrayList<>();
    int rows = 0;
    client.query("BEGIN");
    for (String step : one.steps()) {
      String sql = withLiterals(step, one.parameters());
      client.send(client.messages.parse("", sql), bind(), client.messages.execute(""));
      List<Message> answer = client.send(client.sync()).untilReady();
      rows = Message.ofType('D', answer).size() + Message.ofType('d', answer).size();
      all.addAll(answer);
    }
    client.query("ROLLBACK");
    client.query("DEALLOCATE ALL");
    List<Message> errors = Message.ofType('E', all);
    return new Outcome(
        List.of(Message.text(all)),
        errors.isEmpty() ? rows : 0,
        errors.isEmpty() ? null : errors.getFirst().field('M'));
  }

  private ByteBuf bind() {
    return client.messages.message(
        FrontendMessage.BIND,
        body -> {
          Messages.text(body, "");
          Messages.text(body, "");
          body.writeShort(0).writeShort(0).writeShort(1).writeShort(1);
        });
  }
}
