-- Recordings of visits. This table says how far each has got, and is what decides; the seed's document of it (voice_recordings) is told.
-- The sound itself is sealed by the portal before it comes here: as parts while it arrives, then as a file of the bucket.

CREATE TABLE recordings (
    id               uuid PRIMARY KEY,
    patient_id       uuid         NOT NULL REFERENCES patients (id),
    encounter_id     uuid         NOT NULL,
    doctor_id        uuid         NOT NULL REFERENCES users (id),
    recorded_by      uuid         NOT NULL REFERENCES users (id),
    consent_id       uuid         NOT NULL REFERENCES consents (id),
    status           varchar(20)  NOT NULL DEFAULT 'recording',
    mime_type        varchar(100) NOT NULL,
    device_info      varchar(200),
    quality          varchar(60),
    parts            integer,
    seconds          double precision,
    bytes            bigint       NOT NULL DEFAULT 0,
    place            varchar(10)  NOT NULL DEFAULT 'parts',
    content_key      varchar(32),
    content_sha256   varchar(64),
    wants_text       boolean      NOT NULL DEFAULT true,
    attempts         integer      NOT NULL DEFAULT 0,
    due_at           timestamptz,
    claim            uuid,
    claimed_until    timestamptz,
    percent          integer,
    problem          varchar(300),
    transcript_id    uuid,
    heard_in         double precision,
    words            integer,
    confidence       double precision,
    expires_at       timestamptz  NOT NULL,
    retention_reason varchar(200) NOT NULL,
    finished_at      timestamptz,
    erased_at        timestamptz,
    created_at       timestamptz  NOT NULL DEFAULT now(),
    updated_at       timestamptz  NOT NULL DEFAULT now(),
    CONSTRAINT valid_recording_status CHECK (status IN ('recording', 'processing', 'transcribed', 'error', 'erased')),
    CONSTRAINT valid_recording_place CHECK (place IN ('parts', 'bucket', 'objects', 'gone')),
    CONSTRAINT recording_content_is_somewhere CHECK ((place IN ('bucket', 'objects')) = (content_key IS NOT NULL)),
    CONSTRAINT erased_recording_is_gone CHECK ((status = 'erased') = (place = 'gone')),
    CONSTRAINT valid_recording_percent CHECK (percent BETWEEN 0 AND 100),
    FOREIGN KEY (encounter_id, patient_id) REFERENCES encounters (id, patient_id)
);
COMMENT ON COLUMN recordings.place IS 'where the sound is: in parts that arrive, in the bucket of the document store, in the object store, or nowhere any more';
COMMENT ON COLUMN recordings.due_at IS 'when it is to be put together or transcribed; nothing is to be done without';
COMMENT ON COLUMN recordings.claim IS 'who is at it, until claimed_until; what is done is noted only while the claim stands';
CREATE INDEX idx_recordings_encounter ON recordings (encounter_id, created_at);
CREATE INDEX idx_recordings_patient ON recordings (patient_id, created_at DESC);
CREATE INDEX idx_recordings_due ON recordings (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX idx_recordings_expiry ON recordings (expires_at) WHERE status <> 'erased';
CREATE INDEX idx_recordings_content ON recordings (content_key) WHERE content_key IS NOT NULL;
CREATE TRIGGER recordings_updated_at BEFORE UPDATE ON recordings FOR EACH ROW EXECUTE FUNCTION set_updated_at();

-- What has arrived and is not put together yet.
CREATE TABLE recording_parts (
    recording_id uuid        NOT NULL REFERENCES recordings (id),
    number       integer     NOT NULL,
    sha256       varchar(64) NOT NULL,
    length       integer     NOT NULL,
    content      bytea       NOT NULL,
    arrived_at   timestamptz NOT NULL,
    PRIMARY KEY (recording_id, number),
    CONSTRAINT valid_part CHECK (number >= 0 AND length BETWEEN 1 AND 1048576 AND octet_length(content) <= 1048576 + 64)
);
ALTER TABLE recording_parts ALTER COLUMN content SET STORAGE EXTERNAL; -- sealed bytes do not get smaller

-- The bucket where the document store is PostgreSQL: as GridFS keeps it, a file and its chunks.
CREATE TABLE recording_files (
    id          varchar(32) PRIMARY KEY,
    length      bigint      NOT NULL,
    chunk_size  integer     NOT NULL,
    upload_date timestamptz NOT NULL
);
CREATE TABLE recording_chunks (
    files_id varchar(32) NOT NULL REFERENCES recording_files (id) DEFERRABLE INITIALLY DEFERRED,
    n        integer     NOT NULL,
    data     bytea       NOT NULL,
    PRIMARY KEY (files_id, n)
);
ALTER TABLE recording_chunks ALTER COLUMN data SET STORAGE EXTERNAL;

-- The document store's embedded adapter: the seed's documents of recordings, and transcripts.
CREATE TABLE voice_recordings (
    id           uuid PRIMARY KEY,
    patient_id   uuid        NOT NULL REFERENCES patients (id),
    encounter_id uuid        NOT NULL,
    doctor_id    uuid        NOT NULL REFERENCES users (id),
    status       varchar(20) NOT NULL,
    version      integer     NOT NULL DEFAULT 1,
    created_at   timestamptz NOT NULL DEFAULT now(),
    updated_at   timestamptz NOT NULL DEFAULT now(),
    body         jsonb       NOT NULL,
    FOREIGN KEY (encounter_id, patient_id) REFERENCES encounters (id, patient_id)
);
CREATE INDEX idx_voice_recordings_encounter ON voice_recordings (encounter_id);
CREATE INDEX idx_voice_recordings_patient ON voice_recordings (patient_id, created_at DESC);

CREATE TABLE transcripts (
    id           uuid PRIMARY KEY,
    patient_id   uuid        NOT NULL REFERENCES patients (id),
    encounter_id uuid        NOT NULL,
    doctor_id    uuid        NOT NULL REFERENCES users (id),
    status       varchar(20) NOT NULL,
    version      integer     NOT NULL DEFAULT 1,
    created_at   timestamptz NOT NULL DEFAULT now(),
    updated_at   timestamptz NOT NULL DEFAULT now(),
    body         jsonb       NOT NULL,
    CONSTRAINT valid_transcript_status CHECK (status IN ('transcribed', 'typed', 'erased')),
    FOREIGN KEY (encounter_id, patient_id) REFERENCES encounters (id, patient_id)
);
CREATE INDEX idx_transcripts_encounter ON transcripts (encounter_id);
CREATE INDEX idx_transcripts_patient ON transcripts (patient_id, created_at DESC);

-- What was erased stays erased, whoever asks.
CREATE FUNCTION refuse_erased_change() RETURNS trigger
    LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF OLD.status = 'erased' AND NEW.status <> 'erased' AND NOT only_refiled(to_jsonb(OLD), to_jsonb(NEW)) THEN
        RAISE EXCEPTION 'what was erased is not brought back' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER recordings_erased BEFORE UPDATE ON recordings FOR EACH ROW EXECUTE FUNCTION refuse_erased_change();
CREATE TRIGGER voice_recordings_erased BEFORE UPDATE ON voice_recordings FOR EACH ROW EXECUTE FUNCTION refuse_erased_change();
CREATE TRIGGER transcripts_erased BEFORE UPDATE ON transcripts FOR EACH ROW EXECUTE FUNCTION refuse_erased_change();

DO $$
DECLARE
    t text;
    in_care constant text := 'EXISTS (SELECT 1 FROM care_team c WHERE c.user_id = (SELECT clinic_carer())
        AND c.patient_id = %1$I.patient_id AND (c.until IS NULL OR c.until > now()))';
