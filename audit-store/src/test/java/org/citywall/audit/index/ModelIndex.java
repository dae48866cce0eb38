// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.index;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.Micros;
import org.citywall.audit.log.LoggedEntry;

/** What queries mean, said as plainly as possible: every entry is looked at. */
final class ModelIndex {

  private static final Pattern WORD =
      Pattern.compile("[\\x{4e00}-\\x{9fff}]|\\d+(?:\\.\\d+)+|[A-Za-z0-9]+");

  private final List<LoggedEntry> entries;

  ModelIndex(List<LoggedEntry> entries) {
    this.entries = entries;
  }

  /** Matching entries, newest first. */
  List<LoggedEntry> search(Query query, TimeRange range) {
    return entries.stream()
        .filter(entry -> within(entry, range) && matches(entry, query))
        .sorted(
            Comparator.comparingLong((LoggedEntry entry) -> entry.event().timestampMicros())
                .thenComparingLong(LoggedEntry::leaf)
                .reversed())
        .toList();
  }

  List<Long> histogram(HistogramRequest request) {
    long from = Micros.of(request.range().from());
    long width = request.interval().toNanos() / 1000;
    long span = Micros.of(request.range().to()) - from;
    Long[] counts = new Long[(int) ((span + width - 1) / width)];
    Arrays.fill(counts, 0L);
    for (LoggedEntry entry : search(request.query(), request.range())) {
      counts[(int) ((entry.event().timestampMicros() - from) / width)]++;
    }
    return List.of(counts);
  }

  List<TermCount> terms(Query query, TimeRange range, Field field, int limit) {
    Map<String, Long> counts = new HashMap<>();
    for (LoggedEntry entry : search(query, range)) {
      keywords(entry, field.fieldName()).stream()
          .distinct()
          .forEach(value -> counts.merge(value, 1L, Long::sum));
    }
    return counts.entrySet().stream()
        .map(each -> new TermCount(each.getKey(), each.getValue()))
        .sorted(
            Comparator.comparingLong(TermCount::count)
                .reversed()
                .thenComparing(
                    TermCount::value,
                    (a, b) ->
                        Arrays.compareUnsigned(
                            a.getBytes(StandardCharsets.UTF_8),
                            b.getBytes(StandardCharsets.UTF_8))))
        .limit(limit)
        .toList();
  }

  private static boolean within(LoggedEntry entry, TimeRange range) {
    return !entry.event().timestamp().isBefore(range.from())
        && entry.event().timestamp().isBefore(range.to());
  }

  private boolean matches(LoggedEntry entry, Query query) {
    return switch (query) {
      case Query.All all -> true;
      case Query.And and -> and.parts().stream().allMatch(part -> matches(entry, part));
      case Query.Or or -> or.parts().stream().anyMatch(part -> matches(entry, part));
      case Query.Not not -> !matches(entry, not.part());
      case Query.Words words -> texts(entry.event()).anyMatch(text -> contains(text, words.text()));
      case Query.Exists exists -> exists(entry, exists.field());
      case Query.Wildcard wildcard ->
          keywords(entry, wildcard.field()).stream()
              .anyMatch(value -> regex(wildcard.pattern()).matcher(value).matches());
      case Query.Range range ->
          numbers(entry, range.field()).stream()
              .anyMatch(n -> n >= range.from() && n <= range.to());
      case Query.Cidr cidr ->
          addresses(entry, cidr.field()).stream()
              .anyMatch(IpBlock.parse(cidr.block()).orElseThrow()::contains);
      case Query.Match match -> matches(entry, match);
    };
  }

