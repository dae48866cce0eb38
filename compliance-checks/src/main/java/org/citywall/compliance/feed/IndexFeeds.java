// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.feed;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.citywall.audit.PlatformException;
import org.citywall.compliance.ComplianceErrorCode;
import org.citywall.compliance.catalogue.Catalogue;
import org.citywall.compliance.catalogue.Catalogue.Item;
import org.citywall.compliance.catalogue.Wording;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The feeds of an index: one for each of its indicators. */
public final class IndexFeeds {

  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .build();

  private final String version;
  private final IndexPeriod.Length length;
  private final Map<String, Feed> feeds;

  private IndexFeeds(String version, IndexPeriod.Length length, Map<String, Feed> feeds) {
    this.version = version;
    this.length = length;
    this.feeds = feeds;
  }

  record FeedsFile(
      String feeds, String catalogue, IndexPeriod.Length period, List<Line> indicators) {}

  record Line(String indicator, String source, @Nullable Wording says, Wording absent) {}

  /** The feeds that ship with this release. */
  public static IndexFeeds builtIn(Catalogue index) {
    try (InputStream in = IndexFeeds.class.getResourceAsStream("index-feeds.yaml")) {
      byte[] file = Objects.requireNonNull(in, "index-feeds.yaml").readAllBytes();
      return of(new String(file, StandardCharsets.UTF_8), index);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Feeds as data; {@code CMP-0021} where an indicator of the index has none or two, or one is not
   * understood.
   */
  public static IndexFeeds of(String yaml, Catalogue index) {
    FeedsFile file = read(yaml);
    if (!index.id().equals(file.catalogue())) {
      throw invalid("catalogue: must be " + index.id());
    }
    Map<String, Feed> feeds = new LinkedHashMap<>();
    for (Line line : file.indicators()) {
      if (feeds.put(line.indicator(), feed(line)) != null) {
        throw invalid(line.indicator() + ": stands twice");
      }
    }
    List<String> wanted = index.items().stream().map(Item::id).toList();
    String odd =
        feeds.keySet().stream().filter(id -> !wanted.contains(id)).collect(Collectors.joining(" "));
    String missing =
        wanted.stream().filter(id -> !feeds.containsKey(id)).collect(Collectors.joining(" "));
    if (!odd.isEmpty() || !missing.isEmpty()) {
      throw invalid("indicators without a feed: " + missing + "; unknown ones: " + odd);
    }
    return new IndexFeeds(file.feeds(), file.period(), feeds);
  }

  private static FeedsFile read(String yaml) {
    try {
      FeedsFile file = YAML.readValue(yaml, FeedsFile.class);
      if (file == null
          || file.feeds() == null
          || file.period() == null
          || file.indicators() == null) {
        throw invalid("feeds, catalogue, period and indicators have to be there");
      }
      return file;
    } catch (JacksonException e) {
      throw new PlatformException(
          ComplianceErrorCode.FEEDS_INVALID,
          "line " + e.getLocation().getLineNr() + ": " + e.getOriginalMessage(),
          e);
    }
  }

  private static Feed feed(Line line) {
    FeedSource source = source(line);
    Wording absent = line.absent();
    if (absent == null || absent.zh() == null || absent.en() == null) {
      throw invalid(line.indicator() + ": does not say in both languages why it may be absent");
    }
    Wording says = line.says();
    if ((source == FeedSource.MANUAL) != (says == null)) {
      throw invalid(line.indicator() + ": a feed says what it counts, a manual one does not");
    }
    return new Feed(line.indicator(), source, says, absent);
  }

  private static FeedSource source(Line line) {
    for (FeedSource source : FeedSource.values()) {
      if (word(source).equals(line.source())) {
        return source;
      }
    }
    throw invalid(line.indicator() + ": no source '" + line.source() + "'");
  }

  /** How a source is written. */
  public static String word(FeedSource source) {
    return source.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  private static PlatformException invalid(String detail) {
    return new PlatformException(ComplianceErrorCode.FEEDS_INVALID, detail);
  }

  /** Name and version, for example {@code index-feeds/1}. */
  public String version() {
    return version;
  }

  /** How long the index's periods are. */
  public IndexPeriod.Length length() {
    return length;
  }

  /** The feed of an indicator of the index. */
  public Feed feed(String indicator) {
    return Objects.requireNonNull(feeds.get(indicator), indicator);
  }
}
