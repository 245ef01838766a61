using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Data.Security;

/// <summary>
/// A service scope in which the practice itself acts. Marked before anything else is resolved in it, so that no
/// service of the scope can have met another user.
/// </summary>
internal static class SystemScope
{
    public static AsyncServiceScope Create(IServiceScopeFactory scopes)
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Marker>().IsSystem = true;
        return scope;
    }

    internal sealed class Marker
    {
        public bool IsSystem { get; set; }
    }
}
