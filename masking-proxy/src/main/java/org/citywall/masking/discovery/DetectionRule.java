// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.discovery;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.citywall.masking.identifier.IdentifierKind;
import org.citywall.masking.mask.ColumnType;
import org.jspecify.annotations.Nullable;

/**
 * What tells a category.
 *
 * @param level in the four levels of {@code zhejiang-4}
 * @param names words of names, each a list of words one behind the other
 * @param terms pieces of Chinese names and comments
 * @param not words that say that it is not the thing itself
 * @param overrides words of {@code about} that say nothing here
 * @param types what it can be; empty for anything
 * @param length least number of characters that a text column has room for
 * @param checks kinds of identifiers, one of which each value is
 * @param values of whole values; null where nothing can be said
 */
record DetectionRule(
    String category,
    int level,
    List<List<String>> names,
    List<String> terms,
    Set<String> not,
    Set<String> overrides,
    Set<ColumnType.Kind> types,
    int length,
    List<IdentifierKind> checks,
    @Nullable Pattern values) {

  boolean fits(ColumnType type) {
    boolean room = type.kind() != ColumnType.Kind.TEXT || type.room() >= length;
    return (types.isEmpty() || types.contains(type.kind())) && room;
  }

  /** Whether values say something about this category. */
  boolean knowsValues() {
    return !checks.isEmpty() || values != null;
  }

  boolean isChecked(String value) {
    return checks.stream().anyMatch(kind -> kind.matches(value));
  }

  boolean looksSo(String value) {
    return isChecked(value) || values != null && values.matcher(value).matches();
  }
}
