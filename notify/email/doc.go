// Package email sends notices by SMTP (RFC 5321).
//
// A message is composed once for each notice and language, down to the bytes
// on the wire; only the fields that differ from person to person are put in
// for each recipient. So every copy can be shown again later, byte for byte.
// The session is go-mail's; the bytes are ours, as encoding the same body
// again for each recipient is most of the work of sending.
package email
