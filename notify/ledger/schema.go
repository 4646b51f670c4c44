package ledger

import (
	"context"
	"fmt"
)

// migrations are the steps from each schema to the next, in the words of
// SQLite. They only go forward; a step that was released is never edited.
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

	CREATE TABLE suppression (
		recipient BLOB PRIMARY KEY,
		reason    TEXT NOT NULL,
		time      INTEGER NOT NULL
	) WITHOUT ROWID`,

	`-- What was announced: the class, and the text as git holds it.
	ALTER TABLE notice ADD COLUMN class TEXT NOT NULL DEFAULT 'service';
	ALTER TABLE notice ADD COLUMN revision TEXT NOT NULL DEFAULT '';
	ALTER TABLE notice ADD COLUMN path TEXT NOT NULL DEFAULT '';
	ALTER TABLE notice ADD COLUMN digest TEXT NOT NULL DEFAULT '';

	-- Who sends a delivery at the moment, and until when nobody else may.
	ALTER TABLE delivery ADD COLUMN lease_owner TEXT;
	ALTER TABLE delivery ADD COLUMN lease_until INTEGER;

	-- A person who unsubscribes does so from the notices of one policy.
	ALTER TABLE suppression RENAME TO suppression_1;
	CREATE TABLE suppression (
		recipient BLOB NOT NULL,
		scope     TEXT NOT NULL, -- a policy; empty for all mail
		reason    TEXT NOT NULL,
		time      INTEGER NOT NULL,
		PRIMARY KEY (recipient, scope)
	) WITHOUT ROWID;
	INSERT INTO suppression SELECT recipient, '', reason, time FROM suppression_1;
	DROP TABLE suppression_1`,

	`-- Who asked to be told, and confirmed it by a message to the address. Of
	-- somebody who left, the name alone stays: old links must not bring them back.
	CREATE TABLE follower (
		recipient BLOB PRIMARY KEY, -- keyed hash of the address
		email     TEXT NOT NULL,
		lang      TEXT NOT NULL,
		policies  TEXT NOT NULL, -- ids with a space on both sides; ' * ' for all
		confirmed INTEGER NOT NULL,
		left_at   INTEGER -- NULL while they follow
	) WITHOUT ROWID;

	-- What the operator's own server says a person has seen.
	CREATE TABLE acknowledgement (
		id      INTEGER PRIMARY KEY,
		subject BLOB NOT NULL, -- keyed hash of the operator's name for the person
		policy  TEXT NOT NULL,
		label   TEXT NOT NULL,
		digest  TEXT NOT NULL, -- of the text, in hex
		shown   TEXT NOT NULL, -- banner, popup, page
		time    INTEGER NOT NULL,
		UNIQUE (subject, policy, label)
	);

	-- What other systems are told, once each.
	CREATE TABLE event (
		id       TEXT NOT NULL, -- privacy@2.0 announced
		target   TEXT NOT NULL, -- where it goes
		body     BLOB NOT NULL,
		attempts INTEGER NOT NULL DEFAULT 0,
		retry    INTEGER, -- time of the next attempt; NULL for never
		state    TEXT NOT NULL,
		reason   TEXT NOT NULL DEFAULT '',
		PRIMARY KEY (id, target)
	) WITHOUT ROWID`,

	`-- When a follower last chose what to follow: older requests change nothing.
	ALTER TABLE follower ADD COLUMN changed INTEGER NOT NULL DEFAULT 0;

	-- What relays say came back, until the ledger that sent it takes it in.
	CREATE TABLE returned (
		id        INTEGER PRIMARY KEY,
		notice    TEXT NOT NULL, -- empty when the report does not say
		recipient BLOB NOT NULL,
		status    TEXT NOT NULL,
		reason    TEXT NOT NULL,
		time      INTEGER NOT NULL,
		UNIQUE (notice, recipient)
	)`,

	`-- A report says that the message came back: before the answer to it is on
	-- record, it waits in the table above.
	ALTER TABLE delivery ADD COLUMN returned INTEGER NOT NULL DEFAULT 0;
	UPDATE delivery SET returned = 1 WHERE state = 'refused'
		AND EXISTS (SELECT 1 FROM returned AS r WHERE r.notice = delivery.notice AND r.recipient = delivery.recipient)`,

	`-- What decides whom a notice goes to and what it says stands in the chain
	-- between the attempts: seq counts both.
	CREATE TABLE entry (
		seq       INTEGER PRIMARY KEY,
		kind      TEXT NOT NULL,
		notice    TEXT NOT NULL,
		recipient BLOB NOT NULL,
		state     TEXT NOT NULL, -- in which it left a delivery; empty when it is about none
		time      INTEGER NOT NULL,
		detail    TEXT NOT NULL, -- a JSON object
		hash      BLOB NOT NULL,
		previous  INTEGER NOT NULL -- record before, about the same delivery; 0 for none
	);
	ALTER TABLE attempt ADD COLUMN previous INTEGER NOT NULL DEFAULT 0;

	-- The last record about a delivery: what it says, and whether anybody has
	-- moved the delivery since it was read.
	ALTER TABLE delivery ADD COLUMN last INTEGER NOT NULL DEFAULT 0;
	UPDATE delivery SET last = w.seq FROM (SELECT notice, recipient, max(seq) AS seq FROM attempt GROUP BY notice, recipient) AS w
		WHERE w.notice = delivery.notice AND w.recipient = delivery.recipient;

	-- Erased on request: nobody finds out the address again by a list.
	ALTER TABLE delivery ADD COLUMN erased INTEGER NOT NULL DEFAULT 0;

	-- The few with whom something is wrong, and the few that are claimed.
	CREATE INDEX delivery_trouble ON delivery (notice, state) WHERE state <> 'accepted' AND reason <> '';
	CREATE INDEX delivery_claimed ON delivery (lease_owner) WHERE lease_owner IS NOT NULL;

	-- The numbers of a notice, so that nobody counts a million rows.
	ALTER TABLE notice ADD COLUMN due INTEGER NOT NULL DEFAULT 0;
	ALTER TABLE notice ADD COLUMN in_doubt INTEGER NOT NULL DEFAULT 0;
	ALTER TABLE notice ADD COLUMN accepted INTEGER NOT NULL DEFAULT 0;
	ALTER TABLE notice ADD COLUMN refused INTEGER NOT NULL DEFAULT 0;
	ALTER TABLE notice ADD COLUMN suppressed INTEGER NOT NULL DEFAULT 0;
	ALTER TABLE notice ADD COLUMN tries INTEGER NOT NULL DEFAULT 0;
	ALTER TABLE notice ADD COLUMN first_at INTEGER NOT NULL DEFAULT 0; -- times of attempts
	ALTER TABLE notice ADD COLUMN last_at INTEGER NOT NULL DEFAULT 0;
	ALTER TABLE notice ADD COLUMN forgotten INTEGER NOT NULL DEFAULT 0; -- no address is kept any more
	UPDATE notice SET
		due = (SELECT count(*) FROM delivery AS d WHERE d.notice = notice.id AND d.state = 'due'),
		in_doubt = (SELECT count(*) FROM delivery AS d WHERE d.notice = notice.id AND d.state = 'in_doubt'),
		accepted = (SELECT count(*) FROM delivery AS d WHERE d.notice = notice.id AND d.state = 'accepted'),
		refused = (SELECT count(*) FROM delivery AS d WHERE d.notice = notice.id AND d.state = 'refused'),
		suppressed = (SELECT count(*) FROM delivery AS d WHERE d.notice = notice.id AND d.state = 'suppressed'),
		tries = (SELECT count(*) FROM attempt AS a WHERE a.notice = notice.id),
		first_at = (SELECT coalesce(min(time), 0) FROM attempt AS a WHERE a.notice = notice.id),
		last_at = (SELECT coalesce(max(time), 0) FROM attempt AS a WHERE a.notice = notice.id);

	-- Somebody is due again whose address was forgotten: a list must name it.
	ALTER TABLE notice ADD COLUMN lacking INTEGER NOT NULL DEFAULT 0;

	-- What the list of recipients was, and what else is fixed with a notice.
	ALTER TABLE notice ADD COLUMN list TEXT NOT NULL DEFAULT ''; -- digest of the list, in hex
	ALTER TABLE notice ADD COLUMN late TEXT NOT NULL DEFAULT ''; -- why it is told after its day
	ALTER TABLE notice ADD COLUMN corrects TEXT NOT NULL DEFAULT ''; -- the notice that it puts right
	CREATE TABLE frozen (
		notice  TEXT NOT NULL REFERENCES notice(id),
		name    TEXT NOT NULL,
		content BLOB NOT NULL,
		PRIMARY KEY (notice, name)
	) WITHOUT ROWID;

	-- Where a suppression comes from.
	ALTER TABLE suppression ADD COLUMN source TEXT NOT NULL DEFAULT '';
	ALTER TABLE suppression ADD COLUMN notice TEXT NOT NULL DEFAULT '';
	UPDATE suppression SET source = CASE WHEN reason LIKE 'hard bounce%' THEN 'refusal' WHEN reason LIKE 'came back%' THEN 'bounce'
		WHEN reason = 'complaint' THEN 'complaint' WHEN reason = 'unsubscribed' THEN 'unsubscribe' ELSE 'operator' END`,

	`-- Letters that the server did not take yet, such as those that confirm.
	CREATE TABLE letter (
		id        INTEGER PRIMARY KEY,
		recipient BLOB NOT NULL, -- keyed hash of the address
		email     TEXT NOT NULL,
		lang      TEXT NOT NULL,
		body      BLOB NOT NULL,
		attempts  INTEGER NOT NULL DEFAULT 0,
		retry     INTEGER NOT NULL
	)`,

	`-- By whose clock a person is not to be woken: a name of the IANA database;
	-- empty for that of the publisher.
	ALTER TABLE delivery ADD COLUMN zone TEXT NOT NULL DEFAULT ''`,

	`-- The channel of the publisher's own by which a notice goes, empty for mail, and
	-- where it reaches a person; that goes when the address goes.
	ALTER TABLE notice ADD COLUMN channel TEXT NOT NULL DEFAULT '';
	ALTER TABLE delivery ADD COLUMN address TEXT NOT NULL DEFAULT '';

	-- Whether somebody declined a version is asked of the chain itself.
	CREATE INDEX entry_declined ON entry (notice, recipient) WHERE kind = 'decline'`,
}

// Attempts are kept as they are, against accidents as well as intent: each
// engine has its own way to say so.
var (
	sqliteTriggers = [len(migrations)]string{`
		CREATE TRIGGER attempt_kept BEFORE UPDATE ON attempt BEGIN SELECT RAISE(ABORT, 'attempts are never changed'); END;
		CREATE TRIGGER attempt_stays BEFORE DELETE ON attempt BEGIN SELECT RAISE(ABORT, 'attempts are never removed'); END`,
		5: `DROP TRIGGER attempt_kept;` + linkAttempts + `
		CREATE TRIGGER attempt_kept BEFORE UPDATE ON attempt BEGIN SELECT RAISE(ABORT, 'attempts are never changed'); END;
		CREATE TRIGGER entry_kept BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'entries are never changed'); END;
		CREATE TRIGGER entry_stays BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'entries are never removed'); END`}
	postgresTriggers = [len(migrations)]string{`
		CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'attempts are never changed or removed'; END $$;
		CREATE TRIGGER attempt_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON attempt EXECUTE FUNCTION keep()`,
		5: `DROP TRIGGER attempt_kept ON attempt;` + linkAttempts + `
		CREATE TRIGGER attempt_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON attempt EXECUTE FUNCTION keep();
		CREATE TRIGGER entry_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON entry EXECUTE FUNCTION keep()`}
)

// linkAttempts has each attempt name the one before about the same delivery.
const linkAttempts = `UPDATE attempt SET previous = w.before FROM (
	SELECT seq, lag(seq, 1, 0) OVER (PARTITION BY notice, recipient ORDER BY seq) AS before FROM attempt
	) AS w WHERE w.seq = attempt.seq AND w.before > 0;`

// schemaOfEntries is the first in which the chain holds more than attempts.
const schemaOfEntries = 6

// known refuses a ledger of a newer program.
func known(version int) error {
	if version > len(migrations) {
		return fmt.Errorf("the ledger has schema %d and this program knows %d; use a newer codicil", version, len(migrations))
	}
	return nil
}

// migrate brings a ledger to the newest schema, each step whole or not at all.
func (l *Ledger) migrate() error {
	for {
		done := false
		err := l.inTx(context.Background(), func(tx *tx) error {
			version, err := l.engine.schema(tx)
			if done = version == len(migrations); err != nil || done {
				return err
			}
			err = l.engine.upgrade(tx, version)
			if err == nil && version+1 == schemaOfEntries {
				err = tx.enterAll(context.Background())
			}
			if err != nil {
				return fmt.Errorf("bring the ledger from schema %d to %d: %w", version, version+1, err)
			}
			return nil
		})
		if err != nil || done {
			return err
		}
	}
}
