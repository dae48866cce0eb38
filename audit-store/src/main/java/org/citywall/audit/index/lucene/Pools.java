// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.index.lucene;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;

/** Lucene fields by name, handed out again after each {@link #reset}. */
final class Pools {

  /** Fields of one name; a document may need several. */
  private static final class Pool<F> {

    private final List<F> made = new ArrayList<>();
    private int used;

    F next(Supplier<F> maker) {
      if (used == made.size()) {
        made.add(maker.get());
      }
      return made.get(used++);
    }
  }

  /** What one huge event made is given up, so that it does not stay for ever. */
  private static final int MAX_KEPT = 256;

  private final Map<String, Pool<TermField>> terms = new HashMap<>();
  private final Map<String, Pool<NumberField>> numbers = new HashMap<>();
  private final Map<String, Pool<Field>> words = new HashMap<>();

  TermField term(String name, FieldType type) {
    return terms
        .computeIfAbsent(name, absent -> new Pool<>())
        .next(() -> new TermField(name, type));
  }

  NumberField number(String name) {
    return numbers
        .computeIfAbsent(name, absent -> new Pool<>())
        .next(() -> new NumberField(name, Schema.NUMBER));
  }

  Field words(String name) {
    return words
        .computeIfAbsent(name, absent -> new Pool<>())
        .next(() -> new Field(name, "", Schema.WORDS));
  }

  /** Everything handed out may be handed out again. */
  void reset() {
    reset(terms.values());
    reset(numbers.values());
    reset(words.values());
  }

  private static <F> void reset(Collection<Pool<F>> pools) {
    for (Pool<F> pool : pools) {
      pool.used = 0;
      if (pool.made.size() > MAX_KEPT) {
        pool.made.clear();
      }
    }
  }
}
