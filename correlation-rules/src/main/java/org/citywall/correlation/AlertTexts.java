// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Alerts in words, for every rule and form in Chinese and English.
 *
 * <p>Texts are in {@code messages*.properties} under {@code rule.variant.part}, or {@code
 * rule.part} where the forms share one. Rules about public data need no text of their clause: it is
 * put together from the clauses, the category and the grade that their description names. A
 * placeholder is the name of a figure in braces, with how to print it: {@code {rows:number}},
 * {@code {window:duration}}, {@code {lastSeen:time}}, {@code {until:date}}, {@code
 * {persons:counted}} where 0 means that nobody counted. {@code {DSL-40:clause}} prints nothing if
 * {@code clauses.yaml} calls the clause confirmed, and else that it is to be confirmed.
 */
public final class AlertTexts {

  private static final String BUNDLE = "org.citywall.correlation.messages";
  private static final String CLAUSE = "clause";
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([\\w-]+)(?::(\\w+))?}");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZONE);

  private AlertTexts() {}

  /**
   * An alert in words.
   *
   * @param title one line
   * @param why why it fired, with the figures
   * @param almost what nearly made it not fire
   * @param clause which requirement is breached
   * @param advice what to do
   */
  public record Text(String title, String why, String almost, String clause, String advice) {}

  /** The texts of this alert; Chinese for any Chinese locale, else English. Times are Beijing's. */
  public static Text render(Alert alert, Locale locale) {
    boolean chinese = locale.getLanguage().equals("zh");
    Locale used = chinese ? Locale.SIMPLIFIED_CHINESE : Locale.ROOT;
    ResourceBundle bundle =
        ResourceBundle.getBundle(
            BUNDLE,
            used,
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    SortedMap<String, String> figures = new TreeMap<>(alert.parameters());
    figures.put("total", Long.toString(alert.total()));
    figures.put("firstSeen", alert.firstSeen().toString());
    figures.put("lastSeen", alert.lastSeen().toString());
    String lacking = alert.isErased() ? word("erased", bundle) : null;
    return new Text(
        part(bundle, alert, "title", figures, chinese, lacking),
        part(bundle, alert, "why", figures, chinese, lacking),
        part(bundle, alert, "almost", figures, chinese, lacking),
        part(bundle, alert, "clause", figures, chinese, lacking),
        part(bundle, alert, "advice", figures, chinese, lacking));
  }

  private static String part(
      ResourceBundle bundle,
      Alert alert,
      String part,
      SortedMap<String, String> figures,
      boolean chinese,
      @Nullable String lacking) {
    String own = alert.ruleId() + '.' + alert.variant() + '.' + part;
    String shared = alert.ruleId() + '.' + part;
    if (part.equals("clause") && !bundle.containsKey(shared) && figures.containsKey("clauses")) {
      return fill(bundle.getString("word.clauses"), figures, chinese, lacking, bundle);
    }
    if (!bundle.containsKey(own) && !bundle.containsKey(shared)) {
      // A rule pack of the user may come without texts: the rule's name is better than no alert.
      return part.equals("title") ? (alert.ruleId() + ' ' + alert.groupKey()).strip() : "";
    }
    return fill(
        bundle.getString(bundle.containsKey(own) ? own : shared),
        figures,
        chinese,
        lacking,
        bundle);
  }

  private static String fill(
      String template,
      SortedMap<String, String> figures,
      boolean chinese,
      @Nullable String lacking,
      ResourceBundle bundle) {
    Matcher matcher = PLACEHOLDER.matcher(template);
    StringBuilder text = new StringBuilder();
    while (matcher.find()) {
      String printed =
          CLAUSE.equals(matcher.group(2))
              ? mark(matcher.group(1), bundle)
              : figure(matcher, figures, chinese, lacking, bundle);
      matcher.appendReplacement(text, Matcher.quoteReplacement(printed));
    }
    return matcher.appendTail(text).toString();
  }

  private static String figure(
      Matcher placeholder,
      SortedMap<String, String> figures,
      boolean chinese,
      @Nullable String lacking,
      ResourceBundle bundle) {
    String value = figures.get(placeholder.group(1));
    if (value == null) {
      return lacking == null ? placeholder.group() : lacking;
    }
    return print(value, placeholder.group(2), chinese, bundle);
  }

  private static String mark(String clause, ResourceBundle bundle) {
    return Clauses.BUILT_IN.confirmed(clause) ? "" : word("to-be-confirmed", bundle);
  }

  private static String print(String value, String form, boolean chinese, ResourceBundle bundle) {
    return switch (form == null ? "" : form) {
      case "number" -> NumberFormat.getIntegerInstance(Locale.ROOT).format(Long.parseLong(value));
      case "counted" ->
          value.equals("0") ? word("unknown", bundle) : print(value, "number", chinese, bundle);
      case "duration" -> duration(Duration.parse(value), chinese);
      case "time" -> TIME.format(Instant.parse(value));
      case "date" -> LocalDate.parse(value).toString();
      case "word" -> word(value, bundle);
      case "clauses" ->
          Arrays.stream(value.split(" "))
              .map(id -> word("clause." + id, bundle) + " (" + id + mark(id, bundle) + ")")
              .collect(Collectors.joining("; "));
      default -> value.isEmpty() ? word("unknown", bundle) : value;
    };
  }

  private static String word(String value, ResourceBundle bundle) {
    try {
      return bundle.getString("word." + value);
    } catch (MissingResourceException e) {
      return value;
    }
  }

  private static String duration(Duration duration, boolean chinese) {
    StringBuilder text = new StringBuilder();
    append(text, duration.toDays(), chinese ? " 天" : " d");
    append(text, duration.toHoursPart(), chinese ? " 小时" : " h");
    append(text, duration.toMinutesPart(), chinese ? " 分钟" : " min");
    if (duration.toDays() == 0 && duration.toHoursPart() == 0) {
      append(text, duration.toSecondsPart(), chinese ? " 秒" : " s");
    }
    return text.isEmpty() ? (chinese ? "0 秒" : "0 s") : text.toString();
  }

  private static void append(StringBuilder text, long amount, String unit) {
    if (amount != 0) {
      text.append(text.isEmpty() ? "" : " ").append(amount).append(unit);
    }
  }
}
