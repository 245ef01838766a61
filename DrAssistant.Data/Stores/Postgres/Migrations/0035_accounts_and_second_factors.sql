-- Links with which people set their own passwords, second factors, and the time between password and code.

-- No admin ever knows a password: they hand over a link, once, for 72 hours. Only its SHA-256 is kept.
CREATE TABLE account_links (
    id         uuid PRIMARY KEY,
    user_id    uuid        NOT NULL REFERENCES users (id),
    key_hash   bytea       NOT NULL UNIQUE,
    created_at timestamptz NOT NULL DEFAULT now(),
    created_by uuid REFERENCES users (id),
    expires_at timestamptz NOT NULL,
    used_at    timestamptz,
    revoked_at timestamptz,
    CONSTRAINT valid_link_key CHECK (octet_length(key_hash) = 32),
    CONSTRAINT valid_link_end CHECK (expires_at > created_at)
);
-- A new link takes the place of the one before.
CREATE UNIQUE INDEX one_open_link_a_person ON account_links (user_id) WHERE used_at IS NULL AND revoked_at IS NULL;

-- One row a person who has, or had, a second factor. Without a secret there is none.
CREATE TABLE second_factors (
    user_id        uuid PRIMARY KEY REFERENCES users (id),
    secret         bytea,
    confirmed_at   timestamptz,
    -- The last step of 30 seconds whose code was used: no code is used twice, on whichever portal (RFC 6238, 5.2).
    last_step      bigint      NOT NULL DEFAULT 0,
    recovery_codes bytea[]     NOT NULL DEFAULT '{}',
    changed_at     timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT factor_is_whole CHECK ((secret IS NULL) = (confirmed_at IS NULL)),
    CONSTRAINT few_recovery_codes CHECK (cardinality(recovery_codes) <= 10)
);

-- Between the right password and the code nobody is signed in yet: the browser holds a secret for a few minutes.
CREATE TABLE sign_in_tickets (
    id         uuid PRIMARY KEY,
    user_id    uuid        NOT NULL REFERENCES users (id),
    key_hash   bytea       NOT NULL UNIQUE,
    expires_at timestamptz NOT NULL,
    used_at    timestamptz,
    -- The secret that is offered to somebody who needs a second factor and has none.
    offered    bytea,
    CONSTRAINT valid_ticket_key CHECK (octet_length(key_hash) = 32)
);
CREATE INDEX idx_sign_in_tickets_user ON sign_in_tickets (user_id);

GRANT SELECT, INSERT, UPDATE ON account_links, second_factors, sign_in_tickets TO clinic_app, clinic_worker;
