// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.identity;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.citywall.masking.identity.OwnSetting.Name;
import org.citywall.masking.sql.facts.Token;

/** Reads the few forms in which a setting of the proxy is changed or shown. */
final class OwnSettingReader {

  private static final Set<String> ABOUT_SETTINGS = Set.of("set", "reset", "show");
  private static final String PREFIX = "citywall";

  private final List<Token> tokens;
  private int at;

  OwnSettingReader(List<Token> all) {
    int end = all.size();
    while (end > 0 && all.get(end - 1).is(";")) {
      end--;
    }
    tokens = all.subList(0, end);
  }

  Optional<OwnSetting> read() {
    if (tokens.isEmpty() || tokens.getFirst().kind() != Token.Kind.WORD) {
      return Optional.empty();
    }
    String verb = tokens.getFirst().text();
    at = 1;
    if (verb.equals("select")) {
      return function();
    }
    if (!ABOUT_SETTINGS.contains(verb)) {
      return Optional.empty();
    }
    boolean local = verb.equals("set") && takesWord("local");
    boolean session = verb.equals("set") && !local && takesWord("session");
    if (!isOwn()) {
      return Optional.empty();
    }
    Optional<Name> name = named(tokens.get(at + 2).text());
    boolean settable = name.isPresent() && name.get() != Name.SESSION;
    at += 3;
    if (verb.equals("show") && name.isPresent() && isEnd()) {
      return Optional.of(new OwnSetting.Show(name.get()));
    }
    if (verb.equals("reset") && settable && isEnd()) {
      return Optional.of(new OwnSetting.Reset(name.get(), false));
    }
    if (verb.equals("set") && settable && (takesSign("=") || takesWord("to"))) {
      return Optional.of(value(name.get(), local && !session));
    }
    return Optional.of(new OwnSetting.Unclear());
  }

  private OwnSetting value(Name name, boolean local) {
    if (takesWord("default") && isEnd()) {
      return new OwnSetting.Reset(name, local);
    }
    Optional<String> value = constant();
    return value.isPresent() && isEnd()
        ? new OwnSetting.Change(name, value.get(), local, false)
        : new OwnSetting.Unclear();
  }

  /** {@code SELECT [pg_catalog.]set_config('citywall.NAME', 'VALUE', true|false)}. */
  private Optional<OwnSetting> function() {
    if (takesWord("pg_catalog") && !takesSign(".")) {
      return Optional.empty();
    }
    if (!takesWord("set_config") || !takesSign("(")) {
      return Optional.empty();
    }
    Optional<String> setting = constant();
    if (!setting
        .map(text -> text.toLowerCase(Locale.ROOT).startsWith(PREFIX + "."))
        .orElse(false)) {
      return Optional.empty();
    }
    Optional<Name> name = named(setting.get().substring(PREFIX.length() + 1));
    boolean comma = takesSign(",");
    Optional<String> value = constant();
    boolean second = takesSign(",");
    boolean local = takesWord("true");
    boolean whole = (local || takesWord("false")) && takesSign(")") && isEnd();
    boolean clear = comma && second && whole && value.isPresent() && name.isPresent();
    return Optional.of(
        clear && name.get() != Name.SESSION
            ? new OwnSetting.Change(name.get(), value.get(), local, true)
            : new OwnSetting.Unclear());
  }

  private static Optional<Name> named(String text) {
    for (Name name : Name.values()) {
      if (name.name().equals(text.toUpperCase(Locale.ROOT))) {
        return Optional.of(name);
      }
    }
    return Optional.empty();
  }

  private boolean isOwn() {
    return at + 2 < tokens.size()
        && tokens.get(at).isName()
        && tokens.get(at).text().equalsIgnoreCase(PREFIX)
        && tokens.get(at + 1).is(".")
        && tokens.get(at + 2).isName();
  }

  private boolean isEnd() {
    return at == tokens.size();
  }

  private boolean takesWord(String word) {
    return takes(at < tokens.size() && tokens.get(at).isWord(word));
  }

  private boolean takesSign(String sign) {
    return takes(at < tokens.size() && tokens.get(at).is(sign));
  }

  private boolean takes(boolean found) {
    at += found ? 1 : 0;
    return found;
  }

  /** The value of a string in plain quotes. */
  private Optional<String> constant() {
    if (at >= tokens.size() || tokens.get(at).kind() != Token.Kind.STRING) {
      return Optional.empty();
    }
    String text = tokens.get(at).text();
    boolean plain = text.startsWith("'") && text.indexOf('\n') < 0 && text.indexOf('\r') < 0;
    at++;
    return plain
        ? Optional.of(text.substring(1, text.length() - 1).replace("''", "'"))
        : Optional.empty();
  }
}
