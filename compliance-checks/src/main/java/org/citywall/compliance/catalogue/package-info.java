// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Control catalogues as versioned data: what a framework asks, item by item, and which items of
 * several frameworks one piece of evidence speaks to.
 *
 * <p>The shape is that of an OSCAL catalogue: catalogue, groups, controls, and in each control its
 * items. A file is YAML with either {@code catalogue:} or {@code mapping:} as its first key; {@code
 * docs/reference/framework} has all keys. Files are read strictly: an unknown key, an id that
 * stands twice or a mapping to an item that is not there refuses the file, with its line.
 */
@NullMarked
package org.citywall.compliance.catalogue;

import org.jspecify.annotations.NullMarked;
