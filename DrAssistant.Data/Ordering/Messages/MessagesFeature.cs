using DrAssistant.Data.Ordering.Messages.Files;
using DrAssistant.Data.Ordering.Messages.Senders;
using DrAssistant.Data.Ordering.Messages.Worklist;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Data.Ordering.Messages;

/// <summary>Registers what laboratories' messages need.</summary>
internal static class MessagesFeature
{
    public static void AddResultMessages(this IServiceCollection services)
    {
        services.AddScoped<MessageTaking>();
        services.AddScoped<ResultFileStore>();
        services.AddSingleton<ResultFileReading>();
        services.AddSingleton<ResultsInbox>();
        services.AddHostedService(provider => provider.GetRequiredService<ResultsInbox>());
        services.AddSingleton<WaitingFiles>();
        services.AddHostedService(provider => provider.GetRequiredService<WaitingFiles>());
        services.AddScoped<IUnmatchedResults, UnmatchedResultService>();
        services.AddScoped<ILaboratories, LaboratoryService>();
        services.AddScoped<IResultMessages, ResultMessageService>();
    }
}
