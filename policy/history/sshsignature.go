package history

import (
	"bytes"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/crypto/ssh"
)

// sshBlob is a signature as OpenSSH's PROTOCOL.sshsig lays it out, after its
// magic and version.
type sshBlob struct {
	Version   uint32
	PublicKey string
	Namespace string
	Reserved  string
	HashName  string
	Signature string
}

// sshSigned is what the key signed, after the magic.
type sshSigned struct {
	Namespace string
	Reserved  string
	HashName  string
	Hash      string
}

const sshMagic = "SSHSIG"

// sshSigner finds the signer whose SSH key made a signature.
func sshSigner(payload []byte, armour string, signers []Signer) (string, error) {
	blob, err := readSSH(armour)
	if err != nil {
		return "", err
	}
	key, err := ssh.ParsePublicKey([]byte(blob.PublicKey))
	if err != nil {
		return "", fmt.Errorf("read the key of the SSH signature: %w", err)
	}
	if err := blob.check(key, payload); err != nil {
		return "", err
	}
	for _, signer := range signers {
		known, _, _, _, err := ssh.ParseAuthorizedKey([]byte(signer.Key))
		if err == nil && bytes.Equal(known.Marshal(), key.Marshal()) {
			return signer.Email, nil
		}
	}
	return "", fmt.Errorf("no signer has the key %s", ssh.FingerprintSHA256(key))
}

// readSSH takes the armour off a signature.
func readSSH(armour string) (*sshBlob, error) {
	body := strings.TrimSpace(armour)
	body = strings.TrimPrefix(body, "-----BEGIN SSH SIGNATURE-----")
	body, closed := strings.CutSuffix(body, "-----END SSH SIGNATURE-----")
	raw, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(body), ""))
	rest, marked := bytes.CutPrefix(raw, []byte(sshMagic))
	if err != nil || !closed || !marked {
		return nil, errors.New("the SSH signature is malformed")
	}
	var blob sshBlob
	if err := ssh.Unmarshal(rest, &blob); err != nil {
		return nil, fmt.Errorf("the SSH signature is malformed: %w", err)
	}
	if blob.Version != 1 || blob.Namespace != "git" {
		return nil, fmt.Errorf("the SSH signature is of version %d for %q, not of version 1 for git", blob.Version, blob.Namespace)
	}
	return &blob, nil
}

// check verifies that the key signed the payload.
func (b *sshBlob) check(key ssh.PublicKey, payload []byte) error {
	var hash []byte
	switch b.HashName {
	case "sha256":
		sum := sha256.Sum256(payload)
		hash = sum[:]
	case "sha512":
		sum := sha512.Sum512(payload)
		hash = sum[:]
	default:
		return fmt.Errorf("the SSH signature uses the hash %q", b.HashName)
	}
	var signature ssh.Signature
	if err := ssh.Unmarshal([]byte(b.Signature), &signature); err != nil {
		return fmt.Errorf("the SSH signature is malformed: %w", err)
	}
	if signature.Format == ssh.KeyAlgoRSA { // SHA-1, which PROTOCOL.sshsig forbids
		return errors.New("the SSH signature uses SHA-1")
	}
	signed := append([]byte(sshMagic), ssh.Marshal(sshSigned{b.Namespace, b.Reserved, b.HashName, string(hash)})...)
	if err := key.Verify(signed, &signature); err != nil {
		return fmt.Errorf("the SSH signature does not fit the commit: %w", err)
	}
	return nil
}
