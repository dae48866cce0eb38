// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.secrets;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.secrets.Cryptoki.Failure;
import org.citywall.audit.secrets.Cryptoki.Function;

/**
 * A session with a token of a PKCS#11 library, logged in as its user, and opened once more where it
 * was lost. Thread-safe: one piece of work at a time.
 */
final class CryptokiSession implements AutoCloseable {

  private static final int LABEL_BYTES = 32;
  private static final int TOKEN_INFO_BYTES = 256;
  private static final long MAX_SLOTS = 64;
  private static final long SERIAL_SESSION = 0x4;
  private static final long RW_SESSION = 0x2;
  private static final long USER = 1;

  /** After these nothing was done, and a new session may do it. */
  private static final Set<Long> LOST =
      Set.of(
          Cryptoki.DEVICE_REMOVED,
          Cryptoki.SESSION_CLOSED,
          Cryptoki.SESSION_HANDLE_INVALID,
          Cryptoki.USER_NOT_LOGGED_IN);

  /** What is done in the session. */
  @FunctionalInterface
  interface Work<T> {
    T in(Calls calls) throws Failure;
  }

  private final Cryptoki cryptoki;
  private final long slot;
  private final Sensitive<char[]> pin;
  private long session;

  private CryptokiSession(Cryptoki cryptoki, long slot, Sensitive<char[]> pin) throws Failure {
    this.cryptoki = cryptoki;
    this.slot = slot;
    this.pin = pin;
    open();
  }

  /** Opens the token of this label; {@code AUD-0047} where there is none or the PIN is wrong. */
  static CryptokiSession open(Cryptoki cryptoki, String tokenLabel, Sensitive<char[]> pin) {
    try {
      return new CryptokiSession(cryptoki, slotOf(cryptoki, tokenLabel), pin);
    } catch (Failure e) {
      throw unavailable("token " + tokenLabel, e);
    }
  }

  private static long slotOf(Cryptoki cryptoki, String tokenLabel) throws Failure {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment count = arena.allocate(JAVA_LONG);
      count.set(JAVA_LONG, 0, MAX_SLOTS);
      MemorySegment slots = arena.allocate(JAVA_LONG, MAX_SLOTS);
      cryptoki.call(Function.GET_SLOT_LIST, (byte) 1, slots, count);
      for (long i = 0; i < count.get(JAVA_LONG, 0); i++) {
        long slot = slots.getAtIndex(JAVA_LONG, i);
        MemorySegment info = arena.allocate(TOKEN_INFO_BYTES, JAVA_LONG.byteAlignment());
        cryptoki.call(Function.GET_TOKEN_INFO, slot, info);
        byte[] label = info.asSlice(0, LABEL_BYTES).toArray(JAVA_BYTE);
        if (new String(label, StandardCharsets.UTF_8).strip().equals(tokenLabel)) {
          return slot;
        }
      }
    }
    throw new PlatformException(
        AuditErrorCode.CRYPTO_MACHINE_UNAVAILABLE, "no token is called " + tokenLabel);
  }

  /** Number of the slot, which another start may change. */
  long slot() {
    return slot;
  }

  private void open() throws Failure {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment opened = arena.allocate(JAVA_LONG);
      MemorySegment none = MemorySegment.NULL;
      cryptoki.call(Function.OPEN_SESSION, slot, SERIAL_SESSION | RW_SESSION, none, none, opened);
      session = opened.get(JAVA_LONG, 0);
      logIn(arena);
    }
  }

  private void logIn(Arena arena) throws Failure {
    byte[] secret = new String(pin.reveal()).getBytes(StandardCharsets.UTF_8);
    MemorySegment given = arena.allocateFrom(JAVA_BYTE, secret);
    try {
      cryptoki.call(Function.LOGIN, session, USER, given, (long) secret.length);
    } catch (Failure e) {
      if (e.returned() != Cryptoki.USER_ALREADY_LOGGED_IN) {
        throw e;
      }
    } finally {
      given.fill((byte) 0);
      Arrays.fill(secret, (byte) 0);
    }
  }

  /** Does the work; {@code AUD-0047} where the token does not let us. */
  synchronized <T> T work(String what, Work<T> work) {
    try {
      try {
        return once(work);
      } catch (Failure e) {
        if (!LOST.contains(e.returned())) {
          throw e;
        }
        open();
        return once(work);
      }
    } catch (Failure e) {
      throw unavailable(what, e);
    }
  }

  private <T> T once(Work<T> work) throws Failure {
    try (Arena arena = Arena.ofConfined()) {
      return work.in(new Calls(cryptoki, session, arena));
    }
  }

  private static PlatformException unavailable(String what, Failure cause) {
    return new PlatformException(
        AuditErrorCode.CRYPTO_MACHINE_UNAVAILABLE, what + ": " + cause.getMessage(), cause);
  }

  /** Ends this session. The token stays logged in for others of this process. */
  @Override
  public synchronized void close() {
    try {
      cryptoki.call(Function.CLOSE_SESSION, session);
    } catch (Failure e) {
      session = 0; // it was lost already
    }
  }

  /** Calls in one session, with memory that lasts as long as the work. */
  record Calls(Cryptoki cryptoki, long session, Arena arena) {

    private static final long MAX_VALUE = 256;
    private static final int BATCH = 16;

    /** Calls a function whose first argument is the session. */
    void call(Function function, Object... arguments) throws Failure {
      Object[] all = new Object[arguments.length + 1];
      all[0] = session;
      System.arraycopy(arguments, 0, all, 1, arguments.length);
      cryptoki.call(function, all);
    }

    /** Handles of the objects that have these attributes. */
    List<Long> find(CryptokiAttributes wanted) throws Failure {
      call(Function.FIND_OBJECTS_INIT, wanted.in(arena), wanted.count());
      try {
        List<Long> found = new ArrayList<>();
        MemorySegment batch = arena.allocate(JAVA_LONG, BATCH);
        MemorySegment count = arena.allocate(JAVA_LONG);
        do {
          call(Function.FIND_OBJECTS, batch, (long) BATCH, count);
          for (long i = 0; i < count.get(JAVA_LONG, 0); i++) {
            found.add(batch.getAtIndex(JAVA_LONG, i));
          }
        } while (count.get(JAVA_LONG, 0) == BATCH);
        return found;
      } finally {
        call(Function.FIND_OBJECTS_FINAL);
      }
    }

    /** Value of an attribute of at most 256 bytes. */
    byte[] attribute(long object, long type) throws Failure {
      MemorySegment value = arena.allocate(MAX_VALUE);
      MemorySegment attribute = CryptokiAttributes.room(type, value, arena);
      call(Function.GET_ATTRIBUTE_VALUE, object, attribute, 1L);
      return value.asSlice(0, CryptokiAttributes.length(attribute)).toArray(JAVA_BYTE);
    }

    /** {@code CK_MECHANISM} without a parameter. */
    MemorySegment mechanism(long type) {
      MemorySegment mechanism =
          arena.allocate(2 * JAVA_LONG.byteSize() + ADDRESS.byteSize(), JAVA_LONG.byteAlignment());
      mechanism.set(JAVA_LONG, 0, type);
      return mechanism;
    }
  }
}
