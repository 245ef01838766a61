using System.Diagnostics.CodeAnalysis;
using DrAssistant.Portal.Components.Common;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Routing;

namespace DrAssistant.Portal.Components.Layout;

/// <summary>A page that breaks says so with a code for the log; the navigation stays, and going elsewhere starts afresh.</summary>
public sealed partial class PageErrorBoundary : ErrorBoundaryBase, IDisposable
{
    private Failure _failure = Failure.New();

    [Inject]
    [NotNull]
    private NavigationManager? Navigation { get; set; }

    [Inject]
    [NotNull]
    private ILogger<PageErrorBoundary>? Log { get; set; }

    public void Dispose() => Navigation.LocationChanged -= StartAfresh;

    protected override void OnInitialized() => Navigation.LocationChanged += StartAfresh;

    protected override Task OnErrorAsync(Exception exception)
    {
        LogBroken(Log, exception, _failure.Code);
        return Task.CompletedTask;
    }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (CurrentException is null)
        {
            builder.AddContent(0, ChildContent);
            return;
        }

        builder.OpenComponent<PageBroken>(1);
        builder.AddComponentParameter(2, nameof(PageBroken.Failure), _failure);
        builder.AddComponentParameter(3, nameof(PageBroken.Again), EventCallback.Factory.Create(this, Again));
        builder.CloseComponent();
    }

    private void StartAfresh(object? sender, LocationChangedEventArgs e) => Again();

    private void Again()
    {
        if (CurrentException is not null)
        {
            _failure = Failure.New();
            Recover();
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A page failed, shown as {Code}")]
    private static partial void LogBroken(ILogger logger, Exception exception, string code);
}
