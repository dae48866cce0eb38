// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import java.util.List;
import java.util.random.RandomGenerator;
import org.citywall.masking.sql.facts.Lexer;
import org.citywall.masking.sql.facts.StatementRefused;
import org.citywall.masking.sql.facts.Token;

/** Writes statements anew with other constants, of the same sort for the most part. */
record SwappedConstants(RandomGenerator random) {

  /** What constants mean something in that may mean another thing by another value. */
  static final List<String> STATEMENTS =
      List.of(
          "SELECT amount FROM orders WHERE id = 7",
          "SELECT id FROM orders WHERE contact_phone = 'x' AND id IN (1, 2) LIMIT 3 OFFSET 1;",
          "SELECT phone FROM person WHERE phone = '13812345678' OR id = 5",
          "SELECT o.amount FROM orders o WHERE EXISTS (SELECT FROM person p WHERE p.id = 7)",
          "INSERT INTO person_copy(phone) VALUES ('13812345678')",
          "INSERT INTO person_copy(phone) VALUES ('1'), ('2')",
          "INSERT INTO orders(id, amount) VALUES (901, 5), (902, 1.5)",
          "UPDATE orders SET amount = 5, contact_phone = 'x' WHERE id = 3",
          "UPDATE person SET dept = 'x' WHERE id = 3",
          "UPDATE person_copy SET phone = '13812345678' WHERE phone = 'x'",
          "UPDATE case_file SET note = 'x' WHERE unit = 'east' AND id = 4",
          "DELETE FROM orders WHERE id = 999 AND amount - 5 > 2",
          "SELECT 'person'::regclass = 5, nextval('no_sequence') > 5",
          "SELECT id FROM orders WHERE tableoid = 'person'::regclass AND id = 5",
          "SELECT query_to_xml('TABLE person', true, false, '') WHERE 1 = 5",
          "SELECT set_config('work_mem', '64kB', true) WHERE 1 = 5",
          "SET search_path = 'public'",
          "SET work_mem = 64",
          "SELECT id FROM orders WHERE contact_phone = E'a\\'b' AND id = 5",
          "SELECT id FROM orders WHERE contact_phone = U&'!0041' UESCAPE '!' AND id = 5",
          "SELECT id FROM orders TABLESAMPLE bernoulli (50) REPEATABLE (7) WHERE id < 5",
          "SELECT dept FROM person TABLESAMPLE bernoulli (50) REPEATABLE (7) WHERE id < 5",
          "SELECT id FROM orders WHERE id < 5 FETCH FIRST 5 ROWS ONLY",
          "SELECT id FROM orders WHERE amount > 1.5 AND amount < 99999999999",
          "SELECT id FROM orders WHERE contact_phone LIKE '1%' ESCAPE '!' OR id = -5",
          "SELECT CASE WHEN id = 5 THEN 'a' ELSE 'b' END FROM orders ORDER BY 1",
          "SELECT id FROM orders WHERE id = 5; SELECT id FROM orders WHERE id = 6",
          "SELECT id FROM visit WHERE day = '2026-01-01' AND place = 'x'",
          "SELECT id FROM v_person WHERE nm = 'x' AND id = 5",
          "SELECT id FROM pg_class WHERE relname = 'person'",
          "SELECT id FROM contact_private WHERE secret_phone = '13812345678'",
          "PREPARE p AS SELECT id FROM orders WHERE id = 5",
          "DECLARE c CURSOR FOR SELECT id FROM orders WHERE id = 5",
          "COPY (SELECT id FROM orders WHERE id = 5) TO STDOUT",
          "EXPLAIN SELECT id FROM orders WHERE id = 5",
          "SELECT id INTO TEMP t9 FROM orders WHERE id = 5");

  private static final List<String> NUMBERS =
      List.of("0", "1", "7", "901", "2147483647", "2147483648", "99999999999", "1.5", "0.0", "1e3");

  private static final List<String> TEXTS =
      List.of(
          "''",
          "'x'",
          "'person'",
          "'public.person'",
          "'phone'",
          "'search_path'",
          "'TABLE person'",
          "'13812345678'",
          "'138****5678'",
          "'*'",
          "'张三'",
          "'it''s'",
          "'back\\slash'",
          "'two\nlines'",
          "'--'",
          "'/*'",
          "'$$'",
          "';'",
          "E'\\''",
          "U&'\\0041'",
          "B'101'",
          "$$x$$");

  String swapped(String sql) {
    List<Token> tokens;
    try {
      tokens = Lexer.tokens(sql);
    } catch (StatementRefused unreadable) {
      return sql;
    }
    StringBuilder text = new StringBuilder();
    int from = 0;
    for (Token token : tokens) {
      boolean number = token.kind() == Token.Kind.NUMBER;
      if ((number || token.kind() == Token.Kind.STRING) && random.nextInt(3) > 0) {
        boolean other = random.nextInt(10) == 0;
        text.append(sql, from, token.start()).append(pick(number == other ? TEXTS : NUMBERS));
        from = token.end();
      }
    }
    return text.append(sql, from, sql.length()).toString();
  }

  private String pick(List<String> all) {
    return all.get(random.nextInt(all.size()));
  }
}
