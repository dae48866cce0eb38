// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.citywall.console.exposure.Lawfulness;
import org.citywall.console.exposure.SubjectAccess;
import org.citywall.console.exposure.SubjectAnswer;

/** What is known of accesses to one person's record, as lines for people. */
final class SubjectLines {

  /** Names come from sources: nothing of them may steer the terminal. */
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

  private SubjectLines() {}

  static List<String> of(SubjectAnswer answer, long asked, ZoneId zone) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "certain: "
            + answer.certain()
            + ", possible: "
            + answer.possible()
            + (answer.complete() ? "" : " and more that are not listed")
            + ", as of leaf "
            + answer.asOfLeaf()
            + " of "
            + answer.logSize()
            + "; this question is leaf "
            + asked);
    for (SubjectAccess access : answer.accesses()) {
      lines.add("");
      lines.add(
          TIME.format(access.at().atZone(zone))
              + "  leaf "
              + access.leaf()
              + (access.certain() ? "" : "  (among many; it cannot be told)"));
      lines.add("  who      " + words(access.who(), access.person(), access.unit()));
      lines.add("  through  " + words(access.application()));
      lines.add("  for      " + words(access.purpose(), ticket(access)));
      lines.add("  saw      " + words(String.join(", ", access.shown())));
      lines.add("  masked   " + words(String.join(", ", access.masked())));
      lines.add("  lawful   " + lawful(access));
    }
    if (!answer.inquiries().isEmpty()) {
      lines.add("");
      lines.add("questions before this one:");
      answer
          .inquiries()
          .forEach(
              one ->
                  lines.add(
                      "  "
                          + TIME.format(one.at().atZone(zone))
                          + "  leaf "
                          + one.leaf()
                          + "  "
                          + words(one.who(), one.reason())));
    }
    return lines.stream().map(line -> CONTROL.matcher(line).replaceAll("\ufffd")).toList();
  }

  private static String ticket(SubjectAccess access) {
    return access.ticket().isEmpty() ? "" : "ticket " + access.ticket();
  }

  private static String words(String... parts) {
    String all = String.join(" ", parts).strip();
    return all.isEmpty() ? "(not said)" : all;
  }

  private static String lawful(SubjectAccess access) {
    return switch (access.lawfulness()) {
      case Lawfulness.NOTHING_SHOWN -> "nothing was shown: refused or failed";
      case Lawfulness.AGAINST_POLICY -> "no: the policy refused it, but was only observed";
      case Lawfulness.BY_GRANT ->
          "by grant "
              + String.join(", ", access.grants())
              + ", approved by "
              + String.join(", ", access.approvers());
      case Lawfulness.BY_POLICY ->
          "the policy allowed it for what was declared; whether that was" + " true is not known";
      case Lawfulness.NO_PURPOSE -> "the policy allowed it; not known, nobody declared what for";
      case Lawfulness.NOT_DECIDED -> "not known: reported by a database, no policy decided";
    };
  }
}
