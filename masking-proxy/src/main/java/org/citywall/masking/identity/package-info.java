// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Who is behind the statements of an application that logs in with one account of its own.
 *
 * <p>A <b>token</b> names the person and is signed by the application. Its text is base64url
 * without padding (RFC 4648, section 5) of these bytes, numbers big-endian:
 *
 * <pre>
 * offset  bytes  what
 * 0       1      version, 1
 * 1       1      what it is bound to: 0 nothing, 1 a session, 2 a statement
 * 2       8      when it was issued, milliseconds since 1970-01-01T00:00Z
 * 10      1 + n  application: length in bytes, then UTF-8
 *         1 + n  id of the key
 *         1 + n  person
 *         1 + n  department, empty for none stated
 *         1 + n  purpose, likewise
 *         1 + n  ticket, likewise
 *         64     Ed25519 signature (RFC 8032)
 * </pre>
 *
 * <p>Signed are, one behind the other: the 18 bytes {@code citywall-identity\0}, everything before
 * the signature, and what the token is bound to, which the token itself does not hold: nothing, the
 * session's id in ASCII as {@code SHOW citywall.session} tells it, or the statement in UTF-8.
 *
 * <p>A token comes in the setting {@code citywall.identity}, bound to nothing or to the session, or
 * in a comment behind a statement, bound to this statement: the text before the comment, without
 * white space at its end. The comment has the form of sqlcommenter: {@code /*key='value',..&#42;/},
 * values URL-encoded, and the key {@code citywall}. It is the last thing in the text but for white
 * space and semicolons. What is inside of strings, dollar quotes, other comments or line comments
 * is no such comment; a second one, or one at another place, is refused.
 */
@NullMarked
package org.citywall.masking.identity;

import org.jspecify.annotations.NullMarked;
