-- The waiting room: who lets one pass, and the links by which a waiting-room display reads tokens.

ALTER TABLE appointments ADD COLUMN skipped_at timestamptz;
COMMENT ON COLUMN appointments.skipped_at IS 'called and not there; the next one goes first, until somebody else of the doctor is called';

-- The browser of the display holds a random secret; this table holds only its SHA-256.
CREATE TABLE display_links (
    id         uuid PRIMARY KEY,
    name       varchar(60) NOT NULL,
    key_hash   bytea       NOT NULL UNIQUE,
    created_by uuid        NOT NULL REFERENCES users (id),
    created_at timestamptz NOT NULL DEFAULT now(),
    revoked_at timestamptz,
    revoked_by uuid REFERENCES users (id),
    CONSTRAINT valid_display_key CHECK (octet_length(key_hash) = 32)
);

ALTER TABLE display_links ENABLE ROW LEVEL SECURITY;
ALTER TABLE display_links FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE ON display_links TO clinic_app;
CREATE POLICY display_links_all ON display_links TO clinic_app
    USING ((SELECT clinic_role()) IN ('receptionist', 'admin'))
    WITH CHECK ((SELECT clinic_role()) IN ('receptionist', 'admin'));

-- What the function below reads as the owner of the schema.
CREATE POLICY display_links_owner ON display_links FOR SELECT TO clinic_owner USING (true);
CREATE POLICY appointments_owner ON appointments FOR SELECT TO clinic_owner USING (true);
CREATE POLICY working_hours_owner ON working_hours FOR SELECT TO clinic_owner USING (true);

-- What a display shows of a day: tokens, and what orders them, by doctor and room. No patient, no reason, nothing clinical.
-- A link that never was, or is revoked, gives no row at all; one that holds gives at least one.
CREATE FUNCTION display_board(link bytea, day_from timestamptz, day_to timestamptz, today smallint, hour time)
    RETURNS TABLE (doctor_id uuid, doctor text, room text, works boolean, token text, started_at timestamptz, called_at timestamptz,
        calls smallint, waiting_since timestamptz, due timestamptz, urgent boolean, skipped_at timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT u.id, u.full_name::text, coalesce(a.room, h.room)::text, coalesce(h.works, false), a.token::text, a.started_at, a.called_at,
        a.calls, a.check_in_time, a.start_time, a.appointment_type = 'urgent', a.skipped_at
    FROM display_links l
    LEFT JOIN users u ON u.role = 'doctor' AND u.status = 'active'
    LEFT JOIN LATERAL (SELECT w.room, true AS works FROM working_hours w
        WHERE w.doctor_id = u.id AND w.weekday = today AND w.end_time > hour ORDER BY w.start_time LIMIT 1) h ON true
    LEFT JOIN appointments a ON a.doctor_id = u.id AND a.start_time >= day_from AND a.start_time < day_to
        AND a.status IN ('checked_in', 'in_progress') AND a.token IS NOT NULL
    WHERE l.key_hash = link AND l.revoked_at IS NULL
$$;
REVOKE ALL ON FUNCTION display_board(bytea, timestamptz, timestamptz, smallint, time) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION display_board(bytea, timestamptz, timestamptz, smallint, time) TO clinic_app;
