// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.citywall.audit.ErrorCode;

/** Finds the error codes on the class path. */
public final class ErrorCodes {

  private static final Pattern ID = Pattern.compile("[A-Z]{3}-\\d{4}");

  private ErrorCodes() {}

  /** All error codes of all modules on the class path, by id. */
  public static List<ErrorCode> onClassPath() {
    return in(
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.citywall"));
  }

  /** The error codes of these classes by id; fails when an id is malformed or used twice. */
  static List<ErrorCode> in(JavaClasses classes) {
    List<ErrorCode> codes =
        classes.stream()
            .filter(type -> type.isAssignableTo(ErrorCode.class) && type.reflect().isEnum())
            .flatMap(ErrorCodes::constants)
            .sorted(Comparator.comparing(ErrorCode::id))
            .toList();
    assertThat(codes)
        .extracting(ErrorCode::id)
        .doesNotHaveDuplicates()
        .allMatch(ID.asMatchPredicate());
    return codes;
  }

  private static Stream<ErrorCode> constants(JavaClass type) {
    return Stream.of(type.reflect().getEnumConstants()).map(ErrorCode.class::cast);
  }
}
