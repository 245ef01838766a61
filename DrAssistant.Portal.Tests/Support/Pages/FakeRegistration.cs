using DrAssistant.Data.Common;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Patients.Registration;
using DrAssistant.Data.Staff.Photos;

namespace DrAssistant.Portal.Tests.Support.Pages;

internal sealed class FakeRegistration : IRegistration
{
    public List<DuplicateQuestion> Questions { get; } = [];

    public List<PatientDraft> Registered { get; } = [];

    public List<(PatientDraft Draft, uint Version)> Saved { get; } = [];

    public Func<DuplicateQuestion, Task<Result<DuplicateAnswer>>> Duplicates { get; set; } = _ => Day.Answer(DuplicateAnswer.Nobody);

    public Func<PatientDraft, Task<Result<RegisteredPatient>>> Register { get; set; } = draft => Day.Answer(
        new RegisteredPatient(draft.Id, new PersonName("Laxmi", "Choudhary"), "SC26-000123-4", new DateOnly(1980, 3, 14), Age.On(Day.Date, new DateOnly(1980, 3, 14)), Gender.Female));

    public Func<Guid, Task<Result<PatientRecord>>> Open { get; set; } = _ => Task.FromResult<Result<PatientRecord>>(Refusal.NotFound("Patient"));

    public Func<PatientDraft, uint, Task<Result<PatientRecord>>> Save { get; set; } = (_, _) => throw new InvalidOperationException("No answer was given.");

    public Func<string, Result<PatientRecord>> Deactivate { get; set; } = _ => Refusal.NotFound("Patient");

    public Task<Result<PatientRecord>> OpenAsync(Guid patientId, CancellationToken cancellation) => Open(patientId);

    public Task<Result<RegisteredPatient>> RegisterAsync(PatientDraft draft, CancellationToken cancellation)
    {
        Registered.Add(draft);
        return Register(draft);
    }

    public Task<Result<PatientRecord>> SaveAsync(Guid patientId, PatientDraft draft, uint version, CancellationToken cancellation)
    {
        Saved.Add((draft, version));
        return Save(draft, version);
    }

    public Task<Result<PatientRecord>> DeactivateAsync(Guid patientId, string reason, CancellationToken cancellation) => Task.FromResult(Deactivate(reason));

    public Task<Result<PatientRecord>> ReactivateAsync(Guid patientId, CancellationToken cancellation) => Open(patientId);

    public Task<Result<DuplicateAnswer>> DuplicatesAsync(DuplicateQuestion question, CancellationToken cancellation)
    {
        Questions.Add(question);
        return Duplicates(question);
    }
}

internal sealed class FakePhotos : IPatientPhotos
{
    public List<byte[]> Set { get; } = [];

    public Task<Result<PhotoContent>> ReadAsync(Guid patientId, CancellationToken cancellation) => Task.FromResult<Result<PhotoContent>>(Refusal.NotFound("Photo"));

    public Task<Result<DateTimeOffset>> SetAsync(Guid patientId, ReadOnlyMemory<byte> photo, CancellationToken cancellation)
    {
        Set.Add(photo.ToArray());
        return Day.Answer(Day.Now);
    }

    public Task<Result<bool>> RemoveAsync(Guid patientId, CancellationToken cancellation) => Day.Answer(true);
}

internal sealed class FakeStaffPhotos : IStaffPhotos
{
    public string? Address { get; set; }

    public Refusal? Refuse { get; set; }

    public Task<Result<string?>> MyAddressAsync(CancellationToken cancellation) => Day.Answer(Address);

    public Task<Result<PhotoContent>> ReadAsync(Guid accountId, CancellationToken cancellation) => Task.FromResult<Result<PhotoContent>>(Refusal.NotFound("Photo"));

    public Task<Result<string>> SetAsync(Guid accountId, ReadOnlyMemory<byte> photo, CancellationToken cancellation)
        => Refuse is { } refusal ? Task.FromResult<Result<string>>(refusal) : Day.Answer(Address = $"/staff/{accountId}/photo?at=1");

    public Task<Result<bool>> RemoveAsync(Guid accountId, CancellationToken cancellation)
    {
        Address = null;
        return Day.Answer(true);
    }
}