  private static boolean matches(LoggedEntry entry, Query.Match match) {
    return switch (SearchField.named(match.field()).orElseThrow().type()) {
      case TEXT -> {
        String text = entry.event().text(Field.named(match.field()).orElseThrow());
        yield text != null && contains(text, match.value());
      }
      case IP ->
          addresses(entry, match.field()).stream()
              .anyMatch(IpBlock.parse(match.value()).orElseThrow()::contains);
      case LONG, TIMESTAMP -> numbers(entry, match.field()).contains(Long.parseLong(match.value()));
      case KEYWORD, KEYWORDS, BOOLEAN, BINARY ->
          keywords(entry, match.field()).contains(match.value());
    };
  }

  private static boolean exists(LoggedEntry entry, String name) {
    if (name.startsWith("labels.")) {
      return !keywords(entry, name).isEmpty();
    }
    return Field.named(name).map(entry.event()::has).orElse(true);
  }

  private static List<String> keywords(LoggedEntry entry, String name) {
    if (name.startsWith("labels.")) {
      String value = entry.event().labels().get(name.substring("labels.".length()));
      return value == null ? List.of() : List.of(value);
    }
    if (name.equals("entry.kind")) {
      return List.of(entry.kind().name().toLowerCase(Locale.ROOT));
    }
    Field field = Field.named(name).orElseThrow();
    return switch (field.type()) {
      case KEYWORDS -> entry.event().texts(field);
      case KEYWORD -> Stream.ofNullable(entry.event().text(field)).toList();
      case IP -> addresses(entry, name).stream().map(IpBlock::text).toList();
      case TEXT, LONG, BOOLEAN, TIMESTAMP, BINARY -> throw new AssertionError(name);
    };
  }

  private static List<byte[]> addresses(LoggedEntry entry, String name) {
    String text = entry.event().text(Field.named(name).orElseThrow());
    return text == null ? List.of() : IpBlock.address(text).stream().toList();
  }

  private static List<Long> numbers(LoggedEntry entry, String name) {
    Event event = entry.event();
    return switch (name) {
      case "@timestamp" -> List.of(event.timestampMicros());
      case "event.created" -> List.of(event.receivedMicros());
      case "entry.leaf" -> List.of(entry.leaf());
      case "gov.source.seq" -> List.of(event.position().sequence());
      case "gov.source.epoch" -> List.of(event.position().epoch());
      default -> Stream.ofNullable(event.number(Field.named(name).orElseThrow())).toList();
    };
  }

  private static Stream<String> texts(Event event) {
    List<String> texts = new ArrayList<>(event.labels().values());
    event.forEach(
        (field, value) -> {
          switch (field.type()) {
            case KEYWORD, TEXT, IP -> texts.add((String) value);
            case KEYWORDS -> texts.addAll(event.texts(field));
            case BINARY -> decoded((byte[]) value).ifPresent(texts::add);
            case LONG, BOOLEAN, TIMESTAMP -> {}
          }
        });
    return texts.stream();
  }

  private static Optional<String> decoded(byte[] bytes) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** A word, and whether it is a Chinese character right behind another one. */
  private record Word(String text, boolean joined) {

    boolean answers(Word asked) {
      return text.equals(asked.text) && (joined || !asked.joined);
    }
  }

  private static boolean contains(String text, String asked) {
    List<Word> words = words(text);
    List<Word> phrase = words(asked);
    for (int start = 0; start + phrase.size() <= words.size(); start++) {
      int at = start;
      if (IntStream.range(0, phrase.size())
          .allMatch(i -> words.get(at + i).answers(phrase.get(i)))) {
        return true;
      }
    }
    return false;
  }

  private static List<Word> words(String text) {
    List<Word> words = new ArrayList<>();
    int end = -1;
    for (MatchResult word : WORD.matcher(text.toLowerCase(Locale.ROOT)).results().toList()) {
      boolean chinese = word.group().charAt(0) >= 0x4e00;
      words.add(new Word(word.group(), chinese && word.start() == end));
      end = chinese ? word.end() : -1;
    }
    return words;
  }

  private static Pattern regex(String pattern) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '\\') {
        regex.append(Pattern.quote(String.valueOf(pattern.charAt(++i))));
      } else {
        regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
      }
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }
}
