// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Frameworks that officers write in the console: copies of those that come with the platform, or
 * files that are taken in.
 *
 * <p>A draft is a catalogue that reads like any file; it is edited step by step and published by an
 * officer who did not edit it. What is published is a version that never changes; rounds can be
 * begun with it, and it goes out as the file that the command line reads. Every act is one change
 * of state with its entry in the evidence log ({@code compliance-framework-...}).
 */
@NullMarked
package org.citywall.console.framework;

import org.jspecify.annotations.NullMarked;
