// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.anchor;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.log.TreeHash;
import org.citywall.audit.log.VerifierKey;
import org.jspecify.annotations.Nullable;

/** Reads one policy file: C2SP tlog-policy with our directives in its comments. */
final class PolicyParser {

  private static final long MAX_FILE = 1 << 20;

  /** Of logs, of witnesses, of groups, of authorities. */
  private static final int MAX_OF_A_KIND = 64;

  private static final String NONE = "none";

  private final Path file;
  private final List<VerifierKey> logs = new ArrayList<>();
  private final List<AnchorPolicy.Witness> witnesses = new ArrayList<>();
  private final Map<String, Quorum> named = new HashMap<>();
  private final Set<String> members = new HashSet<>();
  private final PolicyDirectives directives;
  private @Nullable Quorum quorum;
  private int line;

  PolicyParser(Path file) {
    this.file = file;
    this.directives = new PolicyDirectives(file.toAbsolutePath().resolveSibling(""));
  }

  AnchorPolicy parse() {
    for (String text : read().split("\n", -1)) {
      line++;
      try {
        parse(text);
      } catch (IllegalArgumentException e) {
        throw invalid(String.valueOf(e.getMessage()), e);
      } catch (PlatformException e) {
        throw e.code() == AuditErrorCode.ANCHOR_POLICY_INVALID
            ? e
            : invalid(String.valueOf(e.getMessage()), e);
      }
    }
    if (quorum == null) {
      throw invalid("there must be exactly one quorum line", null);
    }
    try {
      directives.requireComplete();
    } catch (IllegalArgumentException e) {
      throw invalid(String.valueOf(e.getMessage()), e);
    }
    return new AnchorPolicy(
        logs,
        witnesses,
        quorum,
        directives.authorities(),
        directives.tokens(),
        directives.newest(),
        directives.since());
  }

  /** Octets as characters: names are compared octet by octet, whatever their encoding. */
  private String read() {
    try {
      if (Files.size(file) > MAX_FILE) {
        throw invalid("longer than " + MAX_FILE + " bytes", null);
      }
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new PlatformException(
          AuditErrorCode.ANCHOR_POLICY_INVALID, file + " cannot be read", e);
    }
  }

  private void parse(String text) {
    if (text.chars().anyMatch(c -> c < ' ' && c != '\t' || c == 0x7F)) {
      throw new IllegalArgumentException("a control character");
    }
    List<String> words =
        Arrays.stream(text.split("[ \t]+")).filter(word -> !word.isEmpty()).toList();
    if (words.isEmpty()) {
      return;
    }
    if (words.getFirst().startsWith("#")) {
      directives.comment(words);
      return;
    }
    switch (words.getFirst()) {
      case "log" -> log(words);
      case "witness" -> witness(words);
      case "group" -> group(words);
      case "quorum" -> quorum(words);
      default -> throw new IllegalArgumentException("unknown word " + words.getFirst());
    }
  }

  private void log(List<String> words) {
    requireCount(words, 2, 3);
    VerifierKey key = VerifierKey.parse(utf8(words.get(1)));
    requireThat(key.treeHash() == TreeHash.SHA_256, "a log's key is one of Ed25519");
    if (words.size() == 3) {
      url(words.get(2));
    }
    requireRoom(logs.size());
    String material = words.get(1).substring(words.get(1).lastIndexOf('+'));
    for (VerifierKey other : logs) {
      requireThat(!other.toString().endsWith(material), "two logs with one key");
    }
    logs.add(key);
  }

  private void witness(List<String> words) {
    requireCount(words, 3, 4);
    WitnessKey key = WitnessKey.parse(utf8(words.get(2)));
    requireRoom(witnesses.size());
    for (AnchorPolicy.Witness other : witnesses) {
      requireThat(
          !Arrays.equals(other.key().encoded(), key.encoded()), "two witnesses with one key");
    }
    define(words.get(1), new Quorum.One(key));
    URI url = words.size() == 4 ? url(words.get(3)) : null;
    witnesses.add(new AnchorPolicy.Witness(utf8(words.get(1)), key, url));
  }

  private void group(List<String> words) {
    requireThat(words.size() >= 4, "a group has a name, a threshold and members");
    requireRoom(named.size() - witnesses.size());
    List<Quorum> found = new ArrayList<>();
    for (String member : words.subList(3, words.size())) {
      requireThat(members.add(member), "a name may be member of a group once: " + member);
      found.add(resolve(member));
    }
    int threshold =
        switch (words.get(2)) {
          case "all" -> found.size();
          case "any" -> 1;
          default -> number(words.get(2));
        };
    define(words.get(1), new Quorum.Group(threshold, found));
  }

  private void quorum(List<String> words) {
    requireCount(words, 2, 2);
    requireThat(quorum == null, "there must be exactly one quorum line");
    quorum = words.get(1).equals(NONE) ? new Quorum.None() : resolve(words.get(1));
  }

  private void define(String name, Quorum meaning) {
    requireThat(!name.equals(NONE), "the name none is taken");
    requireThat(named.putIfAbsent(name, meaning) == null, "the name is used twice: " + name);
  }

  private Quorum resolve(String name) {
    Quorum meaning = named.get(name);
    requireThat(meaning != null, "not defined on a line before: " + name);
    return Objects.requireNonNull(meaning);
  }

  private static String utf8(String octets) {
    return new String(octets.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  static int number(String digits) {
    requireThat(digits.matches("[1-9][0-9]{0,8}"), "not a number: " + digits);
    return Integer.parseInt(digits);
  }

  static URI url(String word) {
    try {
      URI url = new URI(utf8(word));
      requireThat(
          ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
              && url.getHost() != null,
          "not a URL of http or https: " + word);
      return url;
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("not a URL: " + word, e);
    }
  }

  private static void requireCount(List<String> words, int least, int most) {
    requireThat(
        words.size() >= least && words.size() <= most,
        words.getFirst() + " takes " + (least - 1) + " to " + (most - 1) + " words");
  }

  private static void requireRoom(int count) {
    requireThat(count < MAX_OF_A_KIND, "more than " + MAX_OF_A_KIND + " of a kind");
  }

  static void requireThat(boolean holds, String what) {
    if (!holds) {
      throw new IllegalArgumentException(what);
    }
  }

  private PlatformException invalid(String what, @Nullable Throwable cause) {
    return new PlatformException(
        AuditErrorCode.ANCHOR_POLICY_INVALID, file + " line " + line + ": " + what, cause);
  }
}
