using DrAssistant.Data.Common;
using DrAssistant.Data.Ordering.History;

namespace DrAssistant.Portal.Tests.Support.Pages;

internal sealed class FakeResultHistory : IResultHistory
{
    public Func<Guid, Result<ResultFlowsheet>> Sheet { get; set; } = _ => Refusal.NotFound("Patient");

    public Func<TestCode, Result<TestSeries?>> Trend { get; set; } = _ => (TestSeries?)null;

    public Func<Guid, Result<ResultDetail>> Detail { get; set; } = _ => Refusal.NotFound("Result");

    public Task<Result<ResultFlowsheet>> FlowsheetAsync(Guid patientId, CancellationToken cancellation) => Task.FromResult(Sheet(patientId));

    public Task<Result<TestSeries?>> TrendAsync(Guid patientId, TestCode test, CancellationToken cancellation) => Task.FromResult(Trend(test));

    public Task<Result<ResultDetail>> DetailAsync(Guid resultId, CancellationToken cancellation) => Task.FromResult(Detail(resultId));
}
