using System.Text.Json;

namespace DrAssistant.Data.Outbox;

/// <summary>Writes down what is owed, in the transaction of the change.</summary>
internal sealed class OutboxWriter(TimeProvider time)
{
    public void Add(ClinicDb db, string kind, Guid? subjectId, Guid? patientId = null, IReadOnlyDictionary<string, string>? ids = null)
    {
        var now = time.GetUtcNow();
        db.Outbox.Add(new OutboxMessage
        {
            Id = Guid.CreateVersion7(),
            Kind = kind,
            SubjectId = subjectId,
            PatientId = patientId,
            Payload = ids is null ? "{}" : JsonSerializer.Serialize(ids),
            CreatedAt = now,
            AvailableAt = now,
        });
    }
}
