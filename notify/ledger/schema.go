package ledger

import (
	"database/sql"
	"errors"
	"fmt"
)

// migrations are the steps from each schema to the next. They only go
// forward; a step that was released is never edited.
var migrations = [...]string{
	`CREATE TABLE meta (
		name  TEXT PRIMARY KEY,
		value BLOB NOT NULL
	) WITHOUT ROWID;

	CREATE TABLE notice (
		id      TEXT PRIMARY KEY,
		policy  TEXT NOT NULL,
		label   TEXT NOT NULL,
		created INTEGER NOT NULL -- milliseconds since 1970, as all times here
	) WITHOUT ROWID;

	-- What is sent, in each language, before the recipient's own fields go in.
	CREATE TABLE text (
		notice   TEXT NOT NULL REFERENCES notice(id),
		position INTEGER NOT NULL,
		lang     TEXT NOT NULL,
		sha256   BLOB NOT NULL,
		message  BLOB NOT NULL,
		PRIMARY KEY (notice, position)
	) WITHOUT ROWID;

	CREATE TABLE delivery (
		id        INTEGER PRIMARY KEY,
		notice    TEXT NOT NULL REFERENCES notice(id),
		recipient BLOB NOT NULL, -- keyed hash of the address
		email     TEXT NOT NULL,
		lang      TEXT NOT NULL,
		name      TEXT NOT NULL,
		line      INTEGER NOT NULL,
		state     TEXT NOT NULL CHECK (state IN ('due', 'in_doubt', 'accepted', 'refused', 'suppressed')),
		attempts  INTEGER NOT NULL DEFAULT 0,
		doubts    INTEGER NOT NULL DEFAULT 0,
		since     INTEGER NOT NULL DEFAULT 0, -- time of the first attempt
		retry     INTEGER,                    -- time of the next attempt; NULL for never
		reason    TEXT NOT NULL DEFAULT '',   -- of its state: the last reply
		UNIQUE (notice, recipient)
	);
	CREATE INDEX delivery_retry ON delivery (notice, retry) WHERE retry IS NOT NULL;

	CREATE TABLE attempt (
		seq        INTEGER PRIMARY KEY,
		notice     TEXT NOT NULL,
		recipient  BLOB NOT NULL,
		time       INTEGER NOT NULL,
		state      TEXT NOT NULL,
		stage      TEXT NOT NULL,
		code       INTEGER NOT NULL,
		enhanced   TEXT NOT NULL,
		reply      TEXT NOT NULL,
		message_id TEXT NOT NULL,
		sha256     TEXT NOT NULL,
		hash       BLOB NOT NULL -- over the hash before and the fields above
	);
	CREATE TRIGGER attempt_kept BEFORE UPDATE ON attempt BEGIN SELECT RAISE(ABORT, 'attempts are never changed'); END;
	CREATE TRIGGER attempt_stays BEFORE DELETE ON attempt BEGIN SELECT RAISE(ABORT, 'attempts are never removed'); END;

	CREATE TABLE suppression (
		recipient BLOB PRIMARY KEY,
		reason    TEXT NOT NULL,
		time      INTEGER NOT NULL
	) WITHOUT ROWID;`,
}

// applicationID marks an SQLite file as a ledger of ours ("cdcl").
const applicationID = 0x6364636c

// schema returns the schema of the file: 0 when it is new. It is an error when
// the file is not ours, or from a newer program.
func schema(db *sql.DB) (int, error) {
	var version, application, tables int
	err := db.QueryRow(`SELECT user_version, application_id, (SELECT count(*) FROM sqlite_schema)
		FROM pragma_user_version, pragma_application_id`).Scan(&version, &application, &tables)
	switch {
	case err != nil:
		return 0, err
	case application != applicationID && (application != 0 || version != 0 || tables != 0):
		return 0, errors.New("the file is an SQLite database of another program; name another file for the ledger")
	case version > len(migrations):
		return 0, fmt.Errorf("the ledger has schema %d and this program knows %d; use a newer codicil", version, len(migrations))
	}
	return version, nil
}

// migrate brings a file from the given schema to the newest.
func migrate(db *sql.DB, version int) error {
	for step := version; step < len(migrations); step++ {
		if err := upgrade(db, step); err != nil {
			return fmt.Errorf("bring the ledger from schema %d to %d: %w", step, step+1, err)
		}
	}
	return nil
}

// upgrade takes one step, whole or not at all.
func upgrade(db *sql.DB, step int) error {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback() // after Commit it does nothing
	script := fmt.Sprintf("%s; PRAGMA application_id = %d; PRAGMA user_version = %d", migrations[step], applicationID, step+1)
	if _, err := tx.Exec(script); err != nil {
		return err
	}
	return tx.Commit()
}
