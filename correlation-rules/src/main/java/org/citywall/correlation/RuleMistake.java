// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.citywall.correlation.RulePack.Source;
import org.kie.api.builder.Message;

/**
 * Finds where in the rule files a message of Drools points to. Drools gives a line for mistakes in
 * the grammar only; for the others the words that the message quotes are looked for in the files.
 */
final class RuleMistake {

  private static final Pattern QUOTED =
      Pattern.compile(
          "expression:? (.+)|class:? (\\S+)|method (\\w+)\\(|'([^']+)'|(\\w+) cannot be resolved");

  private RuleMistake() {}

  /** {@code file line N: reason}; empty where nothing in the files matches the message. */
  static Optional<String> describe(Message message, List<Source> sources) {
    String reason = message.getText().lines().findFirst().orElse("");
    for (Source source : sources) {
      boolean named = String.valueOf(message.getPath()).endsWith("/" + source.name() + ".drl");
      if (named && message.getLine() > 0) {
        return Optional.of(place(source, message.getLine(), reason));
      }
    }
    Matcher quoted = QUOTED.matcher(reason);
    while (quoted.find()) {
      for (int group = 1; group <= quoted.groupCount(); group++) {
        String words = quoted.group(group);
        for (Source source : sources) {
          int line = words == null ? 0 : lineOf(words.strip(), source.drl());
          if (line > 0) {
            return Optional.of(place(source, line, reason));
          }
        }
      }
    }
    return Optional.empty();
  }

  private static int lineOf(String words, String drl) {
    List<String> lines = drl.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).contains(words)) {
        return i + 1;
      }
    }
    return 0;
  }

  private static String place(Source source, int line, String reason) {
    return source.name() + ".drl line " + line + ": " + reason;
  }
}
