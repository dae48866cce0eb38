// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql.postgres;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.sql.facts.StatementRefused;

/** The C library libpg_query, version 15-4: {@code pg_query.h}. */
@SuppressWarnings("restricted") // the launcher allows native access
final class PgQuery {

  private static final String LIBRARY = "libpg_query.so.1504.0";

  /** {@code PgQueryParseResult}: char *parse_tree, char *stderr_buffer, PgQueryError *error. */
  private static final MemoryLayout RESULT = MemoryLayout.structLayout(ADDRESS, ADDRESS, ADDRESS);

  private static final long ERROR_AT = 2 * ADDRESS.byteSize();

  /** {@code PgQueryError}: char *message, *funcname, *filename, int lineno, cursorpos, ... */
  private static final long CURSOR_AT = 3 * ADDRESS.byteSize() + JAVA_INT.byteSize();

  private final MethodHandle parse;
  private final MethodHandle free;

  private PgQuery(MethodHandle parse, MethodHandle free) {
    this.parse = parse;
    this.free = free;
  }

  /** The library, where it is installed. */
  static Optional<PgQuery> installed() {
    SymbolLookup library;
    try {
      library = SymbolLookup.libraryLookup(LIBRARY, Arena.global());
    } catch (IllegalArgumentException absent) {
      return Optional.empty();
    }
    Linker linker = Linker.nativeLinker();
    return Optional.of(
        new PgQuery(
            linker.downcallHandle(
                library.findOrThrow("pg_query_parse"), FunctionDescriptor.of(RESULT, ADDRESS)),
            linker.downcallHandle(
                library.findOrThrow("pg_query_free_parse_result"),
                FunctionDescriptor.ofVoid(RESULT))));
  }

  /**
   * The tree of the text as JSON in UTF-8.
   *
   * @throws StatementRefused {@code STATEMENT_UNREADABLE}, with a position in characters
   */
  byte[] parse(String sql) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text = arena.allocateFrom(sql, StandardCharsets.UTF_8);
      MemorySegment result = (MemorySegment) parse.invokeExact((SegmentAllocator) arena, text);
      try {
        MemorySegment error = result.get(ADDRESS, ERROR_AT);
        if (error.address() != 0) {
          int cursor = error.reinterpret(CURSOR_AT + JAVA_INT.byteSize()).get(JAVA_INT, CURSOR_AT);
          throw new StatementRefused(
              MaskingErrorCode.STATEMENT_UNREADABLE, "syntax error", position(sql, cursor));
        }
        return bytes(result.get(ADDRESS, 0));
      } finally {
        free.invokeExact(result);
      }
    } catch (StatementRefused refused) {
      throw refused;
    } catch (Throwable broken) {
      throw new IllegalStateException("libpg_query cannot be called", broken);
    }
  }

  private static byte[] bytes(MemorySegment text) {
    MemorySegment all = text.reinterpret(Long.MAX_VALUE);
    long end = 0;
    while (all.get(java.lang.foreign.ValueLayout.JAVA_BYTE, end) != 0) {
      end++;
    }
    return all.asSlice(0, end).toArray(java.lang.foreign.ValueLayout.JAVA_BYTE);
  }

  /** The library counts characters from 1; 0 is none. */
  private static int position(String sql, int cursor) {
    return cursor <= 0 || sql.codePointCount(0, sql.length()) < cursor - 1
        ? -1
        : sql.offsetByCodePoints(0, cursor - 1);
  }
}
