using System.Text;
using DrAssistant.Data.Common;
using DrAssistant.Data.Prescribing.Formulary;
using DrAssistant.Data.Reference;
using DrAssistant.Data.Staff;
using DrAssistant.Portal.Tests.Import;
using DrAssistant.Portal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Portal.Tests.Prescribing.Formulary;

/// <summary>An admin adds, changes, withdraws and imports medicines; nobody else does, and the trail knows of each.</summary>
public sealed class KeepingTheFormulary(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_medicine_of_the_practice_is_added_found_and_prescribed_from()
    {
        await using var clinic = await OpenAsync();
        var admin = await clinic.Given.AdminAsync();
        await using var keeping = clinic.As(admin);

        var added = await keeping.Get<IFormularyKeeping>().SaveAsync(New("Our own tonic"), Cancellation);

        Assert.Equal(("our-own-tonic", 40m, MedicineSchedule.H), (added.Value!.Id, added.Value.MaxDailyMg, added.Value.Schedule));
        Assert.StartsWith("the practice", added.Value.Source, StringComparison.Ordinal);
        await using var doctor = clinic.As(await clinic.Given.DoctorAsync());
        Assert.Equal("our-own-tonic", (await doctor.Get<IFormulary>().FindAsync("Tonikum", 5, Cancellation)).Value![0].Medicine.Id);
        Assert.Equal(["our-own-tonic"], (await keeping.Get<IFormularyKeeping>().ListAsync("", Cancellation)).Value!.Select(m => m.Id));
        var entry = await clinic.OnlyEventOfAsync(admin, "formulary.save");
        Assert.Contains("max_daily_mg", entry.Fields!);
    }

    [Fact]
    public async Task A_changed_limit_survives_the_next_starter_list()
    {
        await using var clinic = await OpenAsync();
        await using var keeping = clinic.As(await clinic.Given.AdminAsync());
        var door = keeping.Get<IFormularyKeeping>();
        var draft = MedicineDraft.Of(Assert.Single((await door.ListAsync("paracetamol", Cancellation)).Value!, m => m.Id == "paracetamol"));
        draft.MaxDailyMg = "3000";

        Assert.Equal(3000m, (await door.SaveAsync(draft, Cancellation)).Value!.MaxDailyMg);

        await clinic.RunAsync("UPDATE formulary_medicines SET source = 'formulary.csv 000000000000; old' WHERE id = 'metformin'");
        await clinic.Services.GetRequiredService<ReferenceDataLoader>().LoadAsync(Cancellation);
        Assert.Equal(3000m, await clinic.OneAsync<decimal>("SELECT max_daily_mg FROM formulary_medicines WHERE id = 'paracetamol'"));
    }

    [Fact]
    public async Task Two_admins_do_not_overwrite_each_other()
    {
        await using var clinic = await OpenAsync();
        await using var keeping = clinic.As(await clinic.Given.AdminAsync());
        var door = keeping.Get<IFormularyKeeping>();
        var seen = Assert.Single((await door.ListAsync("paracetamol", Cancellation)).Value!, m => m.Id == "paracetamol");

        Assert.True((await door.SaveAsync(MedicineDraft.Of(seen), Cancellation)).Succeeded);
        Assert.Equal(RefusalKind.Conflict, (await door.SaveAsync(MedicineDraft.Of(seen), Cancellation)).Refusal!.Kind);
        var again = New("Paracetamol");
        Assert.Equal(RefusalKind.Conflict, (await door.SaveAsync(again, Cancellation)).Refusal!.Kind);
    }

    [Fact]
    public async Task What_is_withdrawn_is_not_found_and_can_come_back()
    {
        await using var clinic = await OpenAsync();
        var admin = await clinic.Given.AdminAsync();
        await using var keeping = clinic.As(admin);
        await using var doctor = clinic.As(await clinic.Given.DoctorAsync());
        var door = keeping.Get<IFormularyKeeping>();

        Assert.Equal("reason", (await door.WithdrawAsync("nimesulide", "  ", Cancellation)).Refusal!.Field);
        Assert.False((await door.WithdrawAsync("nimesulide", "Liver harm", Cancellation)).Value!.IsActive);
        Assert.DoesNotContain((await doctor.Get<IFormulary>().FindAsync("nimesulide", 10, Cancellation)).Value!, h => h.Medicine.Id == "nimesulide");
        Assert.False((await doctor.Get<IFormulary>().GetAsync("nimesulide", Cancellation)).Value!.IsActive);
        Assert.True((await door.RestoreAsync("nimesulide", Cancellation)).Value!.IsActive);
        Assert.True((await door.RestoreAsync("nimesulide", Cancellation)).Value!.IsActive);
        Assert.Equal(RefusalKind.NotFound, (await door.WithdrawAsync("no-such", "Because", Cancellation)).Refusal!.Kind);
        await clinic.AssertTrailAsync(admin, "formulary.withdraw", "formulary.restore");
    }

    [Theory]
    [InlineData(nameof(MedicineDraft.GenericName), "")]
    [InlineData(nameof(MedicineDraft.Id), "Not An Id")]
    [InlineData(nameof(MedicineDraft.CombinationOf), "paracetamol")]
    [InlineData(nameof(MedicineDraft.CombinationOf), "paracetamol|no-such")]
    [InlineData(nameof(MedicineDraft.CombinationOf), "paracetamol|paracetamol-ibuprofen")]
    [InlineData(nameof(MedicineDraft.Routes), "by magic")]
    [InlineData(nameof(MedicineDraft.Forms), "")]
    [InlineData(nameof(MedicineDraft.MaxDailyMg), "-4")]
    [InlineData(nameof(MedicineDraft.MaxDailyMg), "0")]
    [InlineData(nameof(MedicineDraft.MaxSingleMg), "much")]
    [InlineData(nameof(MedicineDraft.DoseInterval), "year")]
    [InlineData(nameof(MedicineDraft.Schedule), "")]
    [InlineData(nameof(MedicineDraft.Schedule), "2")]
    [InlineData(nameof(MedicineDraft.TelemedicineList), "C")]
    [InlineData(nameof(MedicineDraft.Pregnancy), "maybe")]
    [InlineData(nameof(MedicineDraft.RenalCaution), "avoid_below_egfr:many")]
    public async Task What_the_checks_could_not_work_with_is_refused_beside_its_field(string field, string value)
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        await clinic.Services.GetRequiredService<ReferenceDataLoader>().LoadAsync(Cancellation);
        await using var keeping = clinic.As(await clinic.Given.AdminAsync());
        var draft = New("Our own tonic");
        typeof(MedicineDraft).GetProperty(field)!.SetValue(draft, value);

        var refusal = (await keeping.Get<IFormularyKeeping>().SaveAsync(draft, Cancellation)).Refusal!;

        Assert.Equal((RefusalKind.Invalid, field), (refusal.Kind, refusal.Field));
    }

    [Fact]
    public async Task A_table_is_taken_over_whole_or_not_at_all()
    {
        await using var clinic = await OpenAsync();
        var admin = await clinic.Given.AdminAsync();
        await using var keeping = clinic.As(admin);
        var door = keeping.Get<IFormularyKeeping>();
        const string Head = "id,generic_name,combination_of,routes,forms,schedule,telemedicine_list,indian_brands\n";
        const string Two = "tonic-a,Tonic A,,oral,syrup,H,B,Tonikum\ntonic-ab,Tonic A + Paracetamol,tonic-a|paracetamol,oral,syrup,H,B,\n";

        Assert.Contains("Row 3, TelemedicineList", (await ImportAsync(door, Head + Two.Replace("tonic-a|paracetamol,oral,syrup,H,B", "tonic-a|paracetamol,oral,syrup,H,Z", StringComparison.Ordinal))).Refusal!.Message, StringComparison.Ordinal);
        Assert.Contains("twice", (await ImportAsync(door, Head + Two + Two)).Refusal!.Message, StringComparison.Ordinal);
        Assert.Equal(RefusalKind.Invalid, (await ImportAsync(door, "this is no table")).Refusal!.Kind);
        Assert.Equal(RefusalKind.Invalid, (await ImportAsync(door, "")).Refusal!.Kind);
        Assert.Equal(RefusalKind.Invalid, (await ImportAsync(door, Head)).Refusal!.Kind);
        Assert.Equal(0L, await clinic.OneAsync<long>("SELECT count(*) FROM formulary_medicines WHERE id LIKE 'tonic%'"));

        Assert.Equal(new FormularyImportReport(2, 2, 0), (await ImportAsync(door, Head + Two)).Value);
        Assert.Equal(new FormularyImportReport(2, 0, 2), (await ImportAsync(door, Head + Two)).Value);
        await clinic.AssertTrailAsync(admin, "formulary.import", "formulary.import");
    }

    [Theory]
    [InlineData(StaffRole.Doctor)]
    [InlineData(StaffRole.Nurse)]
    [InlineData(StaffRole.Receptionist)]
    public async Task Nobody_but_an_admin_changes_it(StaffRole role)
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        await using var person = clinic.As(await clinic.Given.StaffAsync(role, "Somebody Else"));
        var door = person.Get<IFormularyKeeping>();

        Assert.Equal(Refusal.Forbidden, (await door.SaveAsync(New("Tonic"), Cancellation)).Refusal);
        Assert.Equal(Refusal.Forbidden, (await door.WithdrawAsync("paracetamol", "No more", Cancellation)).Refusal);
        Assert.Equal(Refusal.Forbidden, (await door.RestoreAsync("paracetamol", Cancellation)).Refusal);
        Assert.Equal(Refusal.Forbidden, (await ImportAsync(door, "x")).Refusal);
        Assert.Equal(Refusal.Forbidden, (await door.ListAsync("", Cancellation)).Refusal);
    }

    private static Task<Result<FormularyImportReport>> ImportAsync(IFormularyKeeping door, string table) => door.ImportAsync("ours.csv", Encoding.UTF8.GetBytes(table), Cancellation);

    private static MedicineDraft New(string name) => new()
    {
        GenericName = name, Routes = "oral", Forms = "syrup", Strengths = "10 mg in 5 mL", MaxDailyMg = "40", Schedule = "h", TelemedicineList = "b", Brands = "Tonikum|Tonikum-S",
    };

    private async Task<ClinicUnderTest> OpenAsync()
    {
        var clinic = await ClinicUnderTest.OpenAsync(databases);
        await clinic.Services.GetRequiredService<ReferenceDataLoader>().LoadAsync(Cancellation);
        return clinic;
    }
}
