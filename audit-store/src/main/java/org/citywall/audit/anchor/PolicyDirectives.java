// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.anchor;

import static org.citywall.audit.anchor.PolicyParser.requireThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * What a policy says beyond C2SP tlog-policy: comment lines whose first word is {@code citywall},
 * so that other programs read the same file. Such a line must be understood: a typing error in it
 * must not become a demand less.
 */
final class PolicyDirectives {

  private static final int MAX_AUTHORITIES = 64;
  private static final Pattern PERIOD = Pattern.compile("([1-9][0-9]{0,5})([smhd])");
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{0,63}");
  private static final Set<String> TSA_KEYS = Set.of("url", "roots", "policy", "crl", "imprint");

  private final Path folder;
  private final List<AnchorPolicy.Authority> authorities = new ArrayList<>();
  private AnchorPolicy.@Nullable TokenRule tokens;
  private @Nullable Duration newest;
  private @Nullable Instant since;

  /**
   * @param folder against which the names of files are resolved
   */
  PolicyDirectives(Path folder) {
    this.folder = folder;
  }

  /** Takes a comment line, which may be one of ours. */
  void comment(List<String> words) {
    String first = words.getFirst().substring(1);
    int from = first.isEmpty() ? 1 : 0;
    if (words.size() <= from || !(from == 0 ? first : words.get(1)).equalsIgnoreCase("citywall")) {
      return;
    }
    List<String> directive = words.subList(from + 1, words.size());
    requireThat(!directive.isEmpty(), "a directive without a word");
    switch (directive.getFirst()) {
      case "tsa" -> authority(directive);
      case "tokens" -> tokens(directive);
      case "newest" -> {
        requireThat(newest == null && directive.size() == 2, "newest takes one period, once");
        newest = period(directive.get(1));
      }
      case "since" -> {
        requireThat(since == null && directive.size() == 2, "since takes one instant, once");
        since = instant(directive.get(1));
      }
      default -> throw new IllegalArgumentException("unknown directive " + directive.getFirst());
    }
  }

  private void authority(List<String> words) {
    requireThat(words.size() >= 3, "tsa takes a name and roots=FILE");
    String name = words.get(1);
    requireThat(NAME.matcher(name).matches(), "a TSA's name has 1 to 64 of a-z 0-9 - .");
    requireThat(
        authorities.size() < MAX_AUTHORITIES
            && authorities.stream().noneMatch(other -> other.name().equals(name)),
        "too many TSAs, or two of one name");
    Map<String, String> values = new HashMap<>();
    for (String word : words.subList(2, words.size())) {
      int equals = word.indexOf('=');
      requireThat(
          equals > 0
              && TSA_KEYS.contains(word.substring(0, equals))
              && values.put(word.substring(0, equals), word.substring(equals + 1)) == null,
          "not one of " + TSA_KEYS + ": " + word);
    }
    String roots = values.get("roots");
    if (roots == null) {
      throw new IllegalArgumentException("roots=FILE is missing");
    }
    String url = values.get("url");
    Imprint imprint =
        Imprint.of(values.getOrDefault("imprint", "sha256"))
            .orElseThrow(() -> new IllegalArgumentException("unknown imprint"));
    authorities.add(
        new AnchorPolicy.Authority(
            name, url == null ? null : PolicyParser.url(url), imprint, trust(roots, values)));
  }

  private TimestampTrust trust(String roots, Map<String, String> values) {
    String crl = values.get("crl");
    String policy = values.get("policy");
    return new TimestampTrust(
        TimestampTrust.certificates(folder.resolve(roots)),
        crl == null ? List.of() : TimestampTrust.crls(folder.resolve(crl)),
        policy == null ? null : new ASN1ObjectIdentifier(policy));
  }

  private void tokens(List<String> words) {
    requireThat(tokens == null && words.size() == 3, "tokens takes a count and a period, once");
    tokens = new AnchorPolicy.TokenRule(PolicyParser.number(words.get(1)), period(words.get(2)));
  }

  /** A period: a number and {@code s}, {@code m}, {@code h} or {@code d}. */
  static Duration period(String word) {
    Matcher matcher = PERIOD.matcher(word);
    requireThat(matcher.matches(), "not a period such as 30m, 2h or 1d: " + word);
    long count = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2).charAt(0)) {
      case 's' -> Duration.ofSeconds(count);
      case 'm' -> Duration.ofMinutes(count);
      case 'h' -> Duration.ofHours(count);
      default -> Duration.ofDays(count);
    };
  }

  private static Instant instant(String word) {
    try {
      return Instant.parse(word);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("not an instant such as 2026-03-01T00:00:00Z", e);
    }
  }

  void requireComplete() {
    requireThat(
        authorities.isEmpty() == (tokens == null),
        "TSAs and the number of tokens (tokens N PERIOD) belong together");
    requireThat(tokens == null || tokens.count() <= authorities.size(), "more tokens than TSAs");
  }

  List<AnchorPolicy.Authority> authorities() {
    return authorities;
  }

  AnchorPolicy.@Nullable TokenRule tokens() {
    return tokens;
  }

  @Nullable Duration newest() {
    return newest;
  }

  @Nullable Instant since() {
    return since;
  }
}
