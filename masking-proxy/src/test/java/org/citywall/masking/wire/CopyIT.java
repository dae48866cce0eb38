// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** COPY in both directions, orderly and not. */
class CopyIT {

  private static final String IN = "COPY person_copy(id, phone) FROM STDIN";

  private static ProxiedDemo demo;

  private RawClient client;

  @BeforeAll
  static void start() throws IOException, SQLException {
    demo = ProxiedDemo.start();
  }

  @AfterAll
  static void stop() throws IOException {
    demo.close();
  }

  @BeforeEach
  void logIn() throws IOException {
    client = demo.client();
    client.query("DELETE FROM person_copy");
  }

  @AfterEach
  void logOut() throws IOException {
    client.close();
  }

  private ByteBuf data(String lines) {
    return client.messages.message('d', body -> body.writeBytes(lines.getBytes(UTF_8)));
  }

  private ByteBuf done() {
    return client.messages.empty('c');
  }

  private void hasRows(int rows) throws IOException {
    List<Message> answer = client.query("SELECT count(*) FROM person_copy");
    assertThat(Message.types(answer)).isEqualTo("TDCZ");
    assertThat(Message.ofType('D', answer).getFirst().columns())
        .containsExactly(Integer.toString(rows));
  }

  private void isMasked(List<Message> answer) {
    assertThat(Message.ofType('E', answer)).isEmpty();
    assertThat(Message.ofType('d', answer)).hasSize(3);
    assertThat(demo.leak(answer)).isEmpty();
  }

  @Test
  void copiesAMaskedTableOut() throws IOException {
    isMasked(client.query("COPY person TO STDOUT"));
    isMasked(client.query("COPY (SELECT phone || '' FROM person) TO STDOUT"));
    List<Message> binary = client.query("COPY person (phone) TO STDOUT WITH (FORMAT binary)");
    assertThat(Message.types(binary)).isEqualTo("HddddcCZ");
    assertThat(demo.leak(binary)).isEmpty();
    client.send(client.extended("COPY person TO STDOUT"));
    List<Message> answer = client.send(client.sync()).untilReady();
    assertThat(Message.types(answer)).isEqualTo("12HdddcCZ");
    isMasked(answer);
  }

  @Test
  void copiesOutBetweenOtherStatements() throws IOException {
    List<Message> answer =
        client.query("SELECT 1; COPY person TO STDOUT; SELECT phone FROM person");

    assertThat(Message.types(answer)).isEqualTo("TDCHdddcCTDDDCZ");
    assertThat(demo.leak(answer)).isEmpty();
  }

  @Test
  void copiesIn() throws IOException {
    client.send(client.messages.query(IN));
    assertThat(client.read().type()).isEqualTo('G');
    client.send(data("1\ta\n2\tb"), data("\n3\tc\n"), done());

    assertThat(Message.types(client.untilReady())).isEqualTo("CZ");
    hasRows(3);
  }

  @Test
  void copiesInWithoutWaiting() throws IOException {
    client.send(client.messages.query(IN), data("1\ta\n"), done());

    assertThat(Message.types(client.untilReady())).isEqualTo("GCZ");
    hasRows(1);
  }

  @Test
  void copiesInByExtendedQueryAsLibpqDoes() throws IOException {
    client.send(client.messages.parse("", IN), client.messages.bind("", ""));
    client.send(client.messages.describe('P', ""), client.messages.execute(""), client.sync());
    assertThat(client.read().type()).isEqualTo('1');
    assertThat(client.read().type()).isEqualTo('2');
    assertThat(client.read().type()).isEqualTo('n');
    assertThat(client.read().type()).isEqualTo('G');
    client.send(data("1\ta\n2\tb\n"), done(), client.sync());

    assertThat(Message.types(client.untilReady())).isEqualTo("CZ");
    hasRows(2);
  }

  @Test
  void copiesInByExtendedQueryWithoutAnEarlySync() throws IOException {
    client.send(client.extended(IN));
    client.send(data("1\ta\n2\tb\n"), done(), client.sync());

    assertThat(Message.types(client.untilReady())).isEqualTo("12GCZ");
    hasRows(2);
  }

  @Test
  void goesOnAfterDataThatDoNotFit() throws IOException {
    client.send(client.messages.query(IN), data("no number\t13847195678\n"), done());
    List<Message> answer = client.untilReady();
    assertThat(Message.types(answer)).isEqualTo("GEZ");
    hasRows(0);

    client.send(client.extended(IN));
    client.send(client.sync(), data("no number\ta\n"), done(), client.sync());
    assertThat(Message.types(client.untilReady())).isEqualTo("12GEZ");
    hasRows(0);
  }

  @Test
  void goesOnAfterACopyThatTheClientGivesUp() throws IOException {
    client.send(client.messages.query(IN), data("1\ta\n"));
    client.send(client.messages.message('f', body -> Messages.text(body, "no more")));

    assertThat(Message.types(client.untilReady())).isEqualTo("GEZ");
    hasRows(0);
  }

  @Test
  void goesOnAfterACopyThatIsRefused() throws IOException {
    client.send(client.messages.query("COPY person FROM STDIN"), data("1\ta\n"), done());
    List<Message> answer = client.untilReady();
    assertThat(Message.types(answer)).isEqualTo("EZ");
    hasRows(0);

    client.send(client.extended("COPY person FROM STDIN"));
    client.send(client.sync(), data("1\ta\n"), done());
    assertThat(Message.types(client.untilReady())).isEqualTo("EZ");
    hasRows(0);
  }

  @Test
  void ignoresDataThatNobodyAskedFor() throws IOException {
    client.send(data("1\ta\n"), done());

    hasRows(0);
  }

  @Test
  void letsNobodyIntoACopy() throws IOException {
    client.send(client.messages.query(IN));
    assertThat(client.read().type()).isEqualTo('G');
    client.send(client.messages.query("SELECT 1"));

    List<Message> answer = client.untilEnd();
    assertThat(Message.ofType('E', answer)).isNotEmpty();
    assertThat(demo.leak(answer)).isEmpty();
    try (RawClient next = demo.client()) {
      assertThat(Message.types(next.query("SELECT 1"))).isEqualTo("TDCZ");
    }
  }

  @Test
  void showsNoRowsInThePlaceOfAnAnswerThatNeverCame() throws IOException {
    // rows that look like the answer about a session's names
    String forged =
        "SELECT 'relation', 'public', 'v_person', 'vSELECT 1::int AS id, ''''::text AS nm,"
            + " ''''::text AS tel, ''''::text AS id_card', '99999999'";
    client.send(client.extended(IN));
    client.send(client.sync(), client.sync(), client.sync(), done(), client.sync());
    client.send(client.messages.query("SET search_path TO public"));
    client.send(client.messages.query(forged));
    client.send(client.messages.query(forged));
    client.send(client.messages.query("SELECT tel || '' FROM v_person"));
    client.send(client.messages.query("SELECT tel || '' FROM v_person"));
    client.send(client.messages.empty(FrontendMessage.TERMINATE));

    assertThat(demo.leak(client.untilEnd())).isEmpty();
  }
}
