// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;

/**
 * What the log says about a destruction, in an entry of kind RETENTION whose payload stays in the
 * open. The text is {@code event.original} (see the package documentation).
 *
 * @param keys numbers of the data keys that are destroyed
 */
public record DestructionStatement(Destruction order, List<Integer> keys) {

  /** {@code event.action} of the entry. */
  public static final String ACTION = "payloads-destroyed";

  private static final String HEADER = "citywall-log-destruction/1";

  public DestructionStatement {
    keys = List.copyOf(keys);
  }

  Entry entry(String origin, Instant now, long sequence) {
    Event event =
        LogEvents.builder(origin, now, sequence)
            .put(Field.EVENT_ACTION, ACTION)
            .put(Field.EVENT_REASON, order.basis())
            .put(Field.EVENT_ORIGINAL, text().getBytes(StandardCharsets.UTF_8))
            .build();
    return new Entry(EntryKind.RETENTION, event);
  }

  private String text() {
    StringBuilder text = new StringBuilder(HEADER);
    text.append("\ngroup ").append(order.group());
    text.append("\nmonth ").append(order.month());
    keys.forEach(key -> text.append("\nkey ").append(key));
    order.approvers().forEach(name -> text.append("\napproved-by ").append(name));
    return text.append("\nbasis ").append(order.basis()).append('\n').toString();
  }

  /** The statement that the entry makes; empty where it makes none. */
  public static Optional<DestructionStatement> of(EntryKind kind, Event event) {
    byte[] original = event.bytes(Field.EVENT_ORIGINAL);
    if (kind != EntryKind.RETENTION
        || original == null
        || !ACTION.equals(event.text(Field.EVENT_ACTION))) {
      return Optional.empty();
    }
    String text = new String(original, StandardCharsets.UTF_8);
    try {
      return Optional.of(parse(text)).filter(statement -> statement.text().equals(text));
    } catch (DateTimeException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static DestructionStatement parse(String text) {
    String group = "";
    YearMonth month = YearMonth.of(0, 1);
    String basis = "";
    List<Integer> keys = new ArrayList<>();
    List<String> approvers = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      int gap = line.indexOf(' ');
      String value = line.substring(gap + 1);
      switch (gap < 0 ? "" : line.substring(0, gap)) {
        case "group" -> group = value;
        case "month" -> month = YearMonth.parse(value);
        case "key" -> keys.add(Integer.parseInt(value));
        case "approved-by" -> approvers.add(value);
        case "basis" -> basis = value;
        default -> {
          // The comparison with the text as we write it finds what does not belong there.
        }
      }
    }
    return new DestructionStatement(new Destruction(group, month, approvers, basis), keys);
  }
}
