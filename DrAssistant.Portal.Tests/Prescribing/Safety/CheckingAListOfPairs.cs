using DrAssistant.Portal.Commands;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Prescribing.Safety;

/// <summary><c>check-pairs</c> at a terminal: two names a row in, findings out, no database.</summary>
public sealed class CheckingAListOfPairs : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string In => Path.Combine(_folder.Path, "pairs.csv");

    private string Out => Path.Combine(_folder.Path, "findings.csv");

    [Fact]
    public async Task says_what_was_recognised_and_what_was_found()
    {
        await File.WriteAllTextAsync(In, "a,b\nwarfarin,Voveran\n\"Tab. Augmentin 625\",paracetamol\nParacetamol,Combiflam\n", Cancellation);

        var (code, text, _) = await RunAsync("--in", In, "--out", Out);

        Assert.Equal(0, code);
        Assert.Contains("3 pairs: 3 checked, 0 with a name", text, StringComparison.Ordinal);
        var lines = await File.ReadAllLinesAsync(Out, Cancellation);
        Assert.StartsWith("row,a,b,a_recognised_as,b_recognised_as,recognised,finding,severity,interrupts", lines[0], StringComparison.Ordinal);
        Assert.Contains(lines, l => l.StartsWith("2,warfarin,Voveran,Warfarin,Diclofenac,yes,interaction,serious,yes,", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.StartsWith("3,Tab. Augmentin 625,paracetamol,", StringComparison.Ordinal) && l.Contains(",yes,none,", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.StartsWith("4,Paracetamol,Combiflam,", StringComparison.Ordinal) && l.Contains(",duplicate,serious,yes,", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ends_with_2_where_a_name_is_not_recognised_and_guesses_only_aloud()
    {
        await File.WriteAllTextAsync(In, "warfarine,diclofenac\nalcohol,metronidazole\n=cmd(),aspirin\n", Cancellation);

        var (code, text, _) = await RunAsync($"--in={In}", $"--out={Out}", "--Clinic:DataFolder=elsewhere");

        Assert.Equal(2, code);
        Assert.Contains("3 with a name that is not recognised", text, StringComparison.Ordinal);
        var table = await File.ReadAllTextAsync(Out, Cancellation);
        Assert.Contains("not recognised; perhaps Warfarin", table, StringComparison.Ordinal);
        Assert.Contains(",no,not checked,", table, StringComparison.Ordinal);
        Assert.DoesNotContain("\n3,=cmd", table, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("only one name\n")]
    [InlineData("warfarin,aspirin,ibuprofen\n")]
    [InlineData("warfarin,\n")]
    [InlineData("a,b\n")]
    [InlineData("warfarin,\"aspirin\nmetformin,x")]
    [InlineData("warf\0arin,aspirin\n")]
    public async Task ends_with_1_where_there_is_no_table_of_pairs(string content)
    {
        await File.WriteAllTextAsync(In, content, Cancellation);

        var (code, _, errors) = await RunAsync("--in", In, "--out", Out);

        Assert.Equal(1, code);
        Assert.NotEmpty(errors);
        Assert.False(File.Exists(Out));
    }

    [Fact]
    public async Task ends_with_1_where_it_cannot_begin()
    {
        await File.WriteAllTextAsync(In, "warfarin,aspirin\n", Cancellation);

        Assert.Contains("was not found", (await RunAsync("--in", Path.Combine(_folder.Path, "lost.csv"), "--out", Out)).Errors, StringComparison.Ordinal);
        Assert.Contains("cannot be written", (await RunAsync("--in", In, "--out", Path.Combine(_folder.Path, "no", "such", "folder.csv"))).Errors, StringComparison.Ordinal);
        foreach (var arguments in new string[][] { [], ["--in", In], ["--in", "--out", Out], [In, Out], ["--in", In, "--out", Out, "--more", "x"], ["--in", In, "--in", In] })
        {
            var (code, _, errors) = await RunAsync(arguments);
            Assert.Equal(1, code);
            Assert.Contains("check-pairs --in", errors, StringComparison.Ordinal);
        }
    }

    public void Dispose() => _folder.Dispose();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static async Task<(int Code, string Text, string Errors)> RunAsync(params string[] arguments)
    {
        await using var output = new StringWriter();
        await using var errors = new StringWriter();
        var code = await new CheckPairsCommand(output, errors).RunAsync(arguments, Cancellation);
        return (code, output.ToString(), errors.ToString());
    }
}
