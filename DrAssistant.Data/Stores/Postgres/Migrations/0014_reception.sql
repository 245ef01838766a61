-- The desk: who put an appointment where it stands, who last moved its status, and its way through the waiting room.

ALTER TABLE appointments
    ADD COLUMN placed_at            timestamptz NOT NULL DEFAULT now(),
    ADD COLUMN placed_by            uuid REFERENCES users (id),
    ADD COLUMN changed_at           timestamptz,
    ADD COLUMN changed_by           uuid REFERENCES users (id),
    ADD COLUMN outside_hours_reason varchar(255),
    ADD COLUMN series_id            uuid,
    ADD COLUMN walk_in              boolean     NOT NULL DEFAULT false,
    ADD COLUMN arrived_at           timestamptz,
    ADD COLUMN nurse_since          timestamptz,
    ADD COLUMN nurse_id             uuid REFERENCES users (id),
    ADD COLUMN vitals_done_at       timestamptz,
    ADD COLUMN called_at            timestamptz,
    ADD COLUMN called_by            uuid REFERENCES users (id),
    ADD COLUMN calls                smallint    NOT NULL DEFAULT 0;

COMMENT ON COLUMN appointments.placed_at IS 'when it was booked at, or moved to, the time and doctor it has now';
COMMENT ON COLUMN appointments.changed_at IS 'when its status last changed';
COMMENT ON COLUMN appointments.arrived_at IS 'in the building, with something open at the desk; not checked in yet';
COMMENT ON COLUMN appointments.called_at IS 'called to the room and not there yet; NULL once the visit starts or the call is taken back';

CREATE INDEX idx_appointments_series ON appointments (series_id) WHERE series_id IS NOT NULL;
