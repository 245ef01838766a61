using DrAssistant.Data.Security;
using DrAssistant.Data.Stores.Documents;
using DrAssistant.Data.Stores.Postgres;
using DrAssistant.Portal.Tests.Support;
using Npgsql;

namespace DrAssistant.Portal.Tests.Stores.Documents;

/// <summary>The embedded adapter, and the row-level security beneath whatever filter it is given.</summary>
public sealed class PostgresDocumentStoreTests(TwoCharts charts) : DocumentStoreContract, IClassFixture<TwoCharts>
{
    internal override IDocumentStore Store => As(new SystemUser());

    [Fact]
    public async Task A_stranger_with_a_forged_filter_still_sees_and_writes_nothing_of_the_patient()
    {
        var document = Document();
        Assert.True(await Store.TryInsertAsync(DocumentCollection.Documents, document, AccessFilter.Everything, Cancellation));
        var basu = As(TestPerson.Of(Person.Basu));

        Assert.Null(await basu.FindAsync(DocumentCollection.Documents, document.Id, AccessFilter.Everything, Cancellation));
        Assert.Empty(await basu.ListAsync(DocumentCollection.Documents, new DocumentQuery { PatientId = TwoCharts.Meera }, AccessFilter.Everything, Cancellation));
        Assert.Equal(0, await basu.CountAsync(DocumentCollection.ClinicalNotes, new DocumentQuery { PatientId = TwoCharts.Meera }, AccessFilter.Everything, Cancellation));
        Assert.False(await basu.TryReplaceAsync(DocumentCollection.Documents, document with { Version = 2 }, document.Status, AccessFilter.Everything, Cancellation));
        var refused = await Assert.ThrowsAsync<PostgresException>(
            () => basu.TryInsertAsync(DocumentCollection.Documents, Document(), AccessFilter.Everything, Cancellation));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    [Fact]
    public async Task The_doctor_in_care_reads_and_writes()
    {
        var asha = As(TestPerson.Of(Person.Asha));
        var document = Document();

        Assert.True(await asha.TryInsertAsync(DocumentCollection.Documents, document, AccessFilter.Everything, Cancellation));
        Assert.True(await asha.TryReplaceAsync(DocumentCollection.Documents, document with { Version = 2 }, document.Status, AccessFilter.Everything, Cancellation));
        Assert.Equal(2, (await asha.FindAsync(DocumentCollection.Documents, document.Id, AccessFilter.Everything, Cancellation))?.Version);
    }

    [Theory]
    [InlineData(Person.Asha, 1)]
    [InlineData(Person.Basu, 0)]
    [InlineData(Person.Desk, 0)]
    [InlineData(Person.Nobody, 0)]
    public async Task The_filter_of_a_person_names_the_patients_in_their_care(Person person, int meera)
    {
        var team = new CareTeam(new SecuredBatch(charts.Sources, TestPerson.Of(person)), TestPerson.Of(person));

        var access = await team.AccessAsync(Cancellation);

        Assert.Equal(meera, access.Patients?.Count(patient => patient == TwoCharts.Meera));
    }

    private protected override async Task<Guid> VisitAsync(Guid patient)
    {
        await using var worker = await charts.AsWorkerAsync();
        var visit = Guid.CreateVersion7();
        await worker.RunAsync("INSERT INTO encounters (id, doctor_id, patient_id, encounter_type, start_time, status) VALUES ($1, $2, $3, 'office_visit', now(), 'completed')",
            visit, TwoCharts.Id(Person.Asha)!, patient);
        await worker.KeepAsync();
        return visit;
    }

    private PostgresDocumentStore As(ICurrentUser person) => new(new SecuredBatch(charts.Sources, person), person);
}
