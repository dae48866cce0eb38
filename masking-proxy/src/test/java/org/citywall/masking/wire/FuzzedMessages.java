// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Messages of a client that knows the protocol and does not keep it: in any order, some with
 * changed bytes, some made of noise. Their lengths are true, so that a session can go on.
 */
final class FuzzedMessages {

  static final String END = "the end of the fuzz";

  private static final List<String> NAMES = List.of("", "", "a", "b");

  private static final List<String> STATEMENTS =
      List.of(
          "SELECT phone FROM person",
          "SELECT phone || '' FROM person WHERE id = 1",
          "SELECT p::text, id_card FROM person p",
          "SELECT tel || '' FROM v_person",
          "SELECT phone || '' FROM v",
          "CREATE OR REPLACE TEMP VIEW v AS SELECT phone FROM person",
          "CREATE OR REPLACE TEMP VIEW v AS SELECT 'none'::text AS phone",
          "CREATE TEMP TABLE t AS SELECT phone FROM person",
          "SELECT phone || '' FROM t",
          "SELECT f_phone(1)",
          "SELECT 1 / 0",
          "SELECT 1; SELECT phone || '' FROM person; SELECT 2",
          "SELECT nothing FROM person",
          "SELEC",
          "",
          "BEGIN",
          "COMMIT",
          "ROLLBACK",
          "SAVEPOINT s",
          "ROLLBACK TO SAVEPOINT s",
          "SET search_path TO other, public",
          "SET search_path TO public",
          "RESET ALL",
          "DISCARD ALL",
          "DISCARD TEMP",
          "PREPARE a AS SELECT phone || '' FROM person",
          "PREPARE b AS SELECT phone || '' FROM v",
          "EXECUTE a",
          "EXECUTE b",
          "DEALLOCATE ALL",
          "DECLARE a CURSOR WITH HOLD FOR SELECT phone || '' FROM person",
          "DECLARE b CURSOR FOR SELECT id_card FROM person",
          "FETCH 2 FROM a",
          "FETCH ALL FROM b",
          "CLOSE ALL",
          "COPY person TO STDOUT",
          "COPY person_copy(id, phone) FROM STDIN",
          "INSERT INTO person_copy(id, phone) SELECT id, phone FROM person RETURNING phone",
          "INSERT INTO late VALUES (1), (1)",
          "EXPLAIN ANALYZE SELECT phone FROM person WHERE phone LIKE '138%'",
          "SHOW search_path",
          "SELECT relation, public, tel, 'vSELECT 1', 1 FROM person");

  private final Messages messages;
  private final RandomGenerator random;
  private final List<String> made = new ArrayList<>();

  FuzzedMessages(Messages messages, RandomGenerator random) {
    this.messages = messages;
    this.random = random;
  }

  ByteBuf next() {
    ByteBuf one = random.nextInt(50) == 0 ? noise() : sensible();
    if (random.nextInt(25) == 0 && one.readableBytes() > 5) {
      int at = 5 + random.nextInt(one.readableBytes() - 5);
      one.setByte(at, random.nextInt(256));
    }
    if (random.nextInt(60) == 0) {
      one.writerIndex(5 + random.nextInt(one.readableBytes() - 4));
      one.setInt(1, one.writerIndex() - 1);
    }
    made.add(one.toString(UTF_8).replaceAll("[^\\x20-\\x7e]", "."));
    return one;
  }

  private ByteBuf noise() {
    byte[] body = new byte[random.nextInt(40)];
    random.nextBytes(body);
    String types = "QPBDECSHdcfFp";
    int type = random.nextInt(4) == 0 ? random.nextInt(256) : one(types);
    return messages.message(type == 'X' ? 'S' : type, out -> out.writeBytes(body));
  }

  private char one(String of) {
    return of.charAt(random.nextInt(of.length()));
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private ByteBuf sensible() {
    return switch (random.nextInt(20)) {
      case 0, 1, 2 -> messages.query(one(STATEMENTS));
      case 3, 4, 5, 6 -> messages.parse(one(NAMES), one(STATEMENTS));
      case 7, 8, 9 -> messages.bind(one(NAMES), one(NAMES));
      case 10, 11, 12 -> execute();
      case 13 -> messages.describe(one("SP"), one(NAMES));
      case 14 -> messages.close(one("SP"), one(NAMES));
      case 15, 16 -> messages.empty(FrontendMessage.SYNC);
      case 17 -> messages.empty(FrontendMessage.FLUSH);
      case 18 -> messages.message('d', out -> out.writeBytes("1\tx\n".getBytes(UTF_8)));
      default -> messages.message(one("cf"), out -> Messages.text(out, "x"));
    };
  }

  private ByteBuf execute() {
    String portal = one(NAMES);
    int rows = random.nextInt(3);
    return messages.message(
        'E',
        out -> {
          Messages.text(out, portal);
          out.writeInt(rows);
        });
  }

  /** What any session that is still there answers with {@link #END}. */
  List<ByteBuf> end() {
    return List.of(
        messages.message('f', out -> Messages.text(out, "enough")),
        messages.empty(FrontendMessage.SYNC),
        messages.query("ROLLBACK"),
        messages.query("SELECT '" + END + "'"));
  }

  /** Everything made, for the report of a failure. */
  @Override
  public String toString() {
    return String.join("\n", made);
  }
}
