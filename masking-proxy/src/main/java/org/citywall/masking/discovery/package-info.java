// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Finds what the catalogue and a live database do not agree about (有数据无目录, 有目录无数据), and proposes
 * how to grade columns that nobody has graded yet. Reads metadata and, only where that is asked
 * for, samples, which never leave memory. Changes neither database nor catalogue.
 */
@NullMarked
package org.citywall.masking.discovery;

import org.jspecify.annotations.NullMarked;