BEGIN
    FOREACH t IN ARRAY ARRAY['recordings', 'recording_parts', 'recording_files', 'recording_chunks', 'voice_recordings', 'transcripts'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE ON %I TO clinic_worker', t);
        EXECUTE format('CREATE POLICY %1$I ON %2$I TO clinic_worker USING (true) WITH CHECK (true)', t || '_worker', t);
    END LOOP;

    -- Doctors and nurses, for the patients in their care.
    FOREACH t IN ARRAY ARRAY['recordings', 'transcripts'] LOOP
        EXECUTE format('GRANT SELECT, INSERT, UPDATE ON %I TO clinic_app', t);
        EXECUTE format('CREATE POLICY ' || t || '_read ON %1$I FOR SELECT TO clinic_app USING (' || in_care || ')', t);
        EXECUTE format('CREATE POLICY ' || t || '_begin ON %1$I FOR INSERT TO clinic_app WITH CHECK (' || in_care || ')', t);
        EXECUTE format('CREATE POLICY ' || t || '_edit ON %1$I FOR UPDATE TO clinic_app USING (' || in_care || ')', t);
    END LOOP;
    EXECUTE format('CREATE POLICY voice_recordings_read ON %1$I FOR SELECT TO clinic_app USING (' || in_care || ')', 'voice_recordings');
END $$;
GRANT SELECT ON voice_recordings TO clinic_app;

-- The sound goes with its recording: whoever sees that one, under its own policy, reaches the bytes. Taking bytes away is background work.
GRANT SELECT, INSERT ON recording_parts TO clinic_app;
GRANT SELECT ON recording_files, recording_chunks TO clinic_app;
GRANT DELETE ON recording_parts, recording_files, recording_chunks TO clinic_worker;
CREATE POLICY recording_parts_read ON recording_parts FOR SELECT TO clinic_app
    USING ((SELECT clinic_role()) IN ('doctor', 'nurse') AND EXISTS (SELECT 1 FROM recordings r WHERE r.id = recording_id));
CREATE POLICY recording_parts_take ON recording_parts FOR INSERT TO clinic_app
    WITH CHECK ((SELECT clinic_role()) IN ('doctor', 'nurse') AND EXISTS (SELECT 1 FROM recordings r WHERE r.id = recording_id AND r.place = 'parts'));
CREATE POLICY recording_files_read ON recording_files FOR SELECT TO clinic_app
    USING ((SELECT clinic_role()) IN ('doctor', 'nurse') AND EXISTS (SELECT 1 FROM recordings r WHERE r.content_key = recording_files.id));
CREATE POLICY recording_chunks_read ON recording_chunks FOR SELECT TO clinic_app
    USING ((SELECT clinic_role()) IN ('doctor', 'nurse') AND EXISTS (SELECT 1 FROM recordings r WHERE r.content_key = files_id));

CALL follow_merges('recordings');
CALL follow_merges('voice_recordings');
CALL follow_merges('transcripts');
