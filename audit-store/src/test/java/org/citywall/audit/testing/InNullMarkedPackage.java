// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.testing;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

/** Asks for a {@code package-info} with {@link NullMarked} beside each class. */
final class InNullMarkedPackage extends ArchCondition<JavaClass> {

  InNullMarkedPackage() {
    super("be in a package marked with @NullMarked");
  }

  @Override
  public void check(JavaClass type, ConditionEvents events) {
    if (type.getPackage().tryGetAnnotationOfType(NullMarked.class).isEmpty()) {
      String message = type.getPackageName() + " of " + type.getSimpleName() + " is not marked";
      events.add(SimpleConditionEvent.violated(type, message));
    }
  }
}
