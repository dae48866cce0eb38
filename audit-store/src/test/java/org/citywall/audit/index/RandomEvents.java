// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.index;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.Micros;
import org.citywall.audit.event.SourcePosition;
import org.citywall.audit.log.Entry;

/** Random entries over few values, so that random queries meet them. */
public final class RandomEvents {

  private static final List<String> KEYWORDS =
      List.of("zhang", "Zhang", "li", "z*", "张三", "zhang\\li", "li (a)", "AND", ">5", "李四a");
  private static final List<String> WORDS =
      List.of("failed", "Login", "user", "10", "登录", "失败", "数据局", "a");
  private static final List<String> ADDRESSES =
      List.of("10.0.0.1", "10.0.0.2", "192.168.1.1", "2001:db8::1", "2001:DB8:0:0:0:0:0:2", "::1");

  private RandomEvents() {}

  public static List<Entry> entries(RandomGenerator random, int count) {
    List<Entry> entries = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      entries.add(new Entry(kind(random), event(random, i)));
    }
    return entries;
  }

  static String keyword(RandomGenerator random) {
    return KEYWORDS.get(random.nextInt(KEYWORDS.size()));
  }

  /** Words with single spaces between them; Chinese ones sometimes run together. */
  static String text(RandomGenerator random, int words) {
    StringBuilder text = new StringBuilder(WORDS.get(random.nextInt(WORDS.size())));
    for (int i = random.nextInt(words); i > 0; i--) {
      boolean joined = random.nextBoolean() && text.charAt(text.length() - 1) > 0x4000;
      text.append(joined ? "" : " ").append(WORDS.get(random.nextInt(WORDS.size())));
    }
    return text.toString();
  }

  static String address(RandomGenerator random) {
    return ADDRESSES.get(random.nextInt(ADDRESSES.size()));
  }

  private static EntryKind kind(RandomGenerator random) {
    return List.of(EntryKind.EVENT, EntryKind.DECISION, EntryKind.TICK).get(random.nextInt(3));
  }

  private static Event event(RandomGenerator random, int number) {
    Event.Builder event =
        Event.builder(
            new SourcePosition("s", 0, number),
            Micros.toInstant(random.nextInt(-50, 50)),
            Micros.toInstant(random.nextInt(-50, 50)));
    if (random.nextBoolean()) {
      event.put(Field.USER_NAME, keyword(random));
    }
    if (random.nextBoolean()) {
      event.put(Field.MESSAGE, text(random, 6));
    }
    if (random.nextBoolean()) {
      event.put(Field.SOURCE_IP, random.nextInt(9) == 0 ? "unknown" : address(random));
    }
    if (random.nextBoolean()) {
      event.put(Field.TAGS, List.of(keyword(random), keyword(random)));
    }
    if (random.nextBoolean()) {
      event.put(Field.DB_ROWS_RETURNED, random.nextInt(12));
      event.put(Field.EVENT_START, (long) random.nextInt(-50, 50));
    }
    if (random.nextInt(4) == 0) {
      event.label("team", keyword(random)).label("单 位:\\", keyword(random));
    }
    if (random.nextInt(4) == 0) {
      event.put(Field.EVENT_ORIGINAL, original(random));
    }
    return event.build();
  }

  private static byte[] original(RandomGenerator random) {
    return random.nextInt(4) == 0
        ? new byte[] {(byte) 0xff, 0x41}
        : text(random, 4).getBytes(StandardCharsets.UTF_8);
  }
}
