// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.secrets;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;

/**
 * The functions of a PKCS#11 library (Cryptoki, OASIS PKCS#11 2.40 and 3.0) that the JDK's provider
 * has no use for, since it knows no EdDSA. {@code CK_ULONG} is taken for 8 bytes and structures for
 * naturally aligned, as on 64-bit Unix. Thread-safe as far as the library is.
 */
@SuppressWarnings("restricted") // the launcher allows native access
final class Cryptoki {

  /** A function, and its place in {@code CK_FUNCTION_LIST}. */
  enum Function {
    INITIALIZE(0, ADDRESS),
    GET_SLOT_LIST(4, JAVA_BYTE, ADDRESS, ADDRESS),
    GET_TOKEN_INFO(6, JAVA_LONG, ADDRESS),
    OPEN_SESSION(12, JAVA_LONG, JAVA_LONG, ADDRESS, ADDRESS, ADDRESS),
    CLOSE_SESSION(13, JAVA_LONG),
    CLOSE_ALL_SESSIONS(14, JAVA_LONG),
    LOGIN(18, JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG),
    DESTROY_OBJECT(22, JAVA_LONG, JAVA_LONG),
    GET_ATTRIBUTE_VALUE(24, JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG),
    FIND_OBJECTS_INIT(26, JAVA_LONG, ADDRESS, JAVA_LONG),
    FIND_OBJECTS(27, JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS),
    FIND_OBJECTS_FINAL(28, JAVA_LONG),
    SIGN_INIT(42, JAVA_LONG, ADDRESS, JAVA_LONG),
    SIGN(43, JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS),
    GENERATE_KEY_PAIR(
        59, JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS);

    private final int index;
    private final FunctionDescriptor descriptor;

    Function(int index, MemoryLayout... arguments) {
      this.index = index;
      this.descriptor = FunctionDescriptor.of(JAVA_LONG, arguments);
    }
  }

  /** A function that did not return {@code CKR_OK}. */
  static final class Failure extends Exception {

    private static final long serialVersionUID = 1L;

    private final long returned;

    Failure(Function function, long returned) {
      super("C_" + function + " returned 0x" + HexFormat.of().toHexDigits(returned, 8));
      this.returned = returned;
    }

    /** The {@code CKR_} value. */
    long returned() {
      return returned;
    }
  }

  static final long OK = 0x0;
  static final long DEVICE_REMOVED = 0x32;
  static final long SESSION_CLOSED = 0xB0;
  static final long SESSION_HANDLE_INVALID = 0xB3;
  static final long USER_ALREADY_LOGGED_IN = 0x100;
  static final long USER_NOT_LOGGED_IN = 0x101;
  static final long CRYPTOKI_ALREADY_INITIALIZED = 0x191;

  private static final long OS_LOCKING_OK = 0x2;
  private static final int VERSION_AND_PADDING = 8;
  private static final int FUNCTIONS = 68;
  private static final long INITIALIZE_ARGUMENTS = 6 * JAVA_LONG.byteSize();

  /** A pointer to a table of pointers. */
  private static final AddressLayout TABLE =
      ADDRESS.withTargetLayout(
          MemoryLayout.sequenceLayout(
              VERSION_AND_PADDING + FUNCTIONS * ADDRESS.byteSize(), ValueLayout.JAVA_BYTE));

  private final Map<Function, MethodHandle> functions = new EnumMap<>(Function.class);

  private Cryptoki(MemorySegment table) {
    for (Function function : Function.values()) {
      MemorySegment address =
          table.get(ADDRESS, VERSION_AND_PADDING + function.index * ADDRESS.byteSize());
      functions.put(function, Linker.nativeLinker().downcallHandle(address, function.descriptor));
    }
  }

  /** Loads the library, for the rest of this process, and initializes it unless it is. */
  static Cryptoki load(Path library) {
    if (!JAVA_LONG.equals(Linker.nativeLinker().canonicalLayouts().get("long"))) {
      throw new PlatformException(
          AuditErrorCode.CRYPTO_MACHINE_UNAVAILABLE, "crypto machines need 64-bit Unix");
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment entry =
          SymbolLookup.libraryLookup(library, Arena.global())
              .find("C_GetFunctionList")
              .orElseThrow(() -> new IllegalArgumentException("no C_GetFunctionList"));
      MemorySegment pointer = arena.allocate(ADDRESS);
      long returned =
          (long)
              Linker.nativeLinker()
                  .downcallHandle(entry, FunctionDescriptor.of(JAVA_LONG, ADDRESS))
                  .invokeExact(pointer);
      if (returned != OK) {
        throw new IllegalArgumentException("C_GetFunctionList returned " + returned);
      }
      Cryptoki cryptoki = new Cryptoki(pointer.get(TABLE, 0));
      cryptoki.initialize(arena);
      return cryptoki;
    } catch (Throwable e) {
      throw new PlatformException(
          AuditErrorCode.CRYPTO_MACHINE_UNAVAILABLE, "library " + library, e);
    }
  }

  private void initialize(Arena arena) throws Failure {
    MemorySegment arguments = arena.allocate(INITIALIZE_ARGUMENTS, JAVA_LONG.byteAlignment());
    arguments.set(JAVA_LONG, 4 * JAVA_LONG.byteSize(), OS_LOCKING_OK);
    long returned = invoke(Function.INITIALIZE, arguments);
    if (returned != OK && returned != CRYPTOKI_ALREADY_INITIALIZED) {
      throw new Failure(Function.INITIALIZE, returned);
    }
  }

  /** Calls a function that must return {@code CKR_OK}. */
  void call(Function function, Object... arguments) throws Failure {
    long returned = invoke(function, arguments);
    if (returned != OK) {
      throw new Failure(function, returned);
    }
  }

  private long invoke(Function function, Object... arguments) {
    MethodHandle handle = functions.get(function);
    if (handle == null) {
      throw new IllegalStateException("not bound: " + function);
    }
    try {
      return (long) handle.invokeWithArguments(arguments);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
