-- The audit trail (after IHE BALP: who, what, whose, when, from where, why) and the outbox.

CREATE TABLE audit_events (
    id            uuid PRIMARY KEY,
    at            timestamptz  NOT NULL DEFAULT now(),
    actor_id      uuid,
    actor_role    varchar(20),
    session_id    uuid,
    action        char(1)      NOT NULL,
    event         varchar(60)  NOT NULL,
    severity      varchar(10)  NOT NULL DEFAULT 'low',
    outcome       varchar(10)  NOT NULL DEFAULT 'done',
    patient_id    uuid,
    patient_ids   uuid[],
    resource_type varchar(40),
    resource_id   uuid,
    fields        text[],
    old_values    bytea,
    new_values    bytea,
    reason        varchar(500),
    ip_address    inet,
    user_agent    varchar(400),
    trace_id      varchar(64),
    CONSTRAINT valid_action CHECK (action IN ('C', 'R', 'U', 'D', 'E')),
    CONSTRAINT valid_outcome CHECK (outcome IN ('done', 'refused', 'failed')),
    CONSTRAINT valid_audit_severity CHECK (severity IN ('low', 'medium', 'high', 'critical'))
);
COMMENT ON COLUMN audit_events.patient_ids IS 'the patients shown by a query that shows more than one';
COMMENT ON COLUMN audit_events.old_values IS 'encrypted JSON of the fields before the change';
CREATE INDEX idx_audit_at ON audit_events (at);
CREATE INDEX idx_audit_actor ON audit_events (actor_id, at);
CREATE INDEX idx_audit_patient ON audit_events (patient_id, at) WHERE patient_id IS NOT NULL;

CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON audit_events
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_not_truncated BEFORE TRUNCATE ON audit_events
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

ALTER TABLE audit_events ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_events FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT ON audit_events TO clinic_app, clinic_worker;

-- Nobody can write an event in another person's name; a failed sign-in has no actor.
CREATE POLICY audit_write ON audit_events FOR INSERT TO clinic_app
    WITH CHECK (actor_id IS NOT DISTINCT FROM (SELECT clinic_user()));
CREATE POLICY audit_read ON audit_events FOR SELECT TO clinic_app
    USING ((SELECT clinic_role()) = 'admin');
CREATE POLICY audit_worker ON audit_events TO clinic_worker USING (true) WITH CHECK (true);
CREATE POLICY audit_owner ON audit_events TO clinic_owner USING (true) WITH CHECK (true);

-- One row an event, in the transaction of the change. Ids only, never a name or a finding.
CREATE TABLE outbox_messages (
    id           uuid PRIMARY KEY,
    kind         varchar(60) NOT NULL,
    subject_id   uuid,
    patient_id   uuid,
    payload      jsonb       NOT NULL DEFAULT '{}',
    created_at   timestamptz NOT NULL DEFAULT now(),
    available_at timestamptz NOT NULL DEFAULT now(),
    attempts     integer     NOT NULL DEFAULT 0,
    done_at      timestamptz,
    parked_at    timestamptz,
    last_error   varchar(500)
);
CREATE INDEX idx_outbox_waiting ON outbox_messages (available_at, id) WHERE done_at IS NULL AND parked_at IS NULL;

ALTER TABLE outbox_messages ENABLE ROW LEVEL SECURITY;
ALTER TABLE outbox_messages FORCE ROW LEVEL SECURITY;
GRANT INSERT ON outbox_messages TO clinic_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON outbox_messages TO clinic_worker;
CREATE POLICY outbox_write ON outbox_messages FOR INSERT TO clinic_app
    WITH CHECK ((SELECT clinic_role()) IS NOT NULL);
CREATE POLICY outbox_worker ON outbox_messages TO clinic_worker USING (true) WITH CHECK (true);
