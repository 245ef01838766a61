using System.Text.Json;
using DrAssistant.Data.Notes;
using DrAssistant.Data.Staff;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using NpgsqlTypes;

namespace DrAssistant.Bench;

/// <summary>
/// A save of a note as it is typed, end to end through the door (rights, care team, merge, encryption, intent, document in PostgreSQL), against one bare
/// UPDATE of a row of the same size (the floor), by a doctor with 2,000 patients in care.
/// </summary>
internal static class AutosaveBench
{
    private const int Rounds = 300;
    private static readonly Guid Doctor = Guid.Parse("01900000-0000-7000-8000-000000000001");
    private static readonly Guid Patient = Guid.Parse("01900000-0000-7000-8000-000000000002");
    private static readonly Guid Visit = Guid.Parse("01900000-0000-7000-8000-000000000003");

    public static async Task RunAsync()
    {
        await using var clinic = await BenchClinic.StartAsync();
        await SeedAsync(clinic);
        await using var bare = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(clinic.Superuser) { MaxAutoPrepare = 100 });
        await using var doctor = clinic.As(Doctor, StaffRole.Doctor);
        var notes = doctor.ServiceProvider.GetRequiredService<IClinicalNotes>();
        var page = Done(await notes.BeginAsync(new NoteStart(Visit, Patient), default));
        var text = string.Join(' ', Enumerable.Range(0, 150).Select(i => $"word{i}"));
        page = await SaveAsync(notes, page, text);
        var words = 0;
        var measuring = new Interleaved(
            ("floor: one bare UPDATE", () => FloorAsync(bare, text)),
            ("a save with another word", async () => page = await SaveAsync(notes, page, $"{text} {words++}")),
            ("a save with nothing new", async () => page = await SaveAsync(notes, page, page.Content.Subjective!.HistoryOfPresentIllness!)));
        await measuring.RunAsync(Rounds, warmUp: 20);
        Report.Print(measuring);
    }

    private static async Task<NoteView> SaveAsync(IClinicalNotes notes, NoteView page, string text)
    {
        var content = page.Content with { Subjective = (page.Content.Subjective ?? new()) with { HistoryOfPresentIllness = text } };
        return Done(await notes.SaveAsync(
            new NoteDraft { NoteId = page.Id, PatientId = page.PatientId, BasedOn = page.Version, Base = page.Content, Content = content }, default)).Note;
    }

    private static T Done<T>(Data.Common.Result<T> answer)
        => answer.Succeeded ? answer.Value : throw new InvalidOperationException($"The measurement did not do its work: {answer.Refusal.Message}");

    private static async Task FloorAsync(NpgsqlDataSource bare, string text)
    {
        await using var command = bare.CreateCommand("UPDATE bare_note SET body = $1, version = version + 1");
        command.Parameters.Add(new NpgsqlParameter { Value = JsonSerializer.Serialize(new { content = text + text }), NpgsqlDbType = NpgsqlDbType.Jsonb });
        await command.ExecuteNonQueryAsync();
    }

    private static Task SeedAsync(BenchClinic clinic) => clinic.ExecuteAsync($"""
        INSERT INTO users (id, username, email, full_name, role, password_hash, normalized_username, normalized_email)
        VALUES ('{Doctor}', 'doctor', 'doctor@x', 'Dr. Asha Rao', 'doctor', '-', 'DOCTOR', 'DOCTOR@X');
        INSERT INTO patients (id, mrn, first_name, last_name, date_of_birth, gender)
        SELECT CASE n WHEN 0 THEN '{Patient}'::uuid ELSE gen_random_uuid() END, 'M' || n, 'Meera', 'Nair', '1980-01-01', 'female' FROM generate_series(0, 1999) n;
        INSERT INTO encounters (id, doctor_id, patient_id, encounter_type, start_time, status)
        SELECT CASE id WHEN '{Patient}' THEN '{Visit}'::uuid ELSE gen_random_uuid() END, '{Doctor}', id, 'office_visit', now(), 'in_progress' FROM patients;
        CREATE TABLE bare_note (id uuid PRIMARY KEY, version integer NOT NULL, body jsonb NOT NULL);
        INSERT INTO bare_note VALUES (gen_random_uuid(), 1, jsonb_build_object());
        ANALYZE;
        """);
}
