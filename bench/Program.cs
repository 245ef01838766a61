using DrAssistant.Bench;
using DrAssistant.Bench.Search;

// make bench                 every measurement
// make bench ARGS=dashboard  one of them
var benches = new Dictionary<string, Func<Task>>(StringComparer.Ordinal)
{
    ["autosave"] = AutosaveBench.RunAsync,
    ["booking"] = BookingBench.RunAsync,
    ["control"] = ControlBench.RunAsync,
    ["dashboard"] = DashboardBench.RunAsync,
    ["drafting"] = DraftingBench.RunAsync,
    ["fhir-import"] = FhirImportBench.RunAsync,
    ["flowsheet"] = FlowsheetBench.RunAsync,
    ["live"] = LiveBench.RunAsync,
    ["result"] = ResultBench.RunAsync,
    ["result-file"] = ResultsBench.RunAsync,
    ["safety"] = SafetyBench.RunAsync,
    ["search"] = SearchBench.RunAsync,
    ["sessions"] = SessionBench.RunAsync,
    ["timeline"] = TimelineBench.RunAsync,
    ["typeahead"] = TypeaheadBench.RunAsync,
};

foreach (var name in args.Length > 0 ? args : [.. benches.Keys])
{
    if (!benches.TryGetValue(name, out var bench))
    {
        Console.Error.WriteLine($"There is no measurement '{name}'. There are: {string.Join(", ", benches.Keys)}.");
        return 1;
    }

    Console.WriteLine($"== {name}");
    await bench();
}

return 0;
