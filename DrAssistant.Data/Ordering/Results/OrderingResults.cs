using DrAssistant.Data.Outbox;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Data.Ordering.Results;

/// <summary>Registers what results need.</summary>
internal static class OrderingResults
{
    public static void AddResults(this IServiceCollection services)
    {
        services.AddSingleton<ResultJudging>();
        services.AddScoped<ResultFiling>();
        services.AddScoped<IResults, ResultEntryService>();
        services.AddSingleton<InboxViews>();
        services.AddScoped<ReportAnswering>();
        services.AddScoped<ReportTasks>();
        services.AddScoped<IResultInbox, ResultInboxService>();
        services.AddScoped<ResultAcknowledging>();
        services.AddScoped<IOutboxHandler, AnsweredFromOutside>();
        services.AddHostedService<ResultEscalation>();
    }
}
