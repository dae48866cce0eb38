// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.demo;

import java.time.Instant;

/**
 * The truth about a planted story.
 *
 * @param actor account, or the source for {@link StoryKind#SILENT_SOURCE}
 * @param from time of its first event
 * @param until no event of it is later
 */
public record Story(StoryKind kind, String actor, Instant from, Instant until) {}
