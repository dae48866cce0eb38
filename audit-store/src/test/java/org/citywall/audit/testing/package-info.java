// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/**
 * What tests of every module share: seeded random tests, golden files, a settable clock and the
 * rules of the house. Published as the test-jar of this module.
 */
@NullMarked
package org.citywall.audit.testing;

import org.jspecify.annotations.NullMarked;
