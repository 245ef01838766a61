using System.Globalization;
using DrAssistant.Data.Common;
using DrAssistant.Data.Ordering.Messages.Files;
using DrAssistant.Data.Ordering.Messages.Matching;
using DrAssistant.Data.Ordering.Results;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Ordering.Messages;

/// <summary>
/// Thirty messages in the official formats (HL7 2.5.1 with its older versions, FHIR R4), good and broken, and what must become of each. The words
/// after a semicolon are what is told; after "after" stands what was read before.
/// </summary>
public sealed class TheSamples(SharedMessagesClinic shared) : IClassFixture<SharedMessagesClinic>
{
    public static TheoryData<string, string, string, string> Good => new()
    {
        // sample, read before it, what became of its messages, the results that stand afterwards
        { "hl7-01-final.hl7", "", "filed", "2823-3 6.3 mmol/L critical_high final | 2951-2 140 mmol/L normal final" },
        { "hl7-02-panel.hl7", "", "filed", "6690-2 11.2 10*3/uL high final | 718-7 9.8 g/dL low final | 777-3 210 10*3/uL normal final | PBS “Microcytic hypochromic red cells & pencil cells” unknown final" },
        { "hl7-03-by-number-and-test.hl7", "", "filed", "2160-0 1.9 mg/dL high final" },
        { "hl7-04-correction.hl7", "hl7-01-final.hl7", "filed", "2823-3 4.3 mmol/L normal corrected | 2951-2 140 mmol/L normal final" },
        { "hl7-05-preliminary.hl7", "", "filed", "4548-4 8.1 % high preliminary" },
        { "hl7-06-final-after-preliminary.hl7", "hl7-05-preliminary.hl7", "filed", "4548-4 8.2 % high final" },
        { "hl7-07-many-types.hl7", "", "filed", "1988-5 <5 mg/L normal final | 20454-5 “Present ++” abnormal final | 22763-5 “1:160” unknown final" },
        { "hl7-08-batch.hl7", "", "filed filed", "2160-0 1.1 mg/dL normal final | 2823-3 4.4 mmol/L normal final" },
        { "hl7-09-text-in-lines.hl7", "", "filed", "600-7 “Aerobic bottle: no growth after 24 hours. / Anaerobic bottle: no growth after 24 hours. / Incubation goes on until day 5.” unknown preliminary" },
        { "hl7-01-final.hl7", "hl7-01-final.hl7", "filed", "2823-3 6.3 mmol/L critical_high final | 2951-2 140 mmol/L normal final" },
        { "fhir-01-final.json", "", "filed", "2823-3 6.3 mmol/L critical_high final | 2951-2 140 mmol/L normal final" },
        { "fhir-02-all-inside.json", "", "filed", "2160-0 1.9 mg/dL high final" },
        { "fhir-03-members.json", "", "filed", "2823-3 4.4 mmol/L normal final | 2951-2 140 mmol/L normal final" },
        { "fhir-04-coded.json", "", "filed", "20454-5 “++” abnormal final" },
        { "fhir-05-corrected.json", "fhir-01-final.json", "filed", "2823-3 4.3 mmol/L normal corrected | 2951-2 140 mmol/L normal final" },
        { "fhir-06-two-reports.json", "", "filed filed", "2160-0 1.1 mg/dL normal final | 2823-3 4.4 mmol/L normal final" },
        { "fhir-07-entered-in-error.json", "fhir-01-final.json", "filed", "2823-3 6.3 mmol/L critical_high final | 2951-2 140 mmol/L unknown cancelled" },
        { "fhir-08-by-number-and-test.json", "", "filed", "4548-4 >=8.1 % high final" },
    };

    public static TheoryData<string, UnmatchedReason, int> Unplaced => new()
    {
        // sample, why some of it waits, how many results were filed all the same
        { "hl7-12-another-patient.hl7", UnmatchedReason.PatientDiffers, 0 },
        { "hl7-13-cancelled-order.hl7", UnmatchedReason.OrderCancelled, 0 },
        { "hl7-14-number-with-a-comma.hl7", UnmatchedReason.ValueUnreadable, 1 },
        { "hl7-15-another-dimension.hl7", UnmatchedReason.UnitUnknown, 1 },
        { "fhir-11-patient-unknown.json", UnmatchedReason.PatientUnknown, 0 },
        { "fhir-12-several-orders.json", UnmatchedReason.SeveralOrders, 0 },
        { "fhir-13-not-ordered.json", UnmatchedReason.NoOrder, 0 },
        { "fhir-14-order-unknown.json", UnmatchedReason.NoOrder, 0 },
    };

