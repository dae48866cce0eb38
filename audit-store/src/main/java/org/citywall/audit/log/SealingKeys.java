// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.io.IOException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.event.Event;
import org.citywall.audit.retention.Payloads;
import org.citywall.audit.secrets.KeyWrapper;

/**
 * The data keys under which this writer seals, one for each subject group and month of receipt,
 * drawn when the first payload needs it. Keys of earlier writers are never used again (see {@link
 * DataKey}). Safe for use by several threads.
 */
final class SealingKeys implements AutoCloseable {

  private static final long MICROS_PER_DAY = 86_400_000_000L;

  /** A key and how many payloads it has sealed. */
  record Current(int number, PayloadCipher cipher, DataKey key, AtomicLong sealed) {

    /** A number that was never given before for this key. */
    long nextCounter() {
      return sealed.getAndIncrement();
    }
  }

  private record Scope(String group, int year, int monthOfYear) {

    YearMonth month() {
      return YearMonth.of(year, monthOfYear);
    }

    Scope rest() {
      return new Scope(SubjectGroups.REST, year, monthOfYear);
    }
  }

  private final KeyRing ring;
  private final KeyWrapper wrapper;
  private final OpenedKeys opened;
  private final PayloadCipher cipher;
  private final SubjectGroups groups;
  private final RandomGenerator random;
  private final Map<Scope, Current> current = new ConcurrentHashMap<>();
  private final Map<YearMonth, Set<String>> labels = new HashMap<>();
  private boolean closed;

  SealingKeys(
      KeyRing ring,
      KeyWrapper wrapper,
      OpenedKeys opened,
      LogOptions options,
      RandomGenerator random) {
    this.ring = ring;
    this.wrapper = wrapper;
    this.opened = opened;
    this.cipher = options.cipher();
    this.groups = options.groups();
    this.random = random;
  }

  /** The key for this event's payload; it is durable in the ring. */
  Current forEvent(Event event) {
    LocalDate day = LocalDate.ofEpochDay(Math.floorDiv(event.receivedMicros(), MICROS_PER_DAY));
    Scope scope = new Scope(groups.groupOf(event), day.getYear(), day.getMonthValue());
    Current key = current.get(scope);
    return key == null ? draw(scope) : key;
  }

  private synchronized Current draw(Scope wanted) {
    if (closed) {
      throw new PlatformException(AuditErrorCode.LOG_CLOSED, "the log is closed");
    }
    Set<String> known = labels.computeIfAbsent(wanted.month(), this::labelsInRing);
    boolean own =
        known.contains(wanted.group())
            || known.size() < SubjectGroups.MAX_GROUPS
                && wanted.group().length() <= SubjectGroups.MAX_LABEL;
    Scope scope = own ? wanted : wanted.rest();
    Current key = current.get(scope);
    if (key == null) {
      key = draw(scope.group(), scope.month());
      current.put(scope, key);
      known.add(scope.group());
    }
    return key;
  }

  private Set<String> labelsInRing(YearMonth month) {
    Set<String> found = new HashSet<>();
    for (RingKey key : ring.keys()) {
      if (key.month().equals(month)) {
        found.add(key.group());
      }
    }
    return found;
  }

  private Current draw(String group, YearMonth month) {
    byte[] material = new byte[cipher.keyBytes()];
    random.nextBytes(material);
    byte[] wrapped = wrapper.wrap(material);
    int number = ring.nextNumber();
    try {
      ring.add(cipher, group, month, wrapped);
    } catch (IOException e) {
      throw new PlatformException(AuditErrorCode.LOG_WRITE_FAILED, "data key not stored", e);
    }
    DataKey key = cipher.key(material);
    opened.learn(number, key);
    return new Current(number, cipher, key, new AtomicLong());
  }

  /** Numbers of the keys that seal these payloads. */
  synchronized Set<Integer> keysOf(Payloads payloads) {
    return ring.keys().stream()
        .filter(key -> key.month().equals(payloads.month()) && key.group().equals(payloads.group()))
        .filter(key -> key.state() instanceof RingKey.Wrapped)
        .map(RingKey::number)
        .collect(Collectors.toSet());
  }

  /** Destroys these keys, by the entry at this leaf. Nothing may be sealed meanwhile. */
  synchronized void destroy(Set<Integer> numbers, long leaf) {
    current.values().removeIf(key -> numbers.contains(key.number()));
    try {
      ring.destroy(numbers, leaf);
    } catch (IOException e) {
      throw new PlatformException(AuditErrorCode.LOG_WRITE_FAILED, "data keys not destroyed", e);
    } finally {
      opened.forget();
    }
  }

  /** Which payloads the key of this number seals; empty where it is none of the ring's. */
  synchronized Optional<Payloads> payloadsOf(int number) {
    return ring.keys().stream()
        .filter(key -> key.number() == number)
        .map(key -> new Payloads(key.group(), key.month()))
        .findFirst();
  }

  /** What the keys seal that are not destroyed, by their numbers. */
  synchronized Map<Integer, Payloads> sealed() {
    return ring.keys().stream()
        .filter(key -> key.state() instanceof RingKey.Wrapped)
        .collect(Collectors.toMap(RingKey::number, key -> new Payloads(key.group(), key.month())));
  }

  /** Wraps every key again by the newest version of what wraps them; answers how many. */
  synchronized int wrapAgain() {
    try {
      ring.wrapAgain(wrapper::rewrap);
      return (int)
          ring.keys().stream().filter(key -> key.state() instanceof RingKey.Wrapped).count();
    } catch (IOException e) {
      throw new PlatformException(AuditErrorCode.LOG_WRITE_FAILED, "data keys not wrapped", e);
    } finally {
      opened.forget();
    }
  }

  @Override
  public synchronized void close() throws IOException {
    closed = true;
    ring.close();
  }
}
