using System.Text;
using DrAssistant.Data.Common;
using DrAssistant.Data.Encounters.Diagnoses;
using DrAssistant.Data.Import;
using DrAssistant.Data.Reference;
using DrAssistant.Portal.Tests.Import;
using DrAssistant.Portal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Portal.Tests.Encounters.Diagnoses;

/// <summary>The official list of ICD-10 is laid over the starter list; the lay words go on finding its codes.</summary>
public sealed class ImportingAnOfficialList(ClinicDatabase databases) : IDisposable
{
    private const string Who = """
        3;N;X;09;I10;I10.-;I10;I10;Head of the category;Head;;;145;4-066;3-067;2-045;1-051
        3;T;X;09;I10;I10;I10;I10;Essential (primary) hypertension;Essential (primary) hypertension;;;145;4-066;3-067;2-045;1-051
        4;T;X;01;A15;A17.0;A17.0†;A170;Tuberculous meningitis (G01*);Tuberculosis of nervous system;Tuberculous meningitis;;005;4-005;3-006;2-004;1-005
        4;T;X;17;Q90;Q99.8;Q99.8;Q998;Chronic pharyngitis of the made-up kind;Chronic;Chronic;;169;4-077;3-078;2-053;1-062
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("icd10-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task shows_its_titles_and_keeps_the_words_of_the_starter_list()
    {
        await using var practice = await OpenAsync();
        await using var doctor = practice.As(await practice.Given.DoctorAsync());
        var codes = doctor.Get<IDiagnosisCodes>();

        var report = (await ImportAsync(practice, "icd102019syst_codes.txt", Who)).Value();

        Assert.Equal((3, 0), (report.Read, report.Gone));
        var found = (await codes.FindAsync("htn", Cancellation)).Value()[0];
        Assert.Equal(("I10", "Essential (primary) hypertension", "HTN"), (found.Code, found.Title, found.FoundAs));
        Assert.Equal("Q99.8", (await codes.FindAsync("pharyngitis made up", Cancellation)).Value()[0].Code);
        Assert.Equal("A17.0", (await codes.FindAsync("a17", Cancellation)).Value()[0].Code);
        Assert.Equal(0, await LoadAsync(practice));
    }

    [Fact]
    public async Task is_taken_over_by_the_next_list_and_what_it_lacks_is_offered_no_more()
    {
        await using var practice = await OpenAsync();
        await using var doctor = practice.As(await practice.Given.DoctorAsync());
        var codes = doctor.Get<IDiagnosisCodes>();
        (await ImportAsync(practice, "one.txt", Who)).Value();
        await codes.UsedAsync("Q99.8", Cancellation);

        var report = (await ImportAsync(practice, "two.csv", "code,title\nI10,\"Hypertension, essential\"\n")).Value();

        Assert.Equal((1, 0, true), (report.Read, report.New, report.Gone >= 1));
        Assert.Empty((await codes.FindAsync("Q99.8", Cancellation)).Value());
        Assert.Empty((await codes.FindAsync("", Cancellation)).Value());
        Assert.Equal("Hypertension, essential", (await codes.FindAsync("htn", Cancellation)).Value()[0].Title);
        Assert.Equal("Chronic pharyngitis of the made-up kind", await practice.OneAsync<string>("SELECT title FROM diagnosis_codes WHERE code = 'Q99.8'"));
        Assert.Equal(2, await practice.OneAsync<long>("SELECT count(*) FROM audit_events WHERE event = 'icd10.import'"));
    }

    [Theory]
    [InlineData("", "This is no list of ICD-10 codes")]
    [InlineData("name,age\nRavi,3\n", "This is no list of ICD-10 codes")]
    [InlineData("code,title\n", "There is no code in this list.")]
    [InlineData("code,title\nI10,Hypertension\nHTN,Hypertension\n", "Line 3: \"HTN\" is no code of ICD-10")]
    [InlineData("code,title\nI10,\n", "Row 1 has no title.")]
    [InlineData("4;T;X;01;A00;A00.0;A00.0;A000;Cholera;\nsomething else", "Line 2 is not of this list")]
    [InlineData("code,title\nF99.999,Too fine\n", "Line 2: \"F99.999\" is no code")]
    public async Task that_is_none_is_refused_whole_with_the_line_that_is_wrong(string content, string message)
    {
        await using var practice = await OpenAsync();

        var answer = await ImportAsync(practice, "list.txt", content);

        Assert.StartsWith(message, answer.Refusal?.Message, StringComparison.Ordinal);
        Assert.Equal(0, await practice.OneAsync<long>("SELECT count(*) FROM diagnosis_codes WHERE official_title IS NOT NULL"));
    }

    [Fact]
    public async Task that_is_not_there_is_said()
    {
        await using var practice = await OpenAsync();

        var answer = await ClinicImport.Icd10Async(practice.Services, Path.Combine(_folder, "nothing.txt"), Cancellation);

        Assert.Equal(RefusalKind.Invalid, answer.Refusal?.Kind);
    }

    private async Task<Result<CodeImportReport>> ImportAsync(ClinicUnderTest practice, string name, string content)
    {
        var path = Path.Combine(_folder, name);
        await File.WriteAllTextAsync(path, content, Encoding.UTF8, Cancellation);
        return await ClinicImport.Icd10Async(practice.Services, path, Cancellation);
    }

    private Task<ClinicUnderTest> OpenAsync() => ClinicUnderTest.OpenWithReferenceDataAsync(databases);

    private static async Task<int> LoadAsync(ClinicUnderTest practice)
    {
        await using var scope = practice.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<ReferenceDataLoader>().LoadAsync(Cancellation);
    }
}