    public static TheoryData<string, string, string> Broken => new()
    {
        // sample, read before it, why it is refused
        { "hl7-10-cut-in-a-segment.hl7", "", "It ends in the middle of a segment: the last one has no carriage return." },
        { "hl7-11-cut-after-the-request.hl7", "", "OBR (segment 4) is followed by no OBX: its results are missing." },
        { "hl7-16-number-used-before.hl7", "hl7-01-final.hl7", "Its number was used before for another message. A correction needs a number of its own." },
        { "fhir-09-cut.json", "", "It is no whole JSON: it was cut, or something in it is broken." },
        { "fhir-10-a-result-is-missing.json", "", "It names a result that did not come with it." },
    };

    [Theory]
    [MemberData(nameof(Good))]
    public async Task that_are_good_are_filed(string sample, string before, string fates, string standing)
    {
        var clinic = await shared.ResetAsync();
        if (before.Length > 0)
        {
            await clinic.ReadAsync(before);
        }

        var file = await clinic.ReadAsync(sample);

        Assert.Equal((ResultFileStatus.Done, null), (file.Status, file.Problem));
        var messages = await clinic.MessagesAsync(file.Id);
        Assert.Equal(fates, string.Join(' ', messages.Select(m => EnumText.Of(m.Status))));
        Assert.Equal(standing, string.Join(" | ", (await clinic.StandingAsync()).Select(Words)));
        Assert.Empty(await clinic.WaitingAsync());
    }

    [Theory]
    [MemberData(nameof(Unplaced))]
    public async Task that_fit_nothing_or_too_much_wait_for_a_person(string sample, UnmatchedReason why, int filed)
    {
        var clinic = await shared.ResetAsync();

        var file = await clinic.ReadAsync(sample);

        Assert.Equal((ResultFileStatus.Done, 1, 0), (file.Status, file.Unmatched, file.Filed));
        var (row, waiting) = Assert.Single(await clinic.WaitingAsync());
        Assert.Equal((why, why), (row.Why, waiting.Why));
        Assert.NotEmpty(waiting.Group.Findings);
        Assert.NotNull(waiting.Person.Name);
        Assert.Equal(filed, (await clinic.StandingAsync()).Count);
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task that_are_broken_are_refused_as_a_whole_and_told_why(string sample, string before, string problem)
    {
        var clinic = await shared.ResetAsync();
        if (before.Length > 0)
        {
            await clinic.ReadAsync(before);
        }

        var results = (await clinic.StandingAsync()).Count;
        var file = await clinic.ReadAsync(sample);

        Assert.Equal(problem, file.Status is ResultFileStatus.Refused ? file.Problem : Assert.Single(await clinic.MessagesAsync(file.Id), m => m.Status is ResultMessageStatus.Refused).Problem);
        Assert.Equal(0, file.Filed + file.Unmatched);
        Assert.Equal(results, (await clinic.StandingAsync()).Count);
        Assert.Empty(await clinic.WaitingAsync());
    }

    [Fact]
    public void are_thirty_and_each_has_its_line()
    {
        var lines = Good.Select(row => row.Data.Item1).Concat(Unplaced.Select(row => row.Data.Item1)).Concat(Broken.Select(row => row.Data.Item1)).Distinct();
        var files = Repository.Files.Where(f => f.StartsWith("DrAssistant.Portal.Tests/Ordering/Samples/", StringComparison.Ordinal)).Select(f => Path.GetFileName(f)!).ToList();

        Assert.Equal(30, files.Count);
        Assert.Equal(files.Order(StringComparer.Ordinal), lines.Order(StringComparer.Ordinal));
    }

    private static string Words(OrderResult r) => string.Create(CultureInfo.InvariantCulture,
        $"{r.Code} {(r.ValueNumber is { } number ? $"{r.Comparator}{number:0.###} {r.Unit}" : $"“{r.ValueText!.Replace("\n", " / ", StringComparison.Ordinal)}”")} {EnumText.Of(r.Flag)} {EnumText.Of(r.Status)}");
}
