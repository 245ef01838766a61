-- However an alert comes in, the database counts a repeated one instead of showing it twice, and owes the message about it in the same transaction.
ALTER TABLE alerts
    ADD COLUMN times   integer NOT NULL DEFAULT 1,
    ADD COLUMN last_at timestamptz,
    ADD CONSTRAINT alert_came CHECK (times >= 1);
CREATE INDEX idx_alerts_source ON alerts (source_id, user_id) WHERE source_id IS NOT NULL;

CREATE POLICY alerts_owner_reads ON alerts FOR SELECT TO clinic_owner USING (true);
CREATE POLICY alerts_owner_counts ON alerts FOR UPDATE TO clinic_owner USING (true) WITH CHECK (true);
CREATE POLICY outbox_owner ON outbox_messages FOR INSERT TO clinic_owner WITH CHECK (true);

-- The message is due at once by whatever clock a portal goes: hence a moment that is past for all of them.
CREATE FUNCTION tell_of_alert(alert uuid, person uuid, patient uuid) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    INSERT INTO outbox_messages (id, kind, subject_id, patient_id, payload, available_at)
    VALUES (gen_random_uuid(), 'alert.raised', alert, patient, jsonb_build_object('user', person), '2000-01-01 00:00Z')
$$;
REVOKE ALL ON FUNCTION tell_of_alert(uuid, uuid, uuid) FROM PUBLIC;

-- Unread, for the same person, from the same source, about the same thing and of the same type: it says the latest, counts, and keeps the
-- worst severity it had. Who broke a glass is never written over by who did it next.
CREATE FUNCTION count_alert() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    known uuid;
BEGIN
    IF NEW.is_read OR NEW.source_id IS NULL THEN
        RETURN NEW;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended(concat_ws('/', 'alert', NEW.user_id, NEW.source, NEW.source_id, NEW.alert_type), 0));
    SELECT a.id INTO known FROM alerts a
        WHERE a.user_id = NEW.user_id AND a.source_id = NEW.source_id AND a.source IS NOT DISTINCT FROM NEW.source
            AND a.alert_type = NEW.alert_type AND NOT a.is_read AND (NEW.source IS DISTINCT FROM 'break_glass' OR a.message = NEW.message)
        ORDER BY a.created_at DESC LIMIT 1;
    IF known IS NULL THEN
        RETURN NEW;
    END IF;
    UPDATE alerts a SET times = a.times + 1, last_at = NEW.created_at, title = NEW.title, message = NEW.message,
        action_url = coalesce(NEW.action_url, a.action_url),
        severity = CASE WHEN urgency_rank(NEW.severity) < urgency_rank(a.severity) THEN NEW.severity ELSE a.severity END
        WHERE a.id = known;
    PERFORM tell_of_alert(known, NEW.user_id, NEW.patient_id);
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION count_alert() FROM PUBLIC;
CREATE TRIGGER alerts_counted BEFORE INSERT ON alerts FOR EACH ROW EXECUTE FUNCTION count_alert();

CREATE FUNCTION announce_alert() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT NEW.is_read THEN
        PERFORM tell_of_alert(NEW.id, NEW.user_id, NEW.patient_id);
    END IF;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION announce_alert() FROM PUBLIC;
CREATE TRIGGER alerts_announced AFTER INSERT ON alerts FOR EACH ROW EXECUTE FUNCTION announce_alert();
