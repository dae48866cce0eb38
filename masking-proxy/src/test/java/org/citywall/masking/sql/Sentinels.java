// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Parts of protected values that no mask of the corpus shows, in every writing. */
public final class Sentinels {

  private static final List<String> PARTS =
      List.of("4719", "4720", "4721", "19870614", "19750228", "19991231", "阳测试", "马样例", "葛实验");

  private static final List<String> VALUES =
      List.of(
          "13847195678",
          "13947206789",
          "13647217890",
          "110101198706142233",
          "310105197502281122",
          "440300199912318877",
          "欧阳测试",
          "司马样例",
          "诸葛实验");

  private static final List<String> FORMS = forms();

  /**
   * A time of this century with its fraction: no protected value has one, and six digits hold any
   * four by chance.
   */
  private static final Pattern NOW =
      Pattern.compile("20\\d\\d-\\d\\d-\\d\\d[ T]\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,6})?");

  /**
   * Statements that show processes and ports, and what those look like: a number that stands alone.
   */
  private static final Pattern ACTIVITY =
      Pattern.compile("pg_stat_|pg_locks|pg_backend_pid|inet_\\w+_port", Pattern.CASE_INSENSITIVE);

  private static final Pattern PROCESS =
      Pattern.compile("(?<![\\p{L}\\p{N}*.+-])\\d{1,7}(?![\\p{L}\\p{N}*.+-])");

  private Sentinels() {}

  private static List<String> forms() {
    List<String> forms = new ArrayList<>();
    for (String part : PARTS) {
      forms.add(part);
      forms.add(new StringBuilder(part).reverse().toString());
      forms.add(HexFormat.of().formatHex(part.getBytes(StandardCharsets.UTF_8)));
      forms.add(String.join(",", part.split("")));
    }
    for (String value : VALUES) {
      String base64 = Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
      forms.add(base64.substring(0, base64.length() - 4).toLowerCase(Locale.ROOT));
    }
    return forms;
  }

  /**
   * A sentinel that the output shows; a value that the statements name shows nothing, and neither
   * do the digits that the session itself brings.
   */
  public static Optional<String> in(List<String> output, List<String> statements) {
    String text = String.join("\u0000", output);
    for (String value : VALUES) {
      if (statements.stream().anyMatch(sql -> sql.contains("'" + value + "'"))) {
        text = text.replace("'" + value + "'", "''");
      }
    }
    text = NOW.matcher(text).replaceAll("");
    if (statements.stream().anyMatch(sql -> ACTIVITY.matcher(sql).find())) {
      text = PROCESS.matcher(text).replaceAll("");
    }
    String lower = text.toLowerCase(Locale.ROOT);
    return FORMS.stream().filter(lower::contains).findFirst();
  }
}
