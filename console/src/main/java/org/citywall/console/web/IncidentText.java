// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.citywall.console.incident.IncidentSummary;
import org.citywall.correlation.AlertTexts;

/**
 * What the rule says about an incident, in the reader's language.
 *
 * @param title one line, as the queue shows it
 * @param paragraphs why it fired and what follows from it, under headings
 */
record IncidentText(String title, List<Paragraph> paragraphs) {

  private static final Pattern TIME =
      Pattern.compile("\\d{4}-\\d{2}-\\d{2}(?: \\d{2}:\\d{2}:\\d{2})?");

  IncidentText {
    paragraphs = List.copyOf(paragraphs);
  }

  /**
   * A paragraph.
   *
   * @param heading message key of the heading
   */
  record Paragraph(String heading, String text) {

    public List<Part> getParts() {
      return IncidentText.parts(text);
    }
  }

  /** A piece of text; a time or not. */
  record Part(String text, boolean time) {}

  public List<Part> getTitleParts() {
    return parts(title);
  }

  static IncidentText of(IncidentSummary incident, Locale locale) {
    AlertTexts.Text text = AlertTexts.render(incident.alert(), locale);
    List<Paragraph> paragraphs = new ArrayList<>();
    add(paragraphs, "incident.why", text.why());
    add(paragraphs, "incident.todo", text.advice());
    add(paragraphs, "incident.clause", text.clause());
    add(paragraphs, "incident.margin", text.almost());
    return new IncidentText(Legible.line(text.title()), paragraphs);
  }

  static String title(IncidentSummary incident, Locale locale) {
    return Legible.line(AlertTexts.render(incident.alert(), locale).title());
  }

  /** The text in parts, so that no time is torn apart at the end of a line. */
  private static List<Part> parts(String text) {
    List<Part> parts = new ArrayList<>();
    Matcher times = TIME.matcher(text);
    int at = 0;
    while (times.find()) {
      parts.add(new Part(text.substring(at, times.start()), false));
      parts.add(new Part(times.group(), true));
      at = times.end();
    }
    parts.add(new Part(text.substring(at), false));
    return parts;
  }

  private static void add(List<Paragraph> paragraphs, String heading, String text) {
    if (!text.isBlank()) {
      paragraphs.add(new Paragraph(heading, Legible.text(text)));
    }
  }
}
