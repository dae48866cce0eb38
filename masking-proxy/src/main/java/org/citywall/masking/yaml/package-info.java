// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Reads YAML 1.2 so that each value knows its line: who corrects a file of 17,000 columns has to
 * find the mistake. Strict: one document, no unknown key, no key twice, no anchors, no tags of its
 * own. Messages name keys and lines, and never a value that a key of another name could have put a
 * secret into.
 */
@NullMarked
package org.citywall.masking.yaml;

import org.jspecify.annotations.NullMarked;
